import { describe, expect, it } from 'vitest';
import { createEmbeddingCache } from './embedding-cache.ts';

type Stored = Map<string, Buffer>;

/** As much of Redis as the cache uses. */
function fakeRedis(stored: Stored, options: { isDown?: boolean } = {}) {
  const fail = async (): Promise<never> => {
    throw new Error('Connection is closed.');
  };
  const pipeline = {
    set: (key: string, value: Buffer) => {
      stored.set(key, value);
      return pipeline;
    },
    exec: options.isDown ? fail : async () => [],
  };
  const commands = {
    mgetBuffer: options.isDown ? fail : async (keys: string[]) => keys.map((key) => stored.get(key) ?? null),
    pipeline: () => pipeline,
  };
  // Only these two commands are called.
  return commands as unknown as Parameters<typeof createEmbeddingCache>[0];
}

describe('the cache of a process', () => {
  it('gives back what was stored, as 32-bit numbers', async () => {
    const cache = createEmbeddingCache(null);
    await cache.setMany([['a', [0.5, -0.25]]]);
    expect(await cache.getMany(['a', 'b'])).toEqual(new Map([['a', [0.5, -0.25]]]));
  });

  it('forgets after a day', async () => {
    let now = 1_000;
    const cache = createEmbeddingCache(null, { now: () => now });
    await cache.setMany([['a', [1]]]);
    now += 23 * 60 * 60 * 1_000;
    expect((await cache.getMany(['a'])).size).toBe(1);
    now += 2 * 60 * 60 * 1_000;
    expect((await cache.getMany(['a'])).size).toBe(0);
  });

  it('stays within its size', async () => {
    const cache = createEmbeddingCache(null, { maxEntries: 2 });
    await cache.setMany([
      ['a', [1]],
      ['b', [2]],
      ['c', [3]],
    ]);
    expect((await cache.getMany(['a', 'b', 'c'])).size).toBe(2);
  });
});

describe('the cache in Redis', () => {
  it('shares vectors between processes', async () => {
    const stored: Stored = new Map();
    await createEmbeddingCache(fakeRedis(stored)).setMany([['a', [0.5, 2]]]);
    const other = createEmbeddingCache(fakeRedis(stored));
    expect(await other.getMany(['a', 'b'])).toEqual(new Map([['a', [0.5, 2]]]));
  });

  it('goes on in the process when Redis is away', async () => {
    const cache = createEmbeddingCache(fakeRedis(new Map(), { isDown: true }));
    await cache.setMany([['a', [1]]]);
    expect(await cache.getMany(['a', 'b'])).toEqual(new Map([['a', [1]]]));
  });

  it('takes a damaged value for a miss', async () => {
    const stored: Stored = new Map([['clerva:embedding:a', Buffer.from([1, 2, 3])]]);
    expect((await createEmbeddingCache(fakeRedis(stored)).getMany(['a'])).size).toBe(0);
  });
});
