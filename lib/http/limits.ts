import { serverEnv } from '../env.ts';
import { redisClient } from '../redis/client.ts';
import { type Counted, createLimiter, type Limiter, type LimitState } from '../redis/rate-limit.ts';
import { clientAddress } from './client-address.ts';
import { countedAddress, isThisMachine } from './networks.ts';

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * MINUTE_SECONDS;
/** Files with all that a student has. */
const EXPORTS_PER_DAY = 3;
/** From one address: a class that opens one link at once passes. */
const SHARED_PER_MINUTE = 120;
const ACCOUNT_SECONDS = 15 * MINUTE_SECONDS;
const BURST_SECONDS = 5 * MINUTE_SECONDS;

/**
 * Per student. A turn costs money, so it also has a daily quota; the others only keep one student from crowding. Before there
 * is a student: `door` per address, `account` per address and account, so that guessing ends and nobody can lock others out;
 * `anywhere` per account from all addresses together, for whoever can choose theirs.
 */
function createLimiters() {
  const env = serverEnv();
  const redis = redisClient();
  const perMinute = (name: string, points: number) =>
    createLimiter({ redis, name, points, durationSeconds: MINUTE_SECONDS });
  const attempts = (name: string, points: number) =>
    createLimiter({ redis, name, points, durationSeconds: ACCOUNT_SECONDS });
  const day = { durationSeconds: DAY_SECONDS, errorCode: 'quota_exceeded' } as const;
  return {
    chat: [
      createLimiter({
        redis,
        name: 'chat',
        points: env.CHAT_TURNS_PER_MINUTE,
        durationSeconds: MINUTE_SECONDS,
        burst: { points: env.CHAT_TURNS_BURST, durationSeconds: BURST_SECONDS },
      }),
      createLimiter({ redis, name: 'chat-day', points: env.CHAT_TURNS_PER_DAY, ...day }),
    ],
    chatAddress: [perMinute('chat-address', env.CHAT_TURNS_PER_MINUTE_PER_ADDRESS)],
    write: [perMinute('write', env.WRITES_PER_MINUTE)],
    program: [perMinute('program', env.API_WRITES_PER_MINUTE)],
    read: [perMinute('read', env.READS_PER_MINUTE)],
    upload: [perMinute('upload', env.UPLOADS_PER_MINUTE)],
    embedding: [perMinute('embedding', env.READINGS_PER_MINUTE)],
    export: [createLimiter({ redis, name: 'export', points: EXPORTS_PER_DAY, ...day })],
    door: [perMinute('door', env.SIGN_INS_PER_MINUTE)],
    shared: [perMinute('shared', SHARED_PER_MINUTE)],
    account: [attempts('account', env.SIGN_INS_PER_ACCOUNT)],
    anywhere: [attempts('anywhere', env.SIGN_INS_PER_ACCOUNT_ANYWHERE)],
  } satisfies Record<string, Limiter[]>;
}

export type LimitName = keyof ReturnType<typeof createLimiters>;

let limiters: Record<LimitName, Limiter[]> | undefined;

/** What was counted for a request, for the headers of its answer. */
const counts = new WeakMap<Request, LimitState[]>();

/**
 * Counts one request of a student or an address; throws `rate_limited` or `quota_exceeded` with the time to wait. Gives how to
 * take it back, for what is refused later or had been counted before.
 */
export async function enforceLimit(
  name: LimitName,
  key: string,
  request?: Request,
): Promise<() => Promise<void>> {
  limiters ??= createLimiters();
  const counted: Counted[] = [];
  const giveBack = async () => {
    for (const one of counted) await one.giveBack();
  };
  for (const limiter of limiters[name]) {
    const one = await limiter.consume(key);
    counted.push(one);
    if (request) counts.set(request, [...(counts.get(request) ?? []), one.state]);
    if (!one.refusal) continue;
    await giveBack();
    throw one.refusal;
  }
  return giveBack;
}

/** One turn of a student, and of the address they share with others; this machine's own is nobody's address. */
export async function enforceTurnLimit(userId: string, request: Request): Promise<() => Promise<void>> {
  const giveBack = await enforceLimit('chat', userId, request);
  const address = clientAddress(request.headers);
  if (address === null || isThisMachine(address)) return giveBack;
  try {
    const giveBackAddress = await enforceLimit('chatAddress', countedAddress(address), request);
    return async () => {
      await giveBack();
      await giveBackAddress();
    };
  } catch (error) {
    await giveBack();
    throw error;
  }
}

/** The headers of the limit that is closest to its end, and the policies of all that were asked. */
export function limitHeaders(request: Request): [string, string][] {
  const states = counts.get(request) ?? [];
  const [closest] = states.toSorted(
    (one, other) => one.remaining / one.points - other.remaining / other.points,
  );
  if (!closest) return [];
  const policies = states.map(
    ({ name, points, durationSeconds }) => `"${name}";q=${points};w=${durationSeconds}`,
  );
  return [
    ['ratelimit-limit', String(closest.points)],
    ['ratelimit-remaining', String(closest.remaining)],
    ['ratelimit-reset', String(closest.resetSeconds)],
    ['ratelimit-policy', [...new Set(policies)].join(', ')],
  ];
}
