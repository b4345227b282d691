import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Opens a server on this machine alone and gives its address; rejects when the port is taken. 0 takes a free port. */
export async function listen(server: Server, port: number, host = '127.0.0.1'): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A TCP server's address is always an object; the type also covers pipes.
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

/** Closes a server and cuts the connections that are still open. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
