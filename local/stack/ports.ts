import { connect } from 'node:net';

/** A port that is needed, what for, and the variable that moves it. */
export type PortNeed = { name: string; port: number; variable: string };

/** Whether somebody answers there. A connection that only lingers after its end does not count. */
const isAnswered = (port: number, host: string) =>
  new Promise<boolean>((resolve) => {
    const probe = connect({ port, host, timeout: 1_000 });
    const end = (answered: boolean) => {
      probe.destroy();
      resolve(answered);
    };
    probe
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });

/** Sentences for the ports that another program holds; empty when all are free. */
export async function takenPorts(needs: PortNeed[]): Promise<string[]> {
  const sentences: string[] = [];
  for (const { name, port, variable } of needs) {
    // A program on every address takes the port as well as one on loopback.
    if ((await isAnswered(port, '127.0.0.1')) || (await isAnswered(port, '::1'))) {
      sentences.push(
        `Port ${port} (${name}) is taken. Stop the program that uses it, or set ${variable} to another port.`,
      );
    }
  }
  return sentences;
}
