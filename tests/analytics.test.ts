import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

type Arrived = { headers: Record<string, unknown>; body: unknown };
const arrived: Arrived[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  arrived.push({ headers: request.headers, body: JSON.parse(body) });
  response.end();
});
const ID = '018f8f2e-7c1c-7d3a-9a34-0242ac120002';

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());
afterEach(() => {
  arrived.length = 0;
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** A page that is opened at an address, in a browser that says these things of itself. */
async function open(pathname: string, { key = 'phc_test', says = {} } = {}) {
  vi.stubEnv('NEXT_PUBLIC_POSTHOG_KEY', key);
  vi.stubEnv('NEXT_PUBLIC_POSTHOG_HOST', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubGlobal('document', {
    querySelector: () => null,
    cookie: 'sb-auth-token=secret',
    title: 'Ada’s notes',
  });
  vi.stubGlobal('navigator', says);
  vi.stubGlobal('location', { origin: 'https://clerva.example', pathname });
  return import('../instrumentation-client.ts');
}

test('a view is counted by its route alone: no id, no text, no cookie, and nothing that lasts', async () => {
  const { onRouterTransitionStart: goTo } = await open(`/library/${ID}`);
  for (const [address] of VIEWS.slice(1)) goTo(address);
  await vi.waitFor(() => expect(arrived).toHaveLength(VIEWS.length));
  const told = arrived.map(
    ({ body }) => body as { distinct_id: string; properties: { $current_url: string } },
  );
  expect(
    told.map(({ properties }) => properties.$current_url.replace('https://clerva.example', '')).toSorted(),
  ).toEqual(VIEWS.map(([, route]) => route).toSorted());
  const [{ distinct_id: tab } = { distinct_id: '' }] = told;
  for (const { headers, body } of arrived) {
    expect(body).toEqual({
      api_key: 'phc_test',
      event: '$pageview',
      distinct_id: tab,
      properties: { $current_url: expect.any(String), $process_person_profile: false, $ip: null },
    });
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('referer');
  }
  expect(JSON.stringify(arrived)).not.toMatch(/Ada|secret|mitosis|K7P2|018f8f2e/);
});
const VIEWS = [
  [`/library/${ID}`, '/library/[id]'],
  [`/ask/${ID}?q=what is mitosis`, '/ask/[id]'],
  ['/shared/secret-of-a-link', '/shared/[id]'],
  ['/room/K7P2-M4Q9', '/room/[id]'],
  [`https://clerva.example/people/${ID}#Ada`, '/people/[id]'],
  [`/erased/${ID}`, '/erased/[id]'],
  ['/auth/confirm?token_hash=secret&type=recovery', '/auth/confirm'],
  ['/Ada%20Lovelace/mitosis', '/[id]/[id]'],
] as const;

test.each([
  ['without a key', { key: '' }],
  ['for who asks not to be tracked', { says: { doNotTrack: '1' } }],
  ['for who says so by global privacy control', { says: { globalPrivacyControl: true } }],
])('nothing is sent %s', async (_, browser) => {
  const sent = vi.fn();
  const { onRouterTransitionStart: goTo } = await open('/library', browser);
  vi.stubGlobal('fetch', sent);
  goTo('/ask');
  await new Promise(setImmediate);
  expect(sent).not.toHaveBeenCalled();
  expect(arrived).toEqual([]);
});
