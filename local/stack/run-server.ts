/**
 * Runs one local server as a process: a JSON line when it listens, which the stack waits for; a clean end on a signal;
 * one sentence when it cannot start.
 */
export async function runServer<Server extends { url: string; close: () => Promise<void> }>(
  name: string,
  start: () => Promise<Server>,
  more: (server: Server) => object = () => ({}),
): Promise<void> {
  try {
    const server = await start();
    const end = () => void server.close().then(() => process.exit(0));
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
    process.stdout.write(`${JSON.stringify({ ready: true, url: server.url, ...more(server) })}\n`);
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** The port a flag names. */
export function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`--port must be a number from 0 to 65535, not “${text}”.`);
}
