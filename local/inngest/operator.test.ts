import { expect, test } from 'vitest';
import { z } from 'zod';
import { eachHarness, waitUntil } from './testing/harness.ts';

const { start, send } = eachHarness();

test('a long step that meets the app first after its return does not hold the others back', async () => {
  const ended: string[] = [];
  const harness = await start(
    (on) => [
      on('go', async ({ event, step }) => {
        await step.run('work', async () => {
          const name = String(event.data.name);
          if (name === 'long') await waitUntil('the short one ended', () => ended.includes('short'));
          ended.push(name);
        });
      }),
    ],
    { gateDelaysMs: [50] },
  );
  harness.intercept((incoming) => void incoming.socket.destroy());
  await send('go', { name: 'long' });
  await send('go', { name: 'short' });
  await waitUntil('it is known to be away', async () => (await harness.health()).queue.away.length === 1);
  harness.intercept(null);
  await waitUntil('both ended', () => ended.length === 2);
  expect(ended).toEqual(['short', 'long']);
});

test('an operator lists runs by status and function, and cancels one', async () => {
  const harness = await start((on) => [
    on('asleep', async ({ step }) => step.sleep('z', '1d')),
    on('quick', () => 'done'),
  ]);
  const { url } = harness.server;
  const asleep = await send('asleep');
  const quick = await send('quick');
  const done = await harness.ended(quick);
  const list = async (query: string) => {
    const body: unknown = await (await fetch(`${url}/v1/runs?${query}`)).json();
    return z
      .object({ data: z.array(z.object({ run_id: z.string() })) })
      .parse(body)
      .data.map(({ run_id }) => run_id);
  };
  const [run] = await harness.runsOf(asleep);
  expect(await list('status=running')).toEqual([run?.run_id]);
  expect(await list('function_id=app-quick')).toEqual([done.run_id]);
  expect((await fetch(`${url}/v1/runs?status=odd`)).status).toBe(400);

  expect((await fetch(`${url}/v1/runs/${run?.run_id}`, { method: 'DELETE' })).status).toBe(200);
  expect((await fetch(`${url}/v1/runs/${run?.run_id}`, { method: 'DELETE' })).status).toBe(409);
  expect((await harness.ended(asleep)).error?.message).toBe('An operator cancelled this run.');
});

test('an invocation that takes too long fails the step, and its late result changes nothing', async () => {
  const harness = await start((on) => {
    const child = on('never', { id: 'child' }, async ({ step }) => {
      await step.sleep('z', '1d');
      return 'late';
    });
    const parent = on('go', { retries: 0 }, async ({ step }) => {
      const result = await step
        .invoke('call', { function: child, data: {}, timeout: '1h' })
        .catch((error: Error) => error.message);
      await step.sleep('y', '2d');
      return result;
    });
    return [child, parent];
  });
  const id = await send('go');
  await waitUntil('the child sleeps', async () =>
    (await harness.allRuns()).some(({ steps }) => steps[0]?.op === 'Sleep'),
  );
  await harness.advance('2h');
  await waitUntil('the parent sleeps', async () => (await harness.runsOf(id))[0]?.steps.length === 2);
  await harness.advance('30h');
  await waitUntil('the child ended', async () => (await harness.health()).runs.completed === 1);
  await harness.advance('30h');
  expect(await harness.ended(id)).toMatchObject({
    output: 'The invoked function did not finish in time.',
  });
});

test('a wait whose condition cannot be used fails the run instead of waiting for ever, and no sleep is no wait', async () => {
  const harness = await start((on) => [
    on('bad', { retries: 0 }, async ({ step }) =>
      step.waitForEvent('w', { event: 'x', timeout: '1h', if: 'async.data. ==' }),
    ),
    on('zero', async ({ step }) => {
      await step.sleep('none', 0);
      await step.sleepUntil('past', new Date(0));
      return step.waitForEvent('w', { event: 'x', timeout: 0 });
    }),
  ]);
  const [bad, zero] = await harness.send([{ name: 'bad' }, { name: 'zero' }]);
  const failed = await harness.ended(String(bad));
  expect(failed.error?.message).toMatch(/^The condition "async.data. ==" of step w is not usable/);
  expect(await harness.ended(String(zero))).toMatchObject({ status: 'completed', output: null });
});
