import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Harness, startHarness, waitUntil } from './testing/harness.ts';

let harness: Harness;
afterEach(() => harness.close());

test('a long step that meets the app first after its return does not hold the others back', async () => {
  const ended: string[] = [];
  harness = await startHarness(
    (client) => [
      client.createFunction({ id: 'any', triggers: [{ event: 'go' }] }, async ({ event, step }) => {
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
  await harness.send({ name: 'go', data: { name: 'long' } });
  await harness.send({ name: 'go', data: { name: 'short' } });
  await waitUntil('it is known to be away', async () => (await harness.health()).queue.away.length === 1);
  harness.intercept(null);
  await waitUntil('both ended', () => ended.length === 2);
  expect(ended).toEqual(['short', 'long']);
});

test('an operator lists runs by status and function, and cancels one', async () => {
  harness = await startHarness((client) => [
    client.createFunction({ id: 'asleep', triggers: [{ event: 'asleep' }] }, async ({ step }) =>
      step.sleep('z', '1d'),
    ),
    client.createFunction({ id: 'quick', triggers: [{ event: 'quick' }] }, () => 'done'),
  ]);
  const { url } = harness.server;
  const [asleep] = await harness.send({ name: 'asleep' });
  const [quick] = await harness.send({ name: 'quick' });
  const done = await harness.ended(String(quick));
  const list = async (query: string) => {
    const body: unknown = await (await fetch(`${url}/v1/runs?${query}`)).json();
    return z
      .object({ data: z.array(z.object({ run_id: z.string() })) })
      .parse(body)
      .data.map(({ run_id }) => run_id);
  };
  const [run] = await harness.runsOf(String(asleep));
  expect(await list('status=running')).toEqual([run?.run_id]);
  expect(await list('function_id=app-quick')).toEqual([done.run_id]);
  expect((await fetch(`${url}/v1/runs?status=odd`)).status).toBe(400);

  expect((await fetch(`${url}/v1/runs/${run?.run_id}`, { method: 'DELETE' })).status).toBe(200);
  expect((await fetch(`${url}/v1/runs/${run?.run_id}`, { method: 'DELETE' })).status).toBe(409);
  expect((await harness.ended(String(asleep))).error?.message).toBe('An operator cancelled this run.');
});

test('an invocation that takes too long fails the step, and its late result changes nothing', async () => {
  harness = await startHarness((client) => {
    const child = client.createFunction({ id: 'child', triggers: [{ event: 'never' }] }, async ({ step }) => {
      await step.sleep('z', '1d');
      return 'late';
    });
    const parent = client.createFunction(
      { id: 'parent', retries: 0, triggers: [{ event: 'go' }] },
      async ({ step }) => {
        const result = await step
          .invoke('call', { function: child, data: {}, timeout: '1h' })
          .catch((error: Error) => error.message);
        await step.sleep('y', '2d');
        return result;
      },
    );
    return [child, parent];
  });
  const [id] = await harness.send({ name: 'go' });
  await waitUntil('the child sleeps', async () =>
    (await harness.allRuns()).some(({ steps }) => steps[0]?.op === 'Sleep'),
  );
  await harness.advance('2h');
  await waitUntil('the parent sleeps', async () => (await harness.runsOf(String(id)))[0]?.steps.length === 2);
  await harness.advance('30h');
  await waitUntil('the child ended', async () => (await harness.health()).runs.completed === 1);
  await harness.advance('30h');
  expect(await harness.ended(String(id))).toMatchObject({
    output: 'The invoked function did not finish in time.',
  });
});

test('a wait whose condition cannot be used fails the run instead of waiting for ever, and no sleep is no wait', async () => {
  harness = await startHarness((client) => [
    client.createFunction({ id: 'bad', retries: 0, triggers: [{ event: 'bad' }] }, async ({ step }) =>
      step.waitForEvent('w', { event: 'x', timeout: '1h', if: 'async.data. ==' }),
    ),
    client.createFunction({ id: 'zero', triggers: [{ event: 'zero' }] }, async ({ step }) => {
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
