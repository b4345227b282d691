import { Inngest } from 'inngest';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { hashSigningKey } from './protocol/signing.ts';
import { eachHarness, operatorOf, SIGNING_KEY, waitUntil } from './testing/harness.ts';

const { start, send, outcome } = eachHarness();

function startEcho(options?: Parameters<typeof start>[1]) {
  return start(
    (on) => [
      on('go', { id: 'echo', retries: 0 }, async ({ event, step }) => step.run('say', () => event.data)),
    ],
    options,
  );
}

test('what is not said by the SDK costs no attempt: pages, redirects and resets are waited out', async () => {
  const harness = await startEcho({ gateDelaysMs: [20] });
  const answers = [
    { status: 404, body: '<h1>compiling</h1>' },
    { status: 500, body: '<h1>crash page</h1>' },
    { status: 307, body: '' },
    { status: 200, body: '{"not":"the sdk"}' },
  ];
  let resets = 0;
  harness.intercept((incoming, response) => {
    const answer = answers.shift();
    if (answer) {
      response
        .writeHead(answer.status, { 'content-type': 'text/html', location: '/sign-in' })
        .end(answer.body);
    } else {
      resets += 1;
      incoming.socket.destroy();
      if (resets === 2) harness.intercept(null);
    }
  });
  const run = await outcome('go', { n: 1 });
  expect(run).toMatchObject({ status: 'completed', output: { n: 1 } });
  expect(run.steps[0]?.attempts).toBe(1);
  expect(harness.logs.some((line) => line.includes('answered 404 without the Inngest SDK'))).toBe(true);
});

test('one call probes an app that is away while all others wait', async () => {
  const harness = await startEcho({ gateDelaysMs: [60] });
  let calls = 0;
  harness.intercept((incoming) => {
    calls += 1;
    incoming.socket.destroy();
  });
  await harness.send(Array.from({ length: 100 }, (_, n) => ({ name: 'go', data: { n } })));
  await waitUntil('it is known to be away', async () => {
    const { queue } = await harness.health();
    return queue.away.length === 1 && queue.inFlight === 0;
  });
  const before = { calls, at: performance.now() };
  await waitUntil('it was probed three times', () => calls >= before.calls + 3);
  expect(performance.now() - before.at).toBeGreaterThan(100);
  harness.intercept(null);
  await waitUntil('all ran', async () => (await harness.health()).runs.completed === 100);
});

test('a step that hangs is given up as a failed attempt', async () => {
  await start((on) => [on('go', { retries: 0 }, () => new Promise(() => undefined))], {
    callTimeoutMs: 100,
  });
  const run = await outcome('go');
  expect(run).toMatchObject({ status: 'failed', error: { name: 'TimeoutError' } });
});

test('signed mode refuses strangers: registrations, events, runs and the clock', async () => {
  const harness = await startEcho({ signingKey: SIGNING_KEY, eventKey: 'secret' });
  const { url } = harness.server;
  const post = (path: string, body: unknown, headers?: Record<string, string>) =>
    fetch(url + path, { method: 'POST', body: JSON.stringify(body), headers }).then(({ status }) => status);
  expect(await post('/fn/register', { appName: 'evil', url: 'http://x', functions: [] })).toBe(401);
  expect(await post('/e/wrong', { name: 'go' })).toBe(401);
  expect(await post('/dev/advance', { ms: 1 })).toBe(401);
  for (const path of [
    '/v1/runs',
    '/v1/runs/x',
    '/v1/events/x/runs',
    '/v0/runs/x/actions',
    '/v0/runs/x/batch',
  ]) {
    expect((await fetch(url + path)).status).toBe(401);
  }
  const authorization = `Bearer ${hashSigningKey(SIGNING_KEY)}`;
  expect((await fetch(`${url}/v1/runs`, { headers: { authorization } })).status).toBe(200);

  const other = new Inngest({ id: 'app', baseUrl: url, isDev: false, eventKey: 'secret' });
  await other.send({ name: 'go', id: 'signed', data: { n: 1 } });
  expect(await harness.ended('signed')).toMatchObject({ status: 'completed' });
  // The app itself refuses a call that is not signed.
  const unsigned = await fetch(`${harness.appUrl}?fnId=app-echo&stepId=step`, { method: 'POST', body: '{}' });
  expect(unsigned.status).toBe(401);
});

test('a key that differs between the two sides is named, and nothing is lost by it', async () => {
  const harness = await startEcho({ signingKey: SIGNING_KEY, eventKey: 'test' });
  harness.intercept((_, response) => {
    response
      .writeHead(401, { 'x-inngest-sdk-handled': 'true', 'content-type': 'application/json' })
      .end('{}');
  });
  const id = await send('go');
  await waitUntil('it is named', () =>
    harness.logs.some((line) => line.includes('INNGEST_SIGNING_KEY must be the same')),
  );
  harness.intercept((_, response) => {
    const headers = {
      'x-inngest-sdk': 'js',
      'x-inngest-signature': `t=${Math.floor(Date.now() / 1000)}&s=00`,
    };
    response.writeHead(200, headers).end('"forged"');
  });
  await waitUntil('it is named', () => harness.logs.some((line) => line.includes('signed with another key')));
  harness.intercept(null);
  expect(await harness.ended(id)).toMatchObject({ status: 'completed', output: {} });
});

