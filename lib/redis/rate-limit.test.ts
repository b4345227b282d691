import { describe, expect, test, vi } from 'vitest';
import { freePort, hasRedis, redisOn } from '../../tests/setup/redis.ts';
import { createRedis } from './client.ts';
import { type Counted, createLimiter } from './rate-limit.ts';

const refusal = async (work: Promise<Counted>) => (await work).refusal ?? null;

describe('a limit', () => {
  test('counts each student apart, and says when to come back', async () => {
    const limiter = createLimiter({ name: 'a', points: 2, durationSeconds: 60, redis: null });
    await limiter.consume('ada');
    await limiter.consume('ada');
    const error = await refusal(limiter.consume('ada'));
    expect(error?.code).toBe('rate_limited');
    expect(error?.retryAfterSeconds).toBeGreaterThan(0);
    expect(error?.retryAfterSeconds).toBeLessThanOrEqual(60);
    expect(await refusal(limiter.consume('bob'))).toBeNull();
  });

  test('has a burst beyond it, says what is left of both, and gives back what came to nothing', async () => {
    const burst = { points: 2, durationSeconds: 300 };
    const limiter = createLimiter({ name: 'd', points: 3, durationSeconds: 60, burst, redis: null });
    const states = [];
    let last: Counted | undefined;
    for (let turn = 0; turn < 6; turn += 1) {
      last = await limiter.consume('ada');
      states.push([last.refusal?.code ?? 'taken', last.state.remaining]);
      if (turn === 4) await last.giveBack().then(() => limiter.consume('ada'));
    }
    expect(states).toEqual([
      ['taken', 2],
      ['taken', 1],
      ['taken', 0],
      ['taken', 1],
      ['taken', 0],
      ['rate_limited', 0],
    ]);
    expect(last?.state).toMatchObject({ points: 3, durationSeconds: 60 });
    expect(last?.refusal?.retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  test('counts exactly under fifty at once', async () => {
    const burst = { points: 10, durationSeconds: 300 };
    const limiter = createLimiter({ name: 'e', points: 30, durationSeconds: 60, burst, redis: null });
    const all = await Promise.all(Array.from({ length: 50 }, () => limiter.consume('ada')));
    expect(all.filter(({ refusal: refused }) => !refused)).toHaveLength(40);
  });

  test('of a day names itself as the quota', async () => {
    const limiter = createLimiter({
      name: 'b',
      points: 1,
      durationSeconds: 86_400,
      redis: null,
      errorCode: 'quota_exceeded',
    });
    await limiter.consume('ada');
    expect((await refusal(limiter.consume('ada')))?.code).toBe('quota_exceeded');
  });

  test('still holds, in this process, while Redis is not there', async () => {
    const redis = createRedis('redis://127.0.0.1:1');
    const limiter = createLimiter({ name: 'c', points: 1, durationSeconds: 60, redis });
    expect(await refusal(limiter.consume('ada'))).toBeNull();
    expect((await refusal(limiter.consume('ada')))?.code).toBe('rate_limited');
    redis.disconnect();
  });
});

describe.skipIf(!hasRedis)('on a real Redis, two processes', () => {
  test('share one count, count apart while it is away, and share again', async () => {
    const redis = redisOn(await freePort());
    redis.start();
    const connections = [createRedis(redis.url), createRedis(redis.url)];
    const isThere = () =>
      vi.waitFor(() => Promise.all(connections.map((one) => one.ping())), { timeout: 10_000, interval: 20 });
    const limiters = connections.map((one) =>
      createLimiter({ redis: one, name: 'crowd', points: 15, durationSeconds: 600 }),
    );
    /** Forty at each process at once; how many pass. */
    const crowd = async (key: string) => {
      const counted = await Promise.all(
        limiters.flatMap((limiter) => Array.from({ length: 40 }, () => limiter.consume(key))),
      );
      return counted.filter(({ refusal }) => refusal === undefined).length;
    };
    try {
      await isThere();
      expect(await crowd('ada')).toBe(15);
      expect(await crowd('ada')).toBe(0);
      redis.stop();
      await vi.waitFor(() => expect(connections.map(({ status }) => status)).not.toContain('ready'));
      // Nothing fails, and each process holds its own.
      expect(await crowd('ada')).toBe(30);
      redis.start();
      await isThere();
      expect(await crowd('bob')).toBe(15);
    } finally {
      for (const one of connections) one.disconnect();
      redis.stop();
    }
  });
});
