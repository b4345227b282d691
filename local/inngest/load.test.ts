import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachHarness } from './testing/harness.ts';

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
    async around(key: string, work: () => Promise<void>): Promise<void> {
      for (const name of [key, 'all']) change(name, 1);
      await work();
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
        await step.run('one', () => meter.around(key, () => delay(15)));
        await Promise.all([
          step.run('two', () => meter.around(key, () => delay(15))),
          step.run('three', () => meter.around(key, () => delay(15))),
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
