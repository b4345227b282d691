import { describe, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { createRedis } from './client.ts';
import { createLimiter } from './rate-limit.ts';

const refusal = async (work: Promise<void>) => {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof AppError ? error : null;
  }
};

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
