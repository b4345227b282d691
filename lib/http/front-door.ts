import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server } from 'node:http';

/** Answered by app/api/[...path]/route.ts. */
export const REFUSED_METHOD = 'refused-method';
export const REFUSED_ADDRESS = 'refused-address';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const CONNECT_REFUSED =
  'HTTP/1.1 405 Method Not Allowed\r\nallow: GET, HEAD\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** What Next would fail on before it asks any route of ours goes to the route that refuses it in words. */
export function redirectUnreadable(request: Pick<IncomingMessage, 'method' | 'url'>): void {
  const { method = 'GET', url = '/' } = request;
  const [path = '/', query] = url.split('?', 2);
  if (!METHODS.has(method)) {
    request.method = 'GET';
    request.url = `/api/${REFUSED_METHOD}`;
  } else if (!isDecodable(path)) {
    // A page of that name is not there, which its own way of saying so can show.
    const page = `${path.replaceAll('%', '%25')}${query === undefined ? '' : `?${query}`}`;
    request.url = path.startsWith('/api/') ? `/api/${REFUSED_ADDRESS}` : page;
  }
}

/** Stands before Next in the server's own process; a platform that brings its own server refuses these by itself. */
export function watchFrontDoor(): void {
  const servers = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    // What Node publishes on this channel, by its documentation.
    const { request, server } = message as { request: IncomingMessage; server: Server };
    redirectUnreadable(request);
    if (servers.has(server)) return;
    servers.add(server);
    server.on('connect', (_request, socket) => socket.end(CONNECT_REFUSED));
  });
}
