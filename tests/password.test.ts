import { type CookieOptions, createServerClient } from '@supabase/ssr';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Gateway, startGateway } from '../local/supabase/gateway.ts';

/** Where the form comes from, as the front door saw; what else stands in the headers is the client's own word. */
const address = vi.hoisted(() => ({ current: '192.0.2.1' }));
/** The cookies of the browser whose form arrives. */
const jar = new Map<string, string>();
const rules = new Map<string, CookieOptions>();
class Redirected extends Error {}

vi.mock('next/headers', () => ({
  headers: async () => {
    const { sealedClient } = await import('../lib/http/client-address.ts');
    const { name, value } = sealedClient(address.current);
    return new Headers({
      'x-forwarded-for': crypto.randomUUID(),
      'x-forwarded-proto': 'https',
      [name]: value,
    });
  },
  cookies: async () => ({
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set(name: string, value: string, options: CookieOptions) {
      rules.set(name, options);
      // An age of nothing is how a cookie is taken back.
      if (options.maxAge === 0) jar.delete(name);
      else jar.set(name, value);
    },
    delete: (name: string) => void jar.delete(name),
  }),
}));
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Redirected(to);
  },
}));

const EMAIL = 'ada@example.org';
const [OLD, NEW, NEWEST] = ['the old long password', 'a new long password', 'the newest password'];

let gateway: Gateway;

const otherDevice = () =>
  createServerClient(gateway.url, gateway.publishableKey, {
    cookies: { getAll: () => [], setAll: () => undefined },
  });

async function post(
  name: 'signIn' | 'signUp' | 'setPassword' | 'requestPasswordReset' | 'changeEmail',
  fields: Record<string, string>,
) {
  const actions = await import('../app/auth/actions.ts');
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  try {
    return await actions[name]({}, form);
  } catch (error) {
    if (error instanceof Redirected) return { to: error.message };
    throw error;
  }
}
/** Ten minutes later this browser no longer remembers that it just signed in. */
const laterOn = () => jar.delete('clerva-signed-in');

beforeAll(async () => {
  gateway = await startGateway({ port: 0 });
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', gateway.url);
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', gateway.publishableKey);
  vi.stubEnv('SUPABASE_SECRET_KEY', gateway.secretKey);
  vi.stubEnv('OPENAI_API_KEY', 'local');
  vi.stubEnv('LOG_LEVEL', 'silent');
  await gateway.database.createUser({ email: EMAIL, password: OLD });
});
afterAll(() => gateway.close());

test('a session is kept where no script reads it and no open line carries it, and nothing of opening it stays', async () => {
  expect(await post('signUp', { email: 'new@example.org', password: NEW })).toMatchObject({ to: '/' });
  const kept = [...jar.keys()].filter((name) => name.startsWith('sb-'));
  expect(kept.length).toBeGreaterThan(0);
  for (const name of kept) {
    expect(name).toMatch(/-auth-token(\.\d+)?$/);
    expect(rules.get(name)).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
  }
  jar.clear();
});

describe('a new password', () => {
  test('signs every other device out', async () => {
    const other = otherDevice();
    await other.auth.signInWithPassword({ email: EMAIL, password: OLD });
    expect(await post('signIn', { email: EMAIL, password: OLD })).toMatchObject({ to: expect.any(String) });
    expect(await post('setPassword', { password: NEW })).toMatchObject({ to: expect.any(String) });
    expect((await other.auth.refreshSession()).error).not.toBeNull();
    // This one goes on.
    expect((await otherDevice().auth.signInWithPassword({ email: EMAIL, password: NEW })).error).toBeNull();
  });

  test('needs the present one in a session that was opened a while ago', async () => {
    laterOn();
    for (const oldPassword of ['', OLD]) {
      expect(await post('setPassword', { password: NEWEST, oldPassword })).toMatchObject({
        field: 'oldPassword',
      });
    }
    // A form that was opened while nobody had to be asked has no field for it.
    expect(await post('setPassword', { password: NEWEST })).toMatchObject({
      field: 'oldPassword',
      error: expect.stringContaining('new link'),
    });
    expect(await post('setPassword', { password: NEWEST, oldPassword: NEW })).toMatchObject({
      to: expect.any(String),
    });
    expect(
      (await otherDevice().auth.signInWithPassword({ email: EMAIL, password: NEWEST })).error,
    ).toBeNull();
  });
});

