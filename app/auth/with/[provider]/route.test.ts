import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { forgetProviders } from '@/lib/auth/providers';
import { GET as confirm } from '../../confirm/route';
import { GET } from './route';

/** The cookies of the browser that asks. */
const jar = vi.hoisted(() => new Map<string, string>());
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string, options?: { maxAge?: number }) =>
      options?.maxAge === 0 ? jar.delete(name) : jar.set(name, value),
    delete: (name: string) => jar.delete(name),
  }),
}));
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error(`to ${to}`);
  },
}));

const USER = { id: 'd0000000-0000-4000-8000-000000000001', aud: 'authenticated', email: 'ada@example.org' };
/** What the student agreed to at the provider, by the code that came of it: the proof it was asked with. */
const codes = new Map<string, string>();

/** Auth as a project has it: what it offers, the way to a provider and back, and a session for the code. */
const auth = createServer(async (request, response) => {
  const url = new URL(request.url ?? '', 'http://auth.test');
  const json = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (url.pathname === '/auth/v1/settings')
    return json(200, { external: { google: true, azure: true, apple: false, email: true } });
  if (url.pathname === '/auth/v1/authorize') {
    const back = new URL(url.searchParams.get('redirect_to') ?? '');
    const code = `code-${codes.size}`;
    codes.set(code, url.searchParams.get('code_challenge') ?? '');
    back.searchParams.set('code', code);
    return response.writeHead(302, { location: back.href }).end();
  }
  if (url.pathname === '/auth/v1/token' && url.searchParams.get('grant_type') === 'pkce') {
    const given = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const proof = createHash('sha256').update(given.code_verifier).digest('base64url');
    if (codes.get(given.auth_code) !== proof) return json(400, { code: 'bad_code_verifier', message: 'no' });
    return json(200, {
      access_token: 'a.b.c',
      refresh_token: 'r',
      token_type: 'bearer',
      expires_in: 3600,
      user: USER,
    });
  }
  return json(200, {});
});

beforeAll(async () => {
  await new Promise<void>((ready) => auth.listen(0, '127.0.0.1', ready));
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', `http://127.0.0.1:${(auth.address() as AddressInfo).port}`);
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', 'sb_publishable_test');
  vi.stubEnv('SUPABASE_SECRET_KEY', 'sb_secret_test');
  vi.stubEnv('OPENAI_API_KEY', 'local');
  vi.stubEnv('LOG_LEVEL', 'silent');
  vi.stubEnv('NEXT_PUBLIC_APP_URL', '');
  vi.stubEnv('AUTH_PROVIDERS', 'google, microsoft, apple');
});
afterAll(() => auth.close());
beforeEach(() => {
  jar.clear();
  forgetProviders();
});

const ask = (provider: string, query = '') =>
  GET(new Request(`https://clerva.example/auth/with/${provider}${query}`), {
    params: Promise.resolve({ provider }),
  });
const leadsTo = async (response: Response) =>
  new URL(response.headers.get('location') ?? '', 'https://clerva.example');

test.each([
  ['google', null],
  ['azure', 'email'],
])('%s is asked with a proof that only this browser has', async (provider, scopes) => {
  const response = await ask(provider);
  expect(response.status).toBe(303);
  const { pathname, searchParams } = await leadsTo(response);
  expect(pathname).toBe('/auth/v1/authorize');
  expect(Object.fromEntries(searchParams)).toMatchObject({
    provider,
    redirect_to: 'https://clerva.example/auth/confirm?next=%2F',
    code_challenge_method: 's256',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(searchParams.get('scopes')).toBe(scopes);
  expect([...jar.keys()].every((name) => /^sb-.+-code-verifier/.test(name))).toBe(true);
  for (const kept of jar.values()) expect(response.headers.get('location')).not.toContain(kept);
  expect(jar.size).toBeGreaterThan(0);
});

test.each([
  ['that the project does not offer', 'apple'],
  ['that nobody knows', 'gitlab'],
  ['by the name on its button', 'microsoft'],
  ['that every object has', 'constructor'],
])('a provider %s is not there', async (_, provider) => {
  const response = await ask(provider);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'not_found', title: expect.any(String) });
  expect(jar.size).toBe(0);
});

/** From the button to the provider, and back with what it gave. */
async function roundTrip(query: string, inBetween: () => void = () => undefined): Promise<string> {
  const away = await ask('google', query);
  const back = await fetch(await leadsTo(away), { redirect: 'manual' });
  inBetween();
  const given = new Request(back.headers.get('location') ?? '');
  return confirm(given).then(
    () => 'nowhere',
    (error: Error) => error.message,
  );
}

test.each([
  ['?next=%2Flibrary%3Fq%3Dcells', 'to /library?q=cells'],
  ['?next=%2Fask%2F1%3Fa%3D1%26b%3D2', 'to /ask/1?a=1&b=2'],
  ['', 'to /'],
  ['?next=https%3A%2F%2Felsewhere.example', 'to /'],
  ['?next=%2F%2Felsewhere.example', 'to /'],
])('who agrees there is signed in, and goes on where they wanted: %s', async (query, to) => {
  expect(await roundTrip(query)).toBe(to);
  expect([...jar.keys()].some((name) => /^sb-.+-auth-token/.test(name))).toBe(true);
  expect([...jar.keys()].some((name) => /code-verifier/.test(name))).toBe(false);
});

test.each([
  ['another browser, which never asked', () => jar.clear()],
  [
    'a proof of another attempt',
    () => {
      for (const name of jar.keys()) jar.set(name, JSON.stringify('x'.repeat(56)));
    },
  ],
])('a code is worth nothing to %s', async (_, inBetween) => {
  expect(await roundTrip('?next=%2Flibrary', inBetween)).toBe('to /sign-in?expired=1');
  expect([...jar.keys()].some((name) => /auth-token$/.test(name))).toBe(false);
});

test('who says no there is told so', async () => {
  const refused = new Request('https://clerva.example/auth/confirm?error=access_denied&error_description=no');
  await expect(confirm(refused)).rejects.toThrow('to /sign-in?refused=1');
});
