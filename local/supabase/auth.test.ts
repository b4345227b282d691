import { createServerClient } from '@supabase/ssr';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Gateway, startGateway } from './gateway.ts';
import { clientOf, PASSWORD, signedUpClient } from './test-project.ts';

let gateway: Gateway;
let confirming: Gateway;

beforeAll(async () => {
  const migrationsDir = '/does/not/exist';
  gateway = await startGateway({ port: 0, migrationsDir, siteUrl: 'http://localhost:3999' });
  confirming = await startGateway({ port: 0, migrationsDir, confirmEmails: true });
});

afterAll(async () => {
  await gateway.close();
  await confirming.close();
});

const statusOf =
  (path: string) =>
  async (token: string, target = gateway) => {
    const headers = { apikey: target.publishableKey, authorization: `Bearer ${token}` };
    const response = await fetch(target.url + path, { headers });
    return { status: response.status, body: await response.json() };
  };
const restStatus = statusOf('/rest/v1/rpc/nothing');
const userStatus = statusOf('/auth/v1/user');

test('getClaims makes no request once the public key is known', async () => {
  const { client, id, email } = await signedUpClient(gateway);
  await client.auth.getClaims();
  client.requests.length = 0;
  const { data, error } = await client.auth.getClaims();
  expect(error).toBeNull();
  expect(data?.header.alg).toBe('ES256');
  expect(data?.claims).toMatchObject({
    sub: id,
    email,
    role: 'authenticated',
    aud: 'authenticated',
    aal: 'aal1',
  });
  expect(client.requests).toEqual([]);
});

test('a refreshed session works, and a refresh token is good for one use', async () => {
  const { client, token } = await signedUpClient(gateway);
  const before = (await client.auth.getSession()).data.session;
  const { data, error } = await client.auth.refreshSession();
  expect(error).toBeNull();
  expect(data.session?.access_token).toBeDefined();
  expect((await client.auth.getUser()).error).toBeNull();
  expect((await client.auth.getClaims()).data?.header.alg).toBe('ES256');
  expect((await userStatus(token)).status).toBe(200);
  await client.auth.refreshSession();
  const again = await clientOf(gateway).auth.refreshSession({ refresh_token: before?.refresh_token ?? '' });
  expect(again.data.session).toBeNull();
});

test('a signed-out session is refused by Auth', async () => {
  const { client, token } = await signedUpClient(gateway);
  await client.auth.signOut();
  expect(await userStatus(token)).toMatchObject({ status: 403, body: { error_code: 'session_not_found' } });
});

