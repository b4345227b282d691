import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.ts';
import { metrics } from '../operations/metrics.ts';

type Span = { points: number; durationSeconds: number };

type LimiterOptions = Span & {
  name: string;
  /** Null: counts are kept in this process. */
  redis: Redis | null;
  /** Taken from once the limit itself is used up. */
  burst?: Span;
  errorCode?: 'rate_limited' | 'quota_exceeded';
};

/** What is left of a limit: the three headers of it. */
export type LimitState = Span & { name: string; remaining: number; resetSeconds: number };

export type Counted = {
  state: LimitState;
  /** Why it is one too many; nothing is counted then. */
  refusal?: AppError;
  /** Takes back what was counted for something that came to nothing. */
  giveBack(): Promise<void>;
};

export type Limiter = { consume(key: string): Promise<Counted> };

const nothing = async () => undefined;

/**
 * Counts in Redis where there is one, so that all processes share a count, and in memory otherwise. When Redis is
 * down the memory limiter takes over by itself: limits then hold per process, and no request fails because of it.
 */
function createCounter({
  name,
  points,
  durationSeconds,
  redis,
}: Omit<LimiterOptions, 'burst' | 'errorCode'>) {
  const options = { keyPrefix: `limit:${name}`, points, duration: durationSeconds };
  const limiter = redis
    ? new RateLimiterRedis({
        ...options,
        storeClient: redis,
        insuranceLimiter: new RateLimiterMemory(options),
        rejectIfRedisNotReady: true,
      })
    : new RateLimiterMemory(options);

  return async (key: string) => {
    const stateOf = (result: RateLimiterRes): LimitState => ({
      name,
      points,
      durationSeconds,
      remaining: Math.max(0, result.remainingPoints),
      resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
    });
    try {
      const state = stateOf(await limiter.consume(key));
      return { isTaken: true, state, giveBack: async () => void (await limiter.reward(key)) };
    } catch (thrown) {
      if (!(thrown instanceof RateLimiterRes)) throw thrown;
      await limiter.reward(key);
      return { isTaken: false, state: stateOf(thrown), giveBack: nothing };
    }
  };
}

/** A limit: so many in a span, and beyond them as many as its burst holds, which fills more slowly. */
export function createLimiter({ burst, errorCode = 'rate_limited', ...options }: LimiterOptions): Limiter {
  const count = createCounter(options);
  const countBurst = burst && createCounter({ ...options, ...burst, name: `${options.name}-burst` });
  return {
    async consume(key) {
      const usual = await count(key);
      if (usual.isTaken) return usual;
      const beyond = await countBurst?.(key);
      const resetSeconds = Math.min(
        usual.state.resetSeconds,
        beyond?.state.resetSeconds ?? Number.POSITIVE_INFINITY,
      );
      const state = { ...usual.state, remaining: beyond?.state.remaining ?? 0, resetSeconds };
      if (beyond?.isTaken) return { state, giveBack: beyond.giveBack };
      metrics().limitHits.inc({ limit: options.name, code: errorCode });
      return {
        state,
        giveBack: nothing,
        refusal: new AppError(errorCode, { retryAfterSeconds: resetSeconds }),
      };
    },
  };
}
