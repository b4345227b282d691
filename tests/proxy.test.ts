import { NextRequest } from 'next/server';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { config, proxy } from '../proxy.ts';

beforeAll(() => {
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', 'http://127.0.0.1:1');
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', 'key');
  vi.stubEnv('SUPABASE_SECRET_KEY', 'key');
  vi.stubEnv('OPENAI_API_KEY', 'local');
});

const visit = (path: string) => proxy(new NextRequest(`http://localhost:3000${path}`));
const matcher = new RegExp(`^${config.matcher[0]}$`);

describe('a visitor without a session', () => {
  test.each(['/', '/chat', '/library?course=bio&page=2', '/sign-in-now', '/authors'])(
    'is sent from %s to sign in, and back afterwards',
    async (path) => {
      const response = await visit(path);
      expect(response.status).toBe(307);
      const target = new URL(response.headers.get('location') ?? '');
      expect(target.origin).toBe('http://localhost:3000');
      expect(target.pathname).toBe('/sign-in');
      expect(target.searchParams.get('next')).toBe(path);
    },
  );

  test.each(['/sign-in', '/sign-up', '/privacy', '/terms', '/auth/callback?code=1', '/sign-in?next=%2Fchat'])(
    'may see %s',
    async (path) => {
      expect((await visit(path)).headers.get('location')).toBeNull();
    },
  );
});

test('a page may run what its own nonce names, and each answer has another', async () => {
  const policyOf = async () => (await visit('/sign-in')).headers.get('content-security-policy') ?? '';
  const [policy, another] = [await policyOf(), await policyOf()];
  expect(policy).not.toBe(another);
  const directives = new Map(
    policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)] as const),
  );
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(policy).not.toContain('unsafe-');
  for (const name of ['script-src', 'style-src']) {
    expect(directives.get(name)).toContainEqual(expect.stringMatching(/^'nonce-[\w+/=]{20,}'$/));
    expect(directives.get(name)?.join(' ')).not.toMatch(/unsafe|https?:|\*/);
  }
  expect(directives.get('connect-src')).toEqual(["'self'", 'http://127.0.0.1:1', 'ws://127.0.0.1:1']);
  expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
});

test('API routes answer for themselves, and files are not asked about', () => {
  for (const path of ['/api/documents', '/_next/static/chunk.js', '/icon.svg', '/fonts/literata.woff2']) {
    expect(matcher.test(path), path).toBe(false);
  }
  for (const path of ['/', '/chat', '/library/42', '/sign-in', '/apiary'])
    expect(matcher.test(path), path).toBe(true);
});
