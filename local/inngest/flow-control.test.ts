import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachHarness, waitUntil } from './testing/harness.ts';

const { start, allEnded } = eachHarness();

test('serves older runs and higher priorities first', async () => {
  const order: unknown[] = [];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const { client, health } = await start((on) => [
    on('go', { concurrency: 1, priority: { run: 'event.data.paid ? 120 : 0' } }, async ({ event, step }) => {
      await step.run('hold', () => held);
      await step.run('work', () => order.push(event.data.name));
    }),
  ]);
  await client.send({ name: 'go', data: { name: 'first' } });
  await waitUntil('it holds the slot', async () => (await health()).queue.inFlight === 1);
  const names = ['second', 'third', 'fourth'].map((name) => ({ name: 'go', data: { name } }));
  await client.send([...names, { name: 'go', data: { name: 'paid', paid: true } }]);
  release();
  await allEnded(5);
  expect(order).toEqual(['paid', 'first', 'second', 'third', 'fourth']);
});

test('fires cron schedules in their time zone, and once for many missed ticks', async () => {
  const ticks: unknown[] = [];
  const { advance } = await start((_on, client) => [
    client.createFunction(
      { id: 'nightly', triggers: [{ cron: 'TZ=Europe/Lisbon 0 3 * * *' }] },
      ({ event }) => ticks.push(event.data),
    ),
  ]);
  await advance('24h');
  await waitUntil('it ticked', () => ticks.length === 1);
  await advance('240h');
  await waitUntil('it ticked again', () => ticks.length === 2);
  await delay(50);
  expect(ticks).toEqual([{ cron: 'TZ=Europe/Lisbon 0 3 * * *' }, { cron: 'TZ=Europe/Lisbon 0 3 * * *' }]);
});

test('a singleton skips or replaces the run that is under way, per key', async () => {
  const ended: string[] = [];
  const { advance, allRuns, client } = await start((on) =>
    (['skip', 'cancel'] as const).map((mode) =>
      on(mode, { singleton: { mode, key: 'event.data.key' } }, async ({ event, step }) => {
        await step.sleep('nap', '1h');
        ended.push(`${mode} ${event.data.key} ${event.data.n}`);
      }),
    ),
  );
  for (const name of ['skip', 'cancel']) {
    for (const [key, n] of [
      ['a', 1],
      ['a', 2],
      ['b', 3],
    ])
      await client.send({ name, data: { key, n } });
  }
  await waitUntil('all sleep', async () => (await allRuns()).filter(({ steps }) => steps.length).length >= 4);
  await advance('2h');
  await allEnded(5);
  expect(ended.toSorted()).toEqual(['cancel a 2', 'cancel b 3', 'skip a 1', 'skip b 3']);
});

test('debounces to the latest event, but not beyond its timeout', async () => {
  const seen: unknown[] = [];
  const { advance, client } = await start((on) => [
    on('go', { debounce: { period: '1m', timeout: '2m', key: 'event.data.key' } }, ({ event }) =>
      seen.push(event.data.n),
    ),
  ]);
  const send = (n: number) => client.send({ name: 'go', data: { key: 'k', n } });
  await send(1);
  await advance('50s');
  await send(2);
  await advance('50s');
  await send(3);
  expect(seen).toEqual([]);
  await advance('21s');
  await waitUntil('it ran', () => seen.length === 1);
  expect(seen).toEqual([3]);
});

test('batches events up to a size or a time', async () => {
  const batches: unknown[] = [];
  const { advance, client } = await start((on) => [
    on('go', { batchEvents: { maxSize: 3, timeout: '10s', key: 'event.data.key' } }, ({ events }) =>
      batches.push(events.map(({ data }) => data.n)),
    ),
  ]);
  await client.send([1, 2, 3, 4].map((n) => ({ name: 'go', data: { key: 'k', n } })));
  await waitUntil('the full batch ran', () => batches.length === 1);
  await advance('11s');
  await waitUntil('the rest ran', () => batches.length === 2);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

test('a rate limit drops runs and a throttle delays them', async () => {
  const limited: unknown[] = [];
  const throttled: unknown[] = [];
  const { advance, client } = await start((on) => [
    on('go', { id: 'limited', rateLimit: { limit: 2, period: '1m' } }, ({ event }) =>
      limited.push(event.data.n),
    ),
    on('go', { id: 'throttled', throttle: { limit: 6, period: '1m', burst: 2 } }, ({ event }) =>
      throttled.push(event.data.n),
    ),
  ]);
  await client.send([1, 2, 3, 4].map((n) => ({ name: 'go', data: { n } })));
  await waitUntil('the burst ran', () => throttled.length === 2 && limited.length === 2);
  await advance('11s');
  await waitUntil('the third ran', () => throttled.length === 3);
  await advance('50s');
  await waitUntil('the fourth ran', () => throttled.length === 4);
  await client.send({ name: 'go', data: { n: 5 } });
  await waitUntil('the window is over', () => limited.length === 3);
  expect(limited).toEqual([1, 2, 5]);
});

test('cancels runs that do not finish, or do not start, in time', async () => {
  const { advance, allRuns, client, health } = await start((on) => [
    on('slow', { timeouts: { finish: '1h' } }, async ({ step }) => step.sleep('nap', '2h')),
    on('queued', { timeouts: { start: '10s' }, throttle: { limit: 1, period: '1h' } }, () => 'ran'),
  ]);
  await client.send([{ name: 'slow' }, { name: 'queued' }, { name: 'queued' }]);
  await waitUntil('the sleep began', async () => (await allRuns()).some(({ steps }) => steps.length > 0));
  await waitUntil('the first ran', async () => (await health()).runs.completed === 1);
  await advance('61m');
  await allEnded(3);
  const errors = (await allRuns()).map(({ error }) => error?.message ?? 'none');
  expect(errors.toSorted()).toEqual(['It did not finish in time.', 'It did not start in time.', 'none']);
});
