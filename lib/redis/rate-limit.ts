import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.ts';
import { metrics } from '../operations/metrics.ts';

type LimiterOptions = {
  name: string;
  points: number;
  durationSeconds: number;
  /** Null: counts are kept in this process. */
  redis: Redis | null;
  errorCode?: 'rate_limited' | 'quota_exceeded';
};

export type Limiter = {
  consume(key: string): Promise<void>;
  /** Takes back what was counted for something that came to nothing. */
  giveBack(key: string): Promise<void>;
};

/**
 * Counts in Redis where there is one, so that all processes share a count, and in memory otherwise. When Redis is
 * down the memory limiter takes over by itself: limits then hold per process, and no request fails because of it.
 */
export function createLimiter({ name, points, durationSeconds, redis, errorCode }: LimiterOptions): Limiter {
  const options = { keyPrefix: `limit:${name}`, points, duration: durationSeconds };
  const limiter = redis
    ? new RateLimiterRedis({
        ...options,
        storeClient: redis,
        insuranceLimiter: new RateLimiterMemory(options),
        rejectIfRedisNotReady: true,
      })
    : new RateLimiterMemory(options);

  return {
    async consume(key) {
      try {
        await limiter.consume(key);
      } catch (thrown) {
        if (!(thrown instanceof RateLimiterRes)) throw thrown;
        await limiter.reward(key);
        const code = errorCode ?? 'rate_limited';
        metrics().limitHits.inc({ limit: name, code });
        throw new AppError(code, { retryAfterSeconds: thrown.msBeforeNext / 1000 });
      }
    },
    giveBack: async (key) => void (await limiter.reward(key)),
  };
}