test('a token changed by one letter, of another key, or without a signature is refused everywhere', async () => {
  const { id, token } = await signedUpClient(gateway);
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = {
    sub: id,
    role: 'service_role',
    aud: 'authenticated',
    exp: Math.floor(Date.now() / 1000) + 600,
  };
  const guessed = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
  const elevated = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const forged = [
    `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    `${header}.${elevated}.${signature}`,
    `${none}.${elevated}.`,
    guessed,
    'nonsense',
  ];
  for (const token of forged) {
    expect(await restStatus(token), token).toMatchObject({ status: 401, body: { code: 'PGRST301' } });
    expect(await userStatus(token), token).toMatchObject({ status: 403, body: { error_code: 'bad_jwt' } });
  }
});

test('an expired token is refused with the codes of the platform', async () => {
  const { email } = await confirming.database.createUser({ password: PASSWORD });
  const { data } = await clientOf(confirming).auth.signInWithPassword({ email, password: PASSWORD });
  const token = data.session?.access_token ?? '';
  expect((await userStatus(token, confirming)).status).toBe(200);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_601_000 });
  expect(await restStatus(token, confirming)).toMatchObject({ status: 401, body: { code: 'PGRST303' } });
  expect(await userStatus(token, confirming)).toMatchObject({ status: 403, body: { error_code: 'bad_jwt' } });
  vi.useRealTimers();
});

test('a sign-up that has to be confirmed ends in a session through the link in the mailbox', async () => {
  const client = clientOf(confirming);
  const email = 'confirm@example.com';
  const { data } = await client.auth.signUp({ email, password: PASSWORD });
  expect(data.session).toBeNull();
  const early = await client.auth.signInWithPassword({ email, password: PASSWORD });
  expect(early.error?.code).toBe('email_not_confirmed');

  const response = await fetch(`${confirming.url}/mailbox?to=${email}`);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  const { mails } = await response.json();
  const link = new URL(mails[0].link);
  expect(link.pathname).toBe('/auth/confirm');
  const verified = await client.auth.verifyOtp({
    token_hash: link.searchParams.get('token_hash') ?? '',
    type: 'signup',
  });
  expect(verified.error).toBeNull();
  expect((await client.auth.getClaims()).data?.header.alg).toBe('ES256');
});

test('a forgotten password is set anew through the mailbox', async () => {
  const { client, email } = await signedUpClient(gateway);
  expect((await client.auth.resetPasswordForEmail(email)).error).toBeNull();
  const [mail] = gateway.database.mailbox.list(email);
  expect(mail?.link).toMatch(/^http:\/\/localhost:3999\/auth\/confirm\?token_hash=.+&type=recovery/);
  const other = clientOf(gateway);
  const token_hash = new URL(mail?.link ?? '').searchParams.get('token_hash') ?? '';
  expect((await other.auth.verifyOtp({ token_hash, type: 'recovery' })).error).toBeNull();
  expect((await other.auth.updateUser({ password: 'another long password' })).error).toBeNull();
  const signedIn = await clientOf(gateway).auth.signInWithPassword({
    email,
    password: 'another long password',
  });
  expect(signedIn.error).toBeNull();
});

test('the Data API refuses a token at once when its session is ended, and nobody else’s', async () => {
  const [{ client, token }, { client: other }] = [
    await signedUpClient(gateway),
    await signedUpClient(gateway),
  ];
  const ask = () =>
    fetch(`${gateway.url}/rest/v1/profile?select=user_id`, {
      headers: { apikey: gateway.publishableKey, authorization: `Bearer ${token}` },
    });
  // Known to the gateway as open by now.
  expect((await ask()).status).not.toBe(401);
  expect((await client.auth.signOut()).error).toBeNull();
  const refused = await ask();
  expect([refused.status, await refused.json()]).toEqual([
    401,
    expect.objectContaining({ code: 'PGRST303' }),
  ]);
  expect((await other.auth.getUser()).error).toBeNull();
});

test('the cookie client of a server keeps a session from request to request', async () => {
  const jar = new Map<string, string>();
  const perRequest = () =>
    createServerClient(gateway.url, gateway.publishableKey, {
      cookies: {
        getAll: () => [...jar].map(([name, value]) => ({ name, value })),
        setAll: (cookies) => {
          for (const { name, value } of cookies) jar.set(name, value);
        },
      },
    });
  await perRequest().auth.signUp({ email: 'cookie@example.com', password: PASSWORD });
  expect((await perRequest().auth.getUser()).data.user?.email).toBe('cookie@example.com');
  expect((await perRequest().auth.getClaims()).data?.claims.email).toBe('cookie@example.com');
});

test('a page of the app may call every API, and nothing else is served', async () => {
  const asked = 'apikey,authorization,content-type,x-client-info,x-retry-count';
  for (const path of [
    '/auth/v1/token',
    '/auth/v1/.well-known/jwks.json',
    '/rest/v1/rpc/any',
    '/realtime/v1/api/broadcast',
    '/storage/v1/object/a/b',
  ]) {
    const preflight = await fetch(gateway.url + path, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3999',
        'access-control-request-method': 'POST',
        'access-control-request-headers': asked,
      },
    });
    expect(preflight.status, path).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers'), path).toBe(asked);
    const answer = await fetch(gateway.url + path, {
      headers: { apikey: gateway.publishableKey, origin: 'http://127.0.0.1:3999' },
    });
    expect(answer.headers.get('access-control-allow-origin'), path).toBe('http://127.0.0.1:3999');
  }
  expect((await fetch(`${gateway.url}/_system/introspect`)).status).toBe(404);
});

test('the secret key administers accounts and no other key does', async () => {
  const admin = clientOf(gateway, gateway.secretKey).auth.admin;
  const made = await admin.createUser({
    email: 'Made@Example.com',
    password: PASSWORD,
    email_confirm: true,
    user_metadata: { display_name: 'Made' },
  });
  const id = made.data.user?.id ?? '';
  expect(made.data.user).toMatchObject({
    email: 'made@example.com',
    user_metadata: { display_name: 'Made' },
  });
  expect((await admin.createUser({ email: 'made@example.com' })).error?.code).toBe('email_exists');
  expect((await admin.updateUserById(id, { password: 'changed password' })).error).toBeNull();
  const client = clientOf(gateway);
  const credentials = { email: 'made@example.com', password: 'changed password' };
  expect((await client.auth.signInWithPassword(credentials)).error).toBeNull();
  expect((await admin.listUsers()).data.users.map((user) => user.id)).toContain(id);

  const asUser = await client.auth.admin.deleteUser(id);
  expect(asUser.error?.status).toBe(401);
  expect((await admin.deleteUser(id)).error).toBeNull();
  expect((await admin.getUserById(id)).error?.code).toBe('user_not_found');
  expect((await client.auth.signInWithPassword(credentials)).error?.code).toBe('invalid_credentials');
});

test('of many wrong passwords at once thirty are tried, also the right one waits, and nobody else does', async () => {
  const { email } = await signedUpClient(gateway);
  const other = await signedUpClient(gateway);
  const tries = await Promise.all(
    Array.from({ length: 40 }, (_, number) =>
      clientOf(gateway).auth.signInWithPassword({ email, password: `wrong-${number}` }),
    ),
  );
  const codes = tries.map(({ error }) => error?.code);
  expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(30);
  expect(codes.filter((code) => code === 'over_request_rate_limit')).toHaveLength(10);
  const withCapitals = { email: email.toUpperCase(), password: PASSWORD };
  expect((await clientOf(gateway).auth.signInWithPassword(withCapitals)).error?.status).toBe(429);
  expect(
    (await clientOf(gateway).auth.signInWithPassword({ email: other.email, password: PASSWORD })).error,
  ).toBeNull();
});
