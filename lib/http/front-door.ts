import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server } from 'node:http';
import { serverEnv } from '../env.ts';
import { mayEnter, sealedClient } from './client-address.ts';
import { isDraining } from './draining.ts';
import { clientOf, parseNetworks } from './networks.ts';

/** Answered by app/api/[...path]/route.ts. */
export const REFUSED_METHOD = 'refused-method';
export const REFUSED_ADDRESS = 'refused-address';
export const REFUSED_CLIENT = 'refused-client';
export const REFUSED_WHILE_DRAINING = 'refused-while-draining';

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

const HEALTH = /^\/api\/(?:status\/)?health$/;
/** Whether the process is alive is no secret, and what the queue sends is signed. */
const OPEN_TO_ALL = /^\/api\/(?:health|status\/health|inngest)$/;

/** Writes on a request whose it is, which only the connection tells, and turns away who is not on the list. */
export function meetClient(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, peer: string): void {
  const forwarded = request.headers['x-forwarded-for'];
  const given = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
  const address = clientOf(peer, given, parseNetworks(serverEnv().TRUSTED_PROXIES));
  const { name, value } = sealedClient(address);
  request.headers[name] = value;
  const [path = '/'] = (request.url ?? '/').split('?', 1);
  if (isDraining() && !HEALTH.test(path)) {
    request.method = 'GET';
    request.url = `/api/${REFUSED_WHILE_DRAINING}`;
    return;
  }
  if (mayEnter(address) || OPEN_TO_ALL.test(path)) return;
  request.method = 'GET';
  request.url = `/api/${REFUSED_CLIENT}`;
}

/** Stands before Next in the server's own process; a platform that brings its own server refuses these by itself. */
export function watchFrontDoor(): void {
  const servers = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    // What Node publishes on this channel, by its documentation.
    const { request, server } = message as { request: IncomingMessage; server: Server };
    // A platform's own door is in front of this one and knows the client better.
    if (serverEnv().VERCEL === undefined) meetClient(request, request.socket.remoteAddress ?? '');
    redirectUnreadable(request);
    if (servers.has(server)) return;
    servers.add(server);
    server.on('connect', (_request, socket) => socket.end(CONNECT_REFUSED));
  });
}
