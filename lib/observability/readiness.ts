import { serverEnv } from '../env.ts';
import { processState } from '../process-state.ts';
import { redisClient } from '../redis/client.ts';
import { logger } from './logger.ts';

const CHECK_TIMEOUT_MS = 2_000;
/** Whoever asks more often gets the last answer: the route is open, and must not become a way to load the services. */
const CACHE_MS = 5_000;

type Check = { ok: boolean; latencyMs: number; required: boolean };
export type Readiness = { status: 'ready' | 'unavailable'; checks: Record<string, Check> };
type Probe = { required: boolean; run(signal: AbortSignal): Promise<unknown> };

async function expectAnswer(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  // A refusal is an answer: these probes ask without rights, or for what need not exist.
  if (response.status >= 500) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
  return response;
}

/** The services in use, each asked its cheapest question. */
function serviceProbes(): Record<string, Probe> {
  const env = serverEnv();
  const headers = { apikey: env.supabaseSecretKey, authorization: `Bearer ${env.supabaseSecretKey}` };
  const inngest = env.INNGEST_BASE_URL ?? (env.INNGEST_DEV?.startsWith('http') ? env.INNGEST_DEV : undefined);
  const redis = redisClient();
  return {
    database: {
      required: true,
      run: async (signal) => {
        const asked = { method: 'POST', headers, signal };
        const answer = await expectAnswer(`${env.supabaseUrl}/rest/v1/rpc/is_writable`, asked);
        if ((await answer.json()) !== true) throw new Error('The database only reads');
      },
    },
    storage: {
      required: true,
      run: (signal) => expectAnswer(`${env.supabaseUrl}/storage/v1/bucket/documents`, { headers, signal }),
    },
    // Without a queue notes are not read, but what was read answers questions as before.
    queue: {
      required: false,
      run: (signal) => expectAnswer(inngest ?? 'https://inn.gs', { signal }),
    },
    model: {
      required: true,
      run: (signal) =>
        env.hasOpenAI
          ? expectAnswer(`${env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1'}/models`, {
              headers: { authorization: `Bearer ${env.OPENAI_API_KEY}` },
              signal,
            })
          : expectAnswer(`${env.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com'}/`, { signal }),
    },
    ...(redis ? { redis: { required: false, run: async () => void (await redis.ping()) } } : {}),
  };
}

async function check(name: string, { required, run }: Probe): Promise<[string, Check]> {
  const startedAt = performance.now();
  let ok = true;
  try {
    await run(AbortSignal.timeout(CHECK_TIMEOUT_MS));
  } catch (error) {
    ok = false;
    logger().warn({ err: error, check: name }, 'a service does not answer');
  }
  return [name, { ok, latencyMs: Math.round(performance.now() - startedAt), required }];
}

export async function checkAll(probes: Record<string, Probe>): Promise<Readiness> {
  const checks = await Promise.all(Object.entries(probes).map(([name, probe]) => check(name, probe)));
  const isReady = checks.every(([, { ok, required }]) => ok || !required);
  return { status: isReady ? 'ready' : 'unavailable', checks: Object.fromEntries(checks) };
}

type Cached = { at: number; report: Promise<Readiness> | undefined };

/** Asks every service at once, at most once in five seconds. */
export function readiness(nowMs: number = performance.now()): Promise<Readiness> {
  const cached = processState<Cached>('readiness', () => ({ at: 0, report: undefined }));
  if (cached.report === undefined || nowMs - cached.at >= CACHE_MS) {
    cached.at = nowMs;
    cached.report = checkAll(serviceProbes());
  }
  return cached.report;
}
