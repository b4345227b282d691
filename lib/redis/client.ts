import { Redis } from 'ioredis';
import { serverEnv } from '../env.ts';
import { logger } from '../observability/logger.ts';

/**
 * Redis is an accelerator here, never a condition: caches and limits have a place in the process to fall back to. So the
 * client answers at once or not at all, and a lost connection is logged and mended in the background.
 */
const CONNECT_TIMEOUT_MS = 500;
const COMMAND_TIMEOUT_MS = 400;
/** A server that is down must not fill the log. */
const LOG_INTERVAL_MS = 60_000;

/** Connects in the background. Commands fail fast while the server is away; callers go on without it. */
export function createRedis(url: string): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
  let loggedAt = Number.NEGATIVE_INFINITY;
  redis.on('error', (error) => {
    const at = performance.now();
    if (at - loggedAt < LOG_INTERVAL_MS) return;
    loggedAt = at;
    logger().warn(
      { err: error },
      'redis is not reachable; caches and limits count in this process meanwhile',
    );
  });
  // Without the offline queue the first command would fail while the connection is still being made. The error event
  // above has already told of a failure.
  redis.connect().catch(() => undefined);
  return redis;
}

let shared: Redis | null | undefined;

/** The connection of this process, or null when `REDIS_URL` is not set. */
export function redisClient(): Redis | null {
  if (shared === undefined) {
    const { REDIS_URL: url } = serverEnv();
    shared = url ? createRedis(url) : null;
  }
  return shared;
}
