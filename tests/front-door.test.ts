import { request as ask, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let server: Server;

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', 'http://127.0.0.1:1');
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', 'key');
  vi.stubEnv('SUPABASE_SECRET_KEY', 'key');
  vi.stubEnv('OPENAI_API_KEY', 'local');
});
afterEach(() => {
  server.close();
  vi.unstubAllEnvs();
});

/** A server with our door in front, as Next's is; it tells whom it takes its client for, and what it was asked. */
async function open(environment: Record<string, string>) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { watchFrontDoor } = await import('../lib/http/front-door.ts');
  const { clientAddress } = await import('../lib/http/client-address.ts');
  watchFrontDoor();
  server = createServer((request, response) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    response.end(JSON.stringify({ client: clientAddress(headers), url: request.url }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
}

const get = (path: string, headers: Record<string, string> = {}) =>
  new Promise<unknown>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const sent = ask({ port, host: '127.0.0.1', path, headers, agent: false }, async (response) => {
      resolve(JSON.parse((await response.toArray()).join('')));
    });
    sent.on('error', reject).end();
  });

const FORGED = {
  'x-forwarded-for': '203.0.113.5',
  'x-clerva-client': 'guess 203.0.113.5',
  'x-vercel-forwarded-for': '203.0.113.5',
};

// First: a door that was opened once stays in this process.
test('behind a platform’s own door the platform’s word counts', async () => {
  vi.stubEnv('VERCEL', '1');
  await open({});
  expect(await get('/', FORGED)).toEqual({ client: '203.0.113.5', url: '/' });
  expect(await get('/', { 'x-forwarded-for': '203.0.113.5' })).toEqual({ client: null, url: '/' });
});

test.each([
  ['nobody is trusted', {}, '127.0.0.1'],
  ['another network is trusted', { TRUSTED_PROXIES: '10.0.0.0/8' }, '127.0.0.1'],
  ['the peer is a proxy of ours', { TRUSTED_PROXIES: '127.0.0.0/8' }, '203.0.113.5'],
])('where %s, what a client says of its address gives it %s', async (_case, environment, client) => {
  await open(environment);
  expect(await get('/', FORGED)).toEqual({ client, url: '/' });
  expect(await get('/', { 'x-clerva-client': FORGED['x-clerva-client'] })).toEqual({
    client: '127.0.0.1',
    url: '/',
  });
});

test('who is on no network of the list gets in nowhere but where everybody may', async () => {
  await open({ IP_ALLOWLIST: '203.0.113.0/24, 2001:db8::/32', TRUSTED_PROXIES: '127.0.0.1' });
  const asked = async (path: string, address?: string) =>
    ((await get(path, address ? { 'x-forwarded-for': address } : {})) as { url: string }).url;
  for (const inside of ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::7'])
    expect(await asked('/library?a=1', inside)).toBe('/library?a=1');
  for (const outside of ['203.0.114.1', '2001:db9::1', '127.0.0.1', 'nonsense', undefined]) {
    for (const path of ['/', '/api/documents', '/api/health/x', '/api/healthy', '/_next/static/a.js'])
      expect(await asked(path, outside)).toBe('/api/refused-client');
    for (const path of ['/api/health', '/api/status/health?x', '/api/inngest'])
      expect(await asked(path, outside)).toBe(path);
  }
});
