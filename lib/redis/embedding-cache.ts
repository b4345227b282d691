import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { metrics } from '../operations/metrics.ts';

/** Vectors by the hash of model and text. A miss is an absent key; a cache never fails its caller. */
export type EmbeddingCache = {
  getMany(keys: readonly string[]): Promise<Map<string, number[]>>;
  setMany(entries: readonly (readonly [key: string, vector: number[]])[]): Promise<void>;
  deleteMany(keys: readonly string[]): Promise<void>;
};

const TIME_TO_LIVE_SECONDS = 24 * 60 * 60;
/** 6 kB each as 32-bit numbers: 30 MB at most. */
const MAX_ENTRIES_IN_PROCESS = 5_000;
const KEY_PREFIX = 'clerva:embedding:';

/** Vectors come as 32-bit numbers from the model, so nothing is lost by keeping them so. */
const pack = (vector: readonly number[]): Float32Array => Float32Array.from(vector);

type ProcessCacheOptions = { maxEntries?: number; now?: () => number };

function createProcessCache(options: ProcessCacheOptions): EmbeddingCache {
  const cache = new LRUCache<string, Float32Array>({
    max: options.maxEntries ?? MAX_ENTRIES_IN_PROCESS,
    ttl: TIME_TO_LIVE_SECONDS * 1_000,
    // The cache otherwise asks the clock once a millisecond.
    ...(options.now ? { perf: { now: options.now }, ttlResolution: 0 } : {}),
  });
  return {
    async getMany(keys) {
      const found = new Map<string, number[]>();
      for (const key of keys) {
        const vector = cache.get(key);
        if (vector) found.set(key, Array.from(vector));
      }
      return found;
    },
    async setMany(entries) {
      for (const [key, vector] of entries) cache.set(key, pack(vector));
    },
    async deleteMany(keys) {
      for (const key of keys) cache.delete(key);
    },
  };
}

function unpack(bytes: Buffer): number[] | null {
  if (bytes.length === 0 || bytes.length % 4 !== 0) return null;
  // A copy, because the reply's memory need not begin at a multiple of four.
  return Array.from(new Float32Array(new Uint8Array(bytes).buffer));
}

type VectorStore = Pick<Redis, 'mgetBuffer' | 'pipeline' | 'unlink'>;

/** Shared by all processes. A failure of Redis reads as a miss: the vector is then computed again. */
function createRedisCache(redis: VectorStore, fallback: EmbeddingCache): EmbeddingCache {
  return {
    async getMany(keys) {
      if (keys.length === 0) return new Map();
      const found = await fallback.getMany(keys);
      const missing = keys.filter((key) => !found.has(key));
      if (missing.length === 0) return found;
      // Fail-open on purpose; the client logs that the server is away.
      const replies = await redis.mgetBuffer(missing.map((key) => KEY_PREFIX + key)).catch(() => []);
      missing.forEach((key, index) => {
        const vector = replies[index] ? unpack(replies[index]) : null;
        if (vector) found.set(key, vector);
      });
      return found;
    },
    async setMany(entries) {
      await fallback.setMany(entries);
      if (entries.length === 0) return;
      const pipeline = redis.pipeline();
      for (const [key, vector] of entries) {
        pipeline.set(KEY_PREFIX + key, Buffer.from(pack(vector).buffer), 'EX', TIME_TO_LIVE_SECONDS);
      }
      // Fail-open on purpose, as above.
      await pipeline.exec().catch(() => null);
    },
    async deleteMany(keys) {
      await fallback.deleteMany(keys);
      if (keys.length > 0) await redis.unlink(keys.map((key) => KEY_PREFIX + key));
    },
  };
}

/** The cache of this process: in memory, and shared through Redis where there is one. */
export function createEmbeddingCache(
  redis: VectorStore | null,
  options: ProcessCacheOptions = {},
): EmbeddingCache {
  const inProcess = createProcessCache(options);
  const cache = redis ? createRedisCache(redis, inProcess) : inProcess;
  return {
    ...cache,
    async getMany(keys) {
      const found = await cache.getMany(keys);
      const { cacheLookups } = metrics();
      cacheLookups.inc({ cache: 'embedding', result: 'hit' }, found.size);
      cacheLookups.inc({ cache: 'embedding', result: 'miss' }, keys.length - found.size);
      return found;
    },
  };
}
