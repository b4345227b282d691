import { createServer } from 'node:net';

/** A port that is needed, what for, and the variable that moves it. */
export type PortNeed = { name: string; port: number; variable: string };

const canListen = (port: number, host: string) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });

/** Sentences for the ports that another program holds; empty when all are free. */
export async function takenPorts(needs: PortNeed[]): Promise<string[]> {
  const sentences: string[] = [];
  for (const { name, port, variable } of needs) {
    // A program on every address takes the port as well as one on loopback.
    const free = (await canListen(port, '127.0.0.1')) && (await canListen(port, '::'));
    if (!free) {
      sentences.push(
        `Port ${port} (${name}) is taken. Stop the program that uses it, or set ${variable} to another port.`,
      );
    }
  }
  return sentences;
}
