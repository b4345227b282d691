import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as environment from '../env.ts';
import { forgetProviders, parseProviders, providerWarning, signInProviders } from './providers.ts';

const env = {
  AUTH_PROVIDERS: 'google, Microsoft',
  supabaseUrl: 'http://auth.test',
  supabasePublishableKey: 'key',
};
vi.mock('../env.ts', async (real) => ({
  ...(await real<typeof environment>()),
  serverEnv: () => ({ ...env, LOG_LEVEL: 'silent' }),
}));

const answering = (answer: () => Response | Promise<Response>) => {
  const fetched = vi.fn(async () => answer());
  vi.stubGlobal('fetch', fetched);
  return fetched;
};
const settings = (external: Record<string, boolean>) => Response.json({ external });

beforeEach(() => {
  forgetProviders();
  env.AUTH_PROVIDERS = 'google, Microsoft';
});

test.each([
  [undefined, [], []],
  [' , ', [], []],
  ['google,azure,apple', ['google', 'azure', 'apple'], []],
  [' Google , microsoft,azure ', ['google', 'azure'], []],
  ['google, gogle, toString', ['google'], ['gogle', 'tostring']],
])('a list of providers: %s', (list, named, unknown) => {
  expect(parseProviders(list)).toEqual({ named, unknown });
  expect(providerWarning(list) === undefined).toBe(unknown.length === 0);
  for (const name of unknown) expect(providerWarning(list)).toContain(name);
});

describe('a button is shown', () => {
  test('for what is named and offered by the project, asked once for a while', async () => {
    const fetched = answering(() => settings({ google: true, azure: false, apple: true, email: true }));
    expect([await signInProviders(), await signInProviders()]).toEqual([['google'], ['google']]);
    expect(fetched.mock.calls).toEqual([
      ['http://auth.test/auth/v1/settings', expect.objectContaining({ headers: { apikey: 'key' } })],
    ]);
  });

  test.each([
    ['Auth does not answer', () => Promise.reject(new TypeError('refused'))],
    ['there are no settings', () => new Response('not found', { status: 404 })],
    ['they are of another shape', () => Response.json({ external: 'google' })],
  ])('for none where %s', async (_, answer) => {
    answering(answer);
    expect(await signInProviders()).toEqual([]);
  });

  test('for none where none is named, and nothing is asked', async () => {
    env.AUTH_PROVIDERS = '';
    const fetched = answering(() => settings({ google: true }));
    expect(await signInProviders()).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
  });
});
