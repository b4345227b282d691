import { createServerClient } from '@supabase/ssr';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ROLES, type Role } from '../lib/domain/role.ts';
import { AppError } from '../lib/errors.ts';
import { parseJson, withUser } from '../lib/http/index.ts';
import { type Gateway, startGateway } from '../local/supabase/gateway.ts';

const PASSWORD = 'a long test password';
const EMAIL = 'ada@example.org';

let gateway: Gateway;
let cookie: string;
let token: string;
let userId: string;

/** What a browser keeps after signing in. */
async function signInCookies(): Promise<{ cookie: string; token: string }> {
  const jar = new Map<string, string>();
  const client = createServerClient(gateway.url, gateway.publishableKey, {
    cookies: {
      getAll: () => [...jar].map(([name, value]) => ({ name, value })),
      setAll(written) {
        for (const { name, value } of written) jar.set(name, value);
      },
    },
  });
  const { data } = await client.auth.signInWithPassword({ email: EMAIL, password: PASSWORD });
  return {
    cookie: [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; '),
    token: data.session?.access_token ?? '',
  };
}

beforeAll(async () => {
  gateway = await startGateway({ port: 0 });
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', gateway.url);
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', gateway.publishableKey);
  vi.stubEnv('SUPABASE_SECRET_KEY', gateway.secretKey);
  vi.stubEnv('OPENAI_API_KEY', 'local');
  vi.stubEnv('LOG_LEVEL', 'silent');
  userId = (await gateway.database.createUser({ email: EMAIL, password: PASSWORD })).id;
  ({ cookie, token } = await signInCookies());
});

afterAll(() => gateway.close());

const handler = withUser(async ({ user, db, request }) => {
  if (request.method === 'POST') await parseJson(request, z.object({}));
  const { data } = await db.from('profile').select('user_id');
  return Response.json({ user, rows: data });
});

const call = (headers: Record<string, string>, method = 'GET', body?: string) =>
  handler(
    new Request('http://localhost:3000/api/x', { method, headers, ...(body === undefined ? {} : { body }) }),
    {
      params: Promise.resolve({}),
    },
  );

describe('a session', () => {
  test('by cookie acts as the student', async () => {
    const response = await call({ cookie });
    expect(await response.json()).toEqual({
      user: { id: userId, email: EMAIL, role: 'student' },
      rows: [{ user_id: userId }],
    });
    expect(response.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });

  test('by bearer token acts as the student, and the token wins over cookies', async () => {
    expect((await call({ authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await call({ authorization: 'Bearer wrong', cookie })).status).toBe(401);
    expect((await call({ authorization: 'Basic YTpi', cookie })).status).toBe(401);
  });

  test.each([
    ['no cookie', ''],
    ['another site’s cookie', 'theme=dark'],
    ['a damaged session', 'sb-127-auth-token=base64-%%%'],
    ['an empty session', 'sb-127-auth-token='],
  ])('%s is nobody', async (_name, value) => {
    vi.spyOn(console, 'error').mockReturnValue(undefined);
    vi.spyOn(console, 'warn').mockReturnValue(undefined);
    const name = /^(sb-[^=]+)=/.exec(cookie)?.[1] ?? '';
    expect((await call({ cookie: value.replace('sb-127-auth-token', name) })).status).toBe(401);
  });

  test('with a key of the service instead of a student is nobody', async () => {
    expect((await call({ authorization: `Bearer ${gateway.secretKey}` })).status).toBe(401);
    expect((await call({ authorization: `Bearer ${gateway.publishableKey}` })).status).toBe(401);
  });
});

describe('a role', () => {
  const guarded = (role: Role) => withUser(({ user }) => Response.json(user.role), { role });
  const admin = () =>
    createClient(gateway.url, gateway.secretKey, { auth: { persistSession: false } }).auth.admin;

  test.each<[object, object, Role, Role[]]>([
    [{}, {}, 'student', ['student']],
    [{}, { role: 'admin', app_metadata: { role: 'admin' } }, 'student', ['student']],
    [{ role: 'internal' }, {}, 'internal', ['student', 'internal']],
    [{ role: 'admin' }, { role: 'student' }, 'admin', ['student', 'internal', 'admin']],
    [{ role: 'root' }, {}, 'student', ['student']],
    [{ role: ['admin'] }, {}, 'student', ['student']],
  ])('of %j, with %j of the student’s own, is %s', async (given, own, role, open) => {
    await admin().updateUserById(userId, { app_metadata: { role: 'student', ...given } });
    const student = createClient(gateway.url, gateway.publishableKey, { auth: { persistSession: false } });
    await student.auth.signInWithPassword({ email: EMAIL, password: PASSWORD });
    await student.auth.updateUser({ data: own });
    const { data } = await student.auth.refreshSession();
    const bearer = { authorization: `Bearer ${data.session?.access_token}` };
    for (const needed of ROLES) {
      const request = new Request('http://localhost:3000/api/x', { headers: bearer });
      const response = await guarded(needed)(request, { params: Promise.resolve({}) });
      expect(response.status, needed).toBe(open.includes(needed) ? 200 : 403);
      expect(await response.json()).toEqual(
        open.includes(needed) ? role : expect.objectContaining({ code: 'forbidden' }),
      );
    }
  });

  test('is kept by a token until it is refreshed', async () => {
    await admin().updateUserById(userId, { app_metadata: { role: 'admin' } });
    const request = () =>
      new Request('http://localhost:3000/api/x', { headers: { authorization: `Bearer ${token}` } });
    expect((await guarded('admin')(request(), { params: Promise.resolve({}) })).status).toBe(403);
    ({ cookie, token } = await signInCookies());
    expect((await guarded('admin')(request(), { params: Promise.resolve({}) })).status).toBe(200);
    await admin().updateUserById(userId, { app_metadata: { role: 'student' } });
    ({ cookie, token } = await signInCookies());
  });
});

describe('a session that its student has ended', () => {
  test('is refused within a minute, by cookie and by bearer token, though its token has not run out', async () => {
    const ended = await signInCookies();
    const bearer = { authorization: `Bearer ${ended.token}` };
    expect((await call(bearer)).status).toBe(200);
    const auth = createClient(gateway.url, gateway.publishableKey).auth;
    await auth.admin.signOut(ended.token, 'local');
    const laterMs = performance.now() + 60_000;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => laterMs);
    expect((await call(bearer)).status).toBe(401);
    expect((await call({ cookie: ended.cookie })).status).toBe(401);
    // Signing out on one device ends nothing on another.
    expect((await call({ cookie })).status).toBe(200);
    clock.mockRestore();
  });
});

describe('a write with cookies', () => {
  const json = { 'content-type': 'application/json' };

  test('of our own page is taken', async () => {
    const headers = { ...json, cookie, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };
    expect((await call(headers, 'POST', '{}')).status).toBe(200);
  });

  test.each([
    ['another site by its origin', { origin: 'https://evil.example' }],
    ['another site by the browser’s word', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling of our domain', { 'sec-fetch-site': 'same-site' }],
    ['a sandboxed frame', { origin: 'null' }],
  ])('of %s is refused', async (_name, headers) => {
    const response = await call({ ...json, cookie, ...headers }, 'POST', '{}');
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'forbidden' });
  });

  test('with a bearer token needs no origin: no browser sends it by itself', async () => {
    const headers = { ...json, authorization: `Bearer ${token}`, origin: 'https://partner.example' };
    expect((await call(headers, 'POST', '{}')).status).toBe(200);
  });
});

describe('a page', () => {
  test('that was made for another student than the one who is signed in is refused, whatever it asks', async () => {
    const json = { 'content-type': 'application/json', origin: 'http://localhost:3000', cookie };
    for (const method of ['GET', 'POST']) {
      const ask = (student: string) =>
        call({ ...json, 'x-clerva-student': student }, method, method === 'POST' ? '{}' : undefined);
      expect((await ask(userId)).status).toBe(200);
      const refused = await ask(crypto.randomUUID());
      expect(refused.status).toBe(409);
      expect(await refused.json()).toMatchObject({ code: 'session_changed' });
    }
  });
});

test('a body that says nothing that holds uses up none of a named limit', async () => {
  const handled: unknown[] = [];
  const route = withUser(
    ({ body }) => {
      handled.push(body);
      return new Response();
    },
    { limit: 'chat', body: z.object({ text: z.string() }) },
  );
  const send = async (body: string) =>
    (
      await route(
        new Request('http://localhost:3000/api/x', {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/json', origin: 'http://localhost:3000' },
          body,
        }),
        { params: Promise.resolve({}) },
      )
    ).status;
  for (let index = 0; index < 30; index += 1) expect(await send('{}')).toBe(400);
  expect(await send('{"text":"hello"}')).toBe(200);
  expect(handled).toEqual([{ text: 'hello' }]);
});

describe('a handler that fails', () => {
  const failing = (error: unknown) =>
    withUser(() => {
      throw error;
    })(new Request('http://localhost:3000/api/x', { headers: { cookie } }), { params: Promise.resolve({}) });

  test('on our side tells a trace id and nothing else', async () => {
    const response = await failing(new Error('password of the database is hunter2'));
    expect(response.status).toBe(500);
    const body = await response.json();
    expect(body).toEqual({
      type: 'urn:clerva:problem:internal',
      title: expect.any(String),
      status: 500,
      code: 'internal',
      traceId: response.headers.get('x-trace-id'),
    });
  });

  test('with a limit says when to come back', async () => {
    const response = await failing(new AppError('rate_limited', { retryAfterSeconds: 2.2 }));
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
  });
});