test('answers what it cannot use with a sentence, and takes nothing of it', async () => {
  const harness = await startEcho();
  const { url } = harness.server;
  const post = (path: string, body: string) =>
    fetch(url + path, { method: 'POST', body }).then(({ status }) => status);
  expect(await post('/e/x', 'no json')).toBe(400);
  expect(await post('/e/x', '[{"name":"go"},{"data":{}}]')).toBe(400);
  expect(await post('/e/x', '{"name":"go","data":"text"}')).toBe(400);
  expect(await post('/e/x', `{"name":"go","data":{"x":"${'x'.repeat(9_000_000)}"}}`)).toBe(413);
  expect(await post('/dev/advance', '{"duration":"soon"}')).toBe(400);
  expect(await post('/nothing', '{}')).toBe(404);
  expect((await fetch(`${url}/e/x`)).status).toBe(405);
  expect((await fetch(`${url}/v1/runs/none`)).status).toBe(404);
  expect(await harness.allRuns()).toEqual([]);
});

test('tells the app why its registration is refused, and keeps the functions in force', async () => {
  const harness = await startEcho();
  const register = async (extra: Record<string, unknown>, triggers: unknown[] = [{ event: 'go' }]) => {
    const runtime = { type: 'http', url: `${harness.appUrl}?fnId=app-x&stepId=step` };
    const step = { id: 'step', name: 'step', runtime };
    const body = {
      url: harness.appUrl,
      appName: 'app',
      functions: [{ id: 'app-x', triggers, steps: { step }, ...extra }],
    };
    const response = await fetch(`${harness.server.url}/fn/register`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return z.object({ status: z.number(), error: z.string().optional() }).parse(await response.json());
  };
  const refusals: [Record<string, unknown>, RegExp][] = [
    [{ idempotency: 'event.data.' }, /idempotency: "event.data." is not a usable expression/],
    [{ concurrency: [{ limit: 1, key: 'user.id' }] }, /only event and async are known/],
    [{ newOption: true }, /newOption/],
    [{ debounce: { period: 'soon' } }, /debounce.period: is not a time string/],
    [
      { batchEvents: { maxSize: 2, timeout: '1s' }, debounce: { period: '1s' } },
      /cannot be combined with batchEvents/,
    ],
  ];
  for (const [extra, reason] of refusals) {
    const answer = await register(extra);
    expect(answer).toMatchObject({ status: 400, error: expect.stringMatching(/app-x/) });
    expect(answer.error).toMatch(reason);
  }
  expect((await register({}, [{ cron: 'every day' }])).error).toMatch(/not a usable cron schedule/);
  expect((await register({}, [{ event: 'inngest/deferred.schedule' }])).error).toMatch(/deferred functions/);
  expect((await harness.health()).functions).toEqual(['app-echo']);
  expect(await register({})).toEqual({ status: 200 });
  expect((await harness.health()).functions).toEqual(['app-x']);
});

test('says so when a step asks for something that is not supported', async () => {
  const harness = await start((on) => [
    on('go', async ({ step }) => step.waitForSignal('s', { signal: 'x', timeout: '1m', onConflict: 'fail' })),
  ]);
  const id = await send('go');
  expect(await harness.ended(id)).toMatchObject({
    status: 'failed',
    error: { message: 'The local Inngest server does not support WaitForSignal (step s).' },
  });
});

test('shows its functions and runs on a page, without the data of events', async () => {
  const harness = await start((on) => [
    on('go', { id: 'page', retries: 0 }, async ({ step }) =>
      step.run('<b>step</b>', () => {
        throw new Error('<script>alert(1)</script>');
      }),
    ),
  ]);
  const run = await outcome('go', { secret: 'do-not-show' });
  const overview = await (await fetch(harness.server.url)).text();
  expect(overview).toContain('app-page');
  expect(overview).toContain(run.run_id);
  const detail = await (await fetch(`${harness.server.url}/runs/${run.run_id}`)).text();
  expect(detail).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(detail).not.toContain('<script>');
  expect(overview + detail).not.toContain('do-not-show');
});

test('forgets old finished runs, but no run that is under way', async () => {
  const harness = await start(
    (on) => [on('quick', () => 'done'), on('asleep', async ({ step }) => step.sleep('z', '60d'))],
    { keepRuns: 5 },
  );
  await send('asleep');
  await harness.send(Array.from({ length: 520 }, () => ({ name: 'quick' })));
  await waitUntil('all ended and old ones are gone', async () => {
    const { runs, queue } = await harness.health();
    return queue.inFlight === 0 && queue.waiting === 0 && runs.completed < 50 && runs.running === 1;
  });
  const operator = operatorOf(harness.server.url);
  expect((await operator.allRuns()).some(({ function_id }) => function_id === 'app-asleep')).toBe(true);
});
