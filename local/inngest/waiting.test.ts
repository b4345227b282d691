import { expect, test } from 'vitest';
import { eachHarness, waitUntil } from './testing/harness.ts';

const { start, send, outcome } = eachHarness();

test('sleeps for durations and until dates, without holding anything up', async () => {
  const { ended, advance, runsOf } = await start((on) => [
    on('go', async ({ step }) => {
      await step.sleep('long', '3 days');
      await step.sleepUntil('date', new Date(Date.now() + 5 * 86_400_000));
      return 'awake';
    }),
  ]);
  const id = await send('go');
  await waitUntil('it sleeps', async () => (await runsOf(id))[0]?.steps.length === 1);
  await advance('73h');
  await waitUntil('it sleeps again', async () => (await runsOf(id))[0]?.steps.length === 2);
  expect((await runsOf(id))[0]?.status).toBe('running');
  await advance('50h');
  expect(await ended(id)).toMatchObject({ status: 'completed', output: 'awake' });
});

test('waits for the event that fits, and yields null when none comes in time', async () => {
  const { ended, advance, runsOf } = await start((on) => [
    on('go', async ({ step }) => {
      const options = {
        event: 'answer',
        timeout: '1h',
        if: 'async.data.id == event.data.id && async.data.ok',
      };
      const found = await step.waitForEvent('w', options);
      return found ? found.data.text : 'nothing';
    }),
  ]);
  const [first, second] = [await send('go', { id: 1 }), await send('go', { id: 2 })];
  const isWaiting = async (id: string) => (await runsOf(id))[0]?.steps.length === 1;
  await waitUntil('both wait', async () => (await isWaiting(first)) && (await isWaiting(second)));
  await send('answer', { id: 1 });
  await send('answer', { id: 1, ok: true, text: 'found' });
  expect(await ended(first)).toMatchObject({ output: 'found' });
  await advance('61m');
  expect(await ended(second)).toMatchObject({ status: 'completed', output: 'nothing' });
});

test('invokes functions, hands back results and errors, and never waits for one that is not run', async () => {
  await start((on) => {
    const child = on(
      'never',
      { id: 'child', retries: 0, idempotency: 'event.data.key' },
      async ({ event, step }) => {
        if (event.data.fail) throw new Error('child failed');
        return step.run('double', () => Number(event.data.n) * 2);
      },
    );
    const parent = on('go', { retries: 0 }, async ({ step }) => {
      const invoke = async (id: string, data: Record<string, unknown>) =>
        step.invoke(id, { function: child, data }).catch((error: Error) => error.message);
      return [
        await invoke('good', { key: 'a', n: 21 }),
        await invoke('bad', { key: 'b', fail: true }),
        await invoke('again', { key: 'a', n: 1 }),
      ];
    });
    return [child, parent];
  });
  const run = await outcome('go');
  expect(run.output).toEqual([
    42,
    'child failed',
    'app-child was not run: it already ran for this idempotency key.',
  ]);
});

test('sends events from steps, and starts a function once per event even when two of its triggers fit', async () => {
  const seen: unknown[] = [];
  const { health } = await start((on, client) => [
    on('go', async ({ step }) => {
      await step.sendEvent('tell', [
        { name: 'document/ready', data: { n: 1 } },
        { name: 'document/ready', data: { n: 2 } },
      ]);
    }),
    client.createFunction(
      {
        id: 'sink',
        triggers: [{ event: 'document/ready', if: 'event.data.n > 1' }, { event: 'document/*' as string }],
      },
      async ({ event }) => void seen.push(event.data.n),
    ),
  ]);
  await send('go');
  await waitUntil('both arrived', async () => (await health()).runs.completed === 3);
  expect(seen.toSorted()).toEqual([1, 2]);
});

test('cancels only the runs a cancelling event speaks of, and drops the answer of a step under way', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const after: unknown[] = [];
  const { ended, runsOf, health } = await start((on) => [
    on('go', { cancelOn: [{ event: 'stop', match: 'data.documentId' }] }, async ({ event, step }) => {
      await step.run('hold', () => held);
      await step.run('after', () => after.push(event.data.documentId));
    }),
  ]);
  const [stopped, kept] = [await send('go', { documentId: 'a' }), await send('go', { documentId: 'b' })];
  await waitUntil('both run', async () => (await health()).queue.inFlight === 2);
  await send('stop', { documentId: 'a' });
  expect((await runsOf(stopped))[0]?.status).toBe('cancelled');
  release();
  expect((await ended(kept)).status).toBe('completed');
  expect(after).toEqual(['b']);
});

test('runs once per idempotency key, and takes an event id only once within a day', async () => {
  const ran: unknown[] = [];
  const {
    runsOf,
    advance,
    send: post,
    client,
  } = await start((on) => [
    on('idem', { idempotency: 'event.data.key' }, ({ event }) => ran.push(event.data.key)),
    on('plain', () => ran.push('plain')),
  ]);
  for (const key of ['x', 'x', 'y']) await send('idem', { key });
  await waitUntil('both ran', () => ran.length === 2);
  for (let count = 0; count < 3; count++) await client.send({ name: 'plain', id: 'same' });
  await waitUntil('it ran', async () => (await runsOf('same'))[0]?.status === 'completed');
  expect(ran).toEqual(['x', 'y', 'plain']);

  const events = [{ name: 'plain' }, { name: 'plain' }];
  const first = await post(events, '1763600000000,AAECAwQFBgcICQ==');
  expect(await post(events, '1763600000000,AAECAwQFBgcICQ==')).toEqual(first);
  expect(new Set(first).size).toBe(2);
  await waitUntil('two more ran', () => ran.length === 5);

  await advance('25h');
  await client.send({ name: 'plain', id: 'same' });
  await waitUntil('it ran again', () => ran.length === 6);
});
