import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachHarness, waitUntil } from './testing/harness.ts';

const { start, allEnded } = eachHarness();

/** Counts how many steps run at once, per key and altogether. */
function createMeter() {
  const current = new Map<string, number>();
  const peak = new Map<string, number>();
  const change = (key: string, by: number) => {
    const value = (current.get(key) ?? 0) + by;
    current.set(key, value);
    peak.set(key, Math.max(peak.get(key) ?? 0, value));
  };
  return {
    peak: (key: string) => peak.get(key) ?? 0,
    /** A step that ends only once as many ran at once as may, so that a slow machine shows the same peak. */
    async step(key: string, limit: number): Promise<void> {
      for (const name of [key, 'all']) change(name, 1);
      await waitUntil('all slots were taken', () => peak.get('all') === limit);
      await delay(15);
      for (const name of [key, 'all']) change(name, -1);
    },
  };
}

test('keeps a keyed and an overall concurrency limit under load, and uses both fully', async () => {
  const meter = createMeter();
  const { client } = await start((on) => [
    on(
      'go',
      { concurrency: [{ limit: 2, key: 'event.data.userId' }, { limit: 5 }] },
      async ({ event, step }) => {
        const key = String(event.data.userId);
        await step.run('one', () => meter.step(key, 5));
        await Promise.all([
          step.run('two', () => meter.step(key, 5)),
          step.run('three', () => meter.step(key, 5)),
        ]);
      },
    ),
  ]);
  const users = ['u1', 'u2', 'u3', 'u4'];
  await client.send(
    users.flatMap((userId) => Array.from({ length: 10 }, () => ({ name: 'go', data: { userId } }))),
  );
  await allEnded(40);
  for (const user of users) expect(meter.peak(user)).toBe(2);
  expect(meter.peak('all')).toBe(5);
});

test('finishes a burst of 500 events sent at once, each exactly once, and leaves nothing behind', async () => {
  const done = new Map<number, number>();
  const { client, health } = await start((on) => [
    on('go', async ({ event, step }) => {
      const n = await step.run('read', () => Number(event.data.n));
      await Promise.all([step.run('a', () => n), step.run('b', () => n)]);
      await step.run('store', () => done.set(n, (done.get(n) ?? 0) + 1).size);
    }),
  ]);
  const events = Array.from({ length: 500 }, (_, n) => ({ name: 'go', data: { n } }));
  await client.send(events);
  await allEnded(500);
  expect(done.size).toBe(500);
  expect([...done.values()].every((count) => count === 1)).toBe(true);
  expect((await health()).queue).toEqual({ waiting: 0, inFlight: 0, away: [] });
}, 120_000);
