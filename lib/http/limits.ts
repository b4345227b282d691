import { serverEnv } from '../env.ts';
import { redisClient } from '../redis/client.ts';
import { createLimiter, type Limiter } from '../redis/rate-limit.ts';

export type LimitName = 'chat' | 'write' | 'read' | 'door' | 'account' | 'anywhere';

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * 60;
const WRITES_PER_MINUTE = 240;
const READS_PER_MINUTE = 1_200;
/** A class that signs in at once from one address passes; each attempt costs Auth a tenth of a second of work. */
const DOOR_PER_MINUTE = 60;
const ACCOUNT_ATTEMPTS = 10;
/** From all addresses together, for whoever can choose theirs: more than any student needs, too few to guess a password. */
const ACCOUNT_ATTEMPTS_ANYWHERE = 100;
const ACCOUNT_SECONDS = 15 * MINUTE_SECONDS;

let limiters: Record<LimitName, Limiter[]> | undefined;

/**
 * Per student. A turn costs money, so it also has a daily quota; the others only keep one student from crowding. Before there
 * is a student: `door` per address, `account` per address and account, so that guessing ends and nobody can lock others out.
 */
function createLimiters(): Record<LimitName, Limiter[]> {
  const env = serverEnv();
  const redis = redisClient();
  const perMinute = { redis, durationSeconds: MINUTE_SECONDS };
  return {
    chat: [
      createLimiter({ ...perMinute, name: 'chat-minute', points: env.CHAT_TURNS_PER_MINUTE }),
      createLimiter({
        redis,
        name: 'chat-day',
        points: env.CHAT_TURNS_PER_DAY,
        durationSeconds: DAY_SECONDS,
        errorCode: 'quota_exceeded',
      }),
    ],
    write: [createLimiter({ ...perMinute, name: 'write', points: WRITES_PER_MINUTE })],
    read: [createLimiter({ ...perMinute, name: 'read', points: READS_PER_MINUTE })],
    door: [createLimiter({ ...perMinute, name: 'door', points: DOOR_PER_MINUTE })],
    account: [
      createLimiter({ redis, name: 'account', points: ACCOUNT_ATTEMPTS, durationSeconds: ACCOUNT_SECONDS }),
    ],
    anywhere: [
      createLimiter({
        redis,
        name: 'anywhere',
        points: ACCOUNT_ATTEMPTS_ANYWHERE,
        durationSeconds: ACCOUNT_SECONDS,
      }),
    ],
  };
}

/** Counts one request of a student or an address; throws `rate_limited` or `quota_exceeded` with the time to wait. */
export async function enforceLimit(name: LimitName, key: string): Promise<void> {
  limiters ??= createLimiters();
  const counted: Limiter[] = [];
  for (const limiter of limiters[name]) {
    try {
      await limiter.consume(key);
      counted.push(limiter);
    } catch (error) {
      for (const passed of counted) await passed.giveBack(key);
      throw error;
    }
  }
}

/** Takes back what was counted for a request that was refused, or that had been counted before. */
export async function giveBackLimit(name: LimitName, key: string): Promise<void> {
  limiters ??= createLimiters();
  for (const limiter of limiters[name]) await limiter.giveBack(key);
}
