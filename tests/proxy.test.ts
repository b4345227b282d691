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

  test.each(['/sign-in', '/sign-up', '/auth/callback?code=1', '/sign-in?next=%2Fchat'])(
    'may see %s',
    async (path) => {
      expect((await visit(path)).headers.get('location')).toBeNull();
    },
  );
});

test('API routes answer for themselves, and files are not asked about', () => {
  for (const path of ['/api/documents', '/_next/static/chunk.js', '/icon.svg', '/fonts/literata.woff2']) {
    expect(matcher.test(path), path).toBe(false);
  }
  for (const path of ['/', '/chat', '/library/42', '/sign-in', '/apiary'])
    expect(matcher.test(path), path).toBe(true);
});