describe('a new email', () => {
  const NEW_EMAIL = 'ada.lovelace@example.org';
  const mailsTo = async (to: string): Promise<{ kind: string; link: string }[]> =>
    (await (await fetch(`${gateway.url}/mailbox?to=${to}`)).json()).mails;
  const open = async (link: string | undefined) => {
    const { GET } = await import('../app/auth/confirm/route.ts');
    return GET(new Request(link ?? '')).catch((error: Error) => error.message);
  };
  const emailOf = async () =>
    (
      await gateway.database.query<{ email: string }>(`select email from auth.users where email like 'ada%'`)
    )[0]?.email;

  test('is asked of both addresses after the password, and changes when both agree', async () => {
    address.current = '192.0.2.20';
    laterOn();
    expect(await post('changeEmail', { email: NEW_EMAIL })).toMatchObject({ field: 'oldPassword' });
    expect(await post('changeEmail', { email: NEW_EMAIL, oldPassword: 'a guess' })).toMatchObject({
      field: 'oldPassword',
    });
    for (const email of [EMAIL.toUpperCase(), 'no address', 'new@example.org'])
      expect(await post('changeEmail', { email, oldPassword: NEWEST })).toMatchObject({ field: 'email' });
    expect(await mailsTo(NEW_EMAIL)).toEqual([]);
    for (const first of [0, 1]) {
      expect(await post('changeEmail', { email: NEW_EMAIL, oldPassword: NEWEST })).toEqual({
        sentTo: NEW_EMAIL,
      });
      const links = [(await mailsTo(EMAIL))[0]?.link, (await mailsTo(NEW_EMAIL))[0]?.link];
      expect(await open(links[first])).toBe('/auth/new-email?one=1');
      // The same one twice is not both.
      expect(await open(links[first])).toBe('/auth/new-email?expired=1');
      expect(await emailOf()).toBe(EMAIL);
      expect(await open(links[1 - first])).toBe('/you');
      expect(await emailOf()).toBe(NEW_EMAIL);
      expect(await open(links[1 - first])).toBe('/auth/new-email?expired=1');
      const signedIn = await otherDevice().auth.signInWithPassword({ email: NEW_EMAIL, password: NEWEST });
      expect(signedIn.error).toBeNull();
      await gateway.database.query('update auth.users set email = $1 where email = $2', [EMAIL, NEW_EMAIL]);
      jar.clear();
      await post('signIn', { email: EMAIL, password: NEWEST });
    }
  });
});

describe('guessing a password', () => {
  test('ends after ten attempts at one account, by a sentence that names the wait, whatever the client says of its address', async () => {
    address.current = '192.0.2.7';
    const guess = () => post('signIn', { email: 'grace@example.org', password: 'a guess' });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(await guess()).toMatchObject({ error: 'This email and password do not match.' });
    }
    expect(await guess()).toMatchObject({ error: 'Too many attempts. Wait 15 minutes and try again.' });
    // Nobody else is locked out by it: not the student at home, not another account from here.
    expect(await post('signIn', { email: 'other@example.org', password: 'a guess' })).toMatchObject({
      error: 'This email and password do not match.',
    });
    address.current = '192.0.2.8';
    expect(await guess()).toMatchObject({ error: 'This email and password do not match.' });
  });

  test('ends after as many at a page that was left open', async () => {
    address.current = '192.0.2.10';
    laterOn();
    const guess = () => post('setPassword', { password: NEW, oldPassword: 'a guess' });
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect(await guess()).toMatchObject({ field: 'oldPassword' });
    expect(await guess()).toMatchObject({ error: 'Too many attempts. Wait 15 minutes and try again.' });
  });

  test('ends after a hundred attempts wherever they say they come from', async () => {
    const guess = (n: number) => {
      address.current = `198.51.100.${n}`;
      return post('requestPasswordReset', { email: 'hedy@example.org' });
    };
    const answers = [];
    for (let n = 0; n < 101; n += 1) answers.push(await guess(n));
    expect(
      answers.slice(0, 100).filter((answer) => 'error' in answer && /^Too many/.test(answer.error ?? '')),
    ).toEqual([]);
    expect(answers.at(-1)).toMatchObject({ error: expect.stringMatching(/^Too many attempts/) });
  });

  test('from one address at many accounts ends after sixty in a minute', async () => {
    address.current = '192.0.2.9';
    const ask = (n: number) => post('requestPasswordReset', { email: `student${n}@example.org` });
    const answers = await Promise.all(Array.from({ length: 70 }, (_, n) => ask(n)));
    expect(
      answers.filter((answer) => 'error' in answer && /^Too many attempts/.test(answer.error ?? '')),
    ).toHaveLength(10);
  });
});
