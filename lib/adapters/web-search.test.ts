import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toolContext, toolOptions } from '../../tests/setup/tool-context.ts';
import type { DatabaseClient } from '../db/clients.ts';

/** What an adapter asks of the world outside, and what it is told. */
async function search(
  env: Record<string, string>,
  answer: () => Promise<Response>,
  query = 'cell & membrane',
) {
  vi.resetModules();
  for (const [name, value] of Object.entries({ ...SET_UP, ...env })) vi.stubEnv(name, value);
  const fetched = vi.fn<typeof fetch>(answer);
  vi.stubGlobal('fetch', fetched);
  const { webSearch } = await import('./web-search.ts');
  // No row is read.
  const options = toolOptions(toolContext({} as DatabaseClient));
  return { output: await webSearch.execute({ query }, options), fetched };
}

const SET_UP = {
  NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:1',
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'key',
  SUPABASE_SECRET_KEY: 'key',
  OPENAI_API_KEY: 'local',
};
const GOOGLE = { GOOGLE_CSE_KEY: 'google-key', GOOGLE_CSE_ID: 'engine' };
const found = (body: unknown) => async () => Response.json(body);
const ITEMS = {
  items: [
    { title: 'Cells', link: 'https://a.example/', snippet: 'About cells' },
    { title: 'Bad', link: 'javascript:1' },
  ],
};

beforeEach(() => {
  vi.stubEnv('FEATURE_FLAGS', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('webSearch', () => {
  test.each([
    ['Google', GOOGLE, ITEMS, 'www.googleapis.com'],
    [
      'Bing',
      { BING_SEARCH_KEY: 'bing-key' },
      { webPages: { value: [{ name: 'Cells', url: 'https://a.example/', snippet: 'About cells' }] } },
      'api.bing.microsoft.com',
    ],
  ])('asks %s, and says that what it finds is from the web', async (_, env, body, host) => {
    const { output, fetched } = await search(env, found(body));
    expect(output).toEqual({
      origin: 'web',
      results: [{ title: 'Cells', url: 'https://a.example/', snippet: 'About cells' }],
      dryRun: null,
    });
    const url = new URL(String(fetched.mock.calls[0]?.[0]));
    expect([url.host, url.searchParams.get('q'), url.href.includes('-key')]).toEqual([
      host,
      'cell & membrane',
      false,
    ]);
  });

  test('sends nothing under adapters.dry_run and says what it would have sent, without its key', async () => {
    const { output, fetched } = await search({ ...GOOGLE, FEATURE_FLAGS: 'adapters.dry_run' }, found(ITEMS));
    expect(fetched).not.toHaveBeenCalled();
    expect(output).toMatchObject({ results: [], dryRun: { method: 'GET', headers: ['x-goog-api-key'] } });
    expect(JSON.stringify(output)).not.toContain('google-key');
  });

  test.each<[string, () => Promise<Response>, number]>([
    ['an error of the service', async () => new Response('', { status: 502 }), 2],
    ['no connection', () => Promise.reject(new TypeError('fetch failed')), 2],
    ['a refused key', async () => new Response('', { status: 403 }), 1],
    ['an answer that is no JSON', async () => new Response('<html>'), 1],
  ])('tells %s as a code, after one retry where that may help', async (_, answer, times) => {
    const { output, fetched } = await search(GOOGLE, answer);
    expect(output).toMatchObject({ ok: false, code: 'adapter_unavailable' });
    expect(fetched).toHaveBeenCalledTimes(times);
  });

  test.each([
    ['who is ada.lovelace@example.org in physics', 'who is in physics'],
    ['transfer to DE89370400440532013000 how long', 'transfer to how long'],
    ['ISBN 978-3-16-148410-0', 'ISBN 978-3-16-148410-0'],
  ])('sends nothing that stands for a person: %s', async (query, sent) => {
    const { fetched } = await search(GOOGLE, found(ITEMS), query);
    expect(new URL(String(fetched.mock.calls[0]?.[0])).searchParams.get('q')).toBe(sent);
  });

  test('asks nothing where nothing else is left', async () => {
    const { output, fetched } = await search(GOOGLE, found(ITEMS), 'ada.lovelace@example.org');
    expect(output).toMatchObject({ ok: false, code: 'invalid_request' });
    expect(fetched).not.toHaveBeenCalled();
  });

  test('is refused without keys', async () => {
    expect((await search({}, found(ITEMS))).output).toMatchObject({ ok: false, code: 'conflict' });
  });
});
