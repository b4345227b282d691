import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';
import { expect, test, vi } from 'vitest';
import { contentSecurityPolicy } from '../lib/http/content-security-policy.ts';
import nextConfig from '../next.config.ts';

test('no answer of the app can be framed by another site or read as another type', async () => {
  const config = await nextConfig();
  const [everywhere] = (await config.headers?.()) ?? [];
  expect(everywhere?.source).toBe('/(.*)');
  const headers = Object.fromEntries(everywhere?.headers.map(({ key, value }) => [key, value]) ?? []);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': expect.stringContaining('max-age='),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  });
});

test('the server starts for development whatever became of a config that it was given before', async () => {
  const first = Object.freeze(await nextConfig(PHASE_DEVELOPMENT_SERVER));
  const again = await nextConfig(PHASE_DEVELOPMENT_SERVER);
  expect(again.serverExternalPackages).toEqual(first.serverExternalPackages);
  // A build puts what only development reads as it is into its own files.
  const built = await nextConfig();
  expect(built.serverExternalPackages?.length).toBeLessThan(first.serverExternalPackages?.length ?? 0);
  expect(built.experimental).toBeUndefined();
});

type Page = {
  headers: Record<string, string>;
  policy: Map<string, string[]>;
  cookies: { httpOnly: boolean; secure: boolean; sameSite: string };
};

/** What Mozilla's Observatory takes off or adds, by its published table; what does not apply gives nothing. */
const RULES: [name: string, points: (page: Page) => number][] = [
  [
    'content-security-policy',
    ({ policy }) => {
      const scripts = policy.get('script-src') ?? policy.get('default-src') ?? [];
      const styles = policy.get('style-src') ?? policy.get('default-src') ?? [];
      const isStrict = scripts.some((source) => /^'(?:nonce|sha)/.test(source));
      if (scripts.includes("'unsafe-inline'") && !isStrict) return -20;
      if (
        [...scripts, ...(policy.get('object-src') ?? ['*'])].some((source) =>
          /^(?:\*|https?:|data:)$/.test(source),
        )
      )
        return -20;
      if (scripts.includes("'unsafe-eval'")) return -10;
      if (styles.includes("'unsafe-inline'")) return 0;
      return policy.get('default-src')?.join() === "'none'" ? 10 : 5;
    },
  ],
  [
    'cookies',
    ({ cookies }) =>
      !cookies.secure ? -20 : !cookies.httpOnly ? -30 : /^(?:lax|strict)$/i.test(cookies.sameSite) ? 5 : 0,
  ],
  [
    'cross-origin-resource-sharing',
    ({ headers }) => (headers['access-control-allow-origin'] === '*' ? -50 : 0),
  ],
  [
    'referrer-policy',
    ({ headers }) =>
      /^(?:no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/.test(
        headers['referrer-policy'] ?? '',
      )
        ? 5
        : headers['referrer-policy']
          ? -5
          : 0,
  ],
  [
    'strict-transport-security',
    ({ headers }) => {
      const seconds = Number(
        /max-age=(\d+)/.exec(headers['strict-transport-security'] ?? '')?.[1] ?? Number.NaN,
      );
      return Number.isNaN(seconds) ? -20 : seconds < 15_768_000 ? -10 : 0;
    },
  ],
  ['x-content-type-options', ({ headers }) => (headers['x-content-type-options'] === 'nosniff' ? 0 : -5)],
  [
    'x-frame-options',
    ({ headers, policy }) =>
      policy.get('frame-ancestors')?.join() === "'none'" ? 5 : headers['x-frame-options'] ? 0 : -20,
  ],
  [
    'cross-origin-resource-policy',
    ({ headers }) =>
      headers['cross-origin-resource-policy'] === 'same-origin'
        ? 10
        : headers['cross-origin-resource-policy'] === 'cross-origin'
          ? -5
          : 0,
  ],
];

test('a page would be graded A+ by Mozilla’s Observatory: nothing is taken off, and the bonus counts', async () => {
  vi.stubEnv('NEXT_PUBLIC_APP_URL', 'https://clerva.example');
  const { sessionCookieOptions } = await import('../lib/db/clients.ts');
  const [everywhere] = (await (await nextConfig()).headers?.()) ?? [];
  const policyText = contentSecurityPolicy('bm9uY2U=', {
    supabaseUrl: 'https://a.supabase.co',
    sentryDsn: undefined,
    isDevelopment: false,
  });
  const { httpOnly, secure, sameSite } = sessionCookieOptions(true);
  const page: Page = {
    headers: Object.fromEntries(everywhere?.headers.map(({ key, value }) => [key, value]) ?? []),
    policy: new Map(
      policyText.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)]),
    ),
    cookies: { httpOnly: httpOnly === true, secure: secure === true, sameSite: String(sameSite) },
  };
  const scored = RULES.map(([name, points]) => [name, points(page)] as const);
  expect(scored.filter(([, points]) => points < 0)).toEqual([]);
  // 100 is an A+; what is above it comes only to whoever has 90 without it.
  expect(scored.reduce((sum, [, points]) => sum + points, 100)).toBe(135);
  // The rules see what is missing.
  const bare = {
    headers: {},
    policy: new Map([['script-src', ["'unsafe-inline'"]]]),
    cookies: { httpOnly: false, secure: false, sameSite: 'none' },
  };
  expect(RULES.reduce((sum, [, points]) => sum + points(bare), 100)).toBe(15);
});
