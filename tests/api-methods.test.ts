import { beforeAll, describe, expect, test, vi } from 'vitest';
import { redirectUnreadable } from '../lib/http/front-door.ts';
import { METHODS } from '../lib/http/methods.ts';
import { methodsTakenBy, routeFiles } from './setup/routes.ts';

beforeAll(() => {
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', 'http://127.0.0.1:1');
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', 'key');
  vi.stubEnv('SUPABASE_SECRET_KEY', 'key');
  vi.stubEnv('OPENAI_API_KEY', 'local');
});

test.each(routeFiles)('%s refuses every other method in words, and says which it takes', async (file) => {
  const module: Record<string, (request: Request, context: object) => Response> = await import(
    /* @vite-ignore */ `../${file}`
  );
  const taken = methodsTakenBy(file);
  expect(taken.length).toBeGreaterThan(0);
  const allow = [
    ...taken.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
    'OPTIONS',
  ].join(', ');
  const call = (method: string) =>
    module[method]?.(new Request('http://localhost:3000/api/x', { method }), { params: Promise.resolve({}) });
  for (const method of METHODS.filter((name) => !taken.includes(name))) {
    const response = call(method);
    expect(response?.status, method).toBe(405);
    expect(response?.headers.get('allow')).toBe(allow);
    expect(response?.headers.get('content-type')).toBe('application/problem+json');
    expect(await response?.json()).toMatchObject({ code: 'method_not_allowed', status: 405 });
  }
  expect(call('OPTIONS')?.status).toBe(204);
  expect(call('OPTIONS')?.headers.get('allow')).toBe(allow);
});

describe('what Next would fail on', () => {
  test.each([
    ['TRACE', '/api/documents', 'GET', '/api/refused-method'],
    ['PROPFIND', '/sign-in', 'GET', '/api/refused-method'],
    ['DELETE', '/api/documents/%E0%A4%A', 'DELETE', '/api/refused-address'],
    ['GET', '/library/%E0%A4%A?a=%zz', 'GET', '/library/%25E0%25A4%25A?a=%zz'],
    ['GET', '/api/find?query=100%', 'GET', '/api/find?query=100%'],
    ['GET', '/people/J%C3%BCrgen', 'GET', '/people/J%C3%BCrgen'],
  ])('%s %s is asked as %s %s', (method, url, asked, at) => {
    const request = { method, url };
    redirectUnreadable(request);
    expect(request).toEqual({ method: asked, url: at });
  });

  test('is answered by the route for all other addresses', async () => {
    const { GET } = await import('../app/api/[...path]/route.ts');
    const answer = async (...path: string[]) =>
      (await GET(new Request('http://localhost:3000/api'), { params: Promise.resolve({ path }) })).status;
    expect(await answer('refused-method')).toBe(405);
    expect(await answer('refused-address')).toBe(400);
    expect(await answer('documents-of-nobody')).toBe(404);
  });
});
