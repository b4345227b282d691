import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { Publisher, Subscriber } from 'resumable-stream/generic';

/** What passing streams between requests needs of Redis, or of this process. */
export type Broadcast = { publisher: Publisher; subscriber: Subscriber };

/** Streams of the last day that are remembered as finished, with their state. A few bytes each. */
const MAX_REMEMBERED = 20_000;

/** Within one process: what Redis does between processes, with the same promises. */
export function memoryBroadcast(): Broadcast {
  const values = new LRUCache<string, string>({ max: MAX_REMEMBERED });
  const listeners = new Map<string, (message: string) => void>();
  return {
    publisher: {
      connect: async () => undefined,
      publish: async (channel, message) => {
        const listener = listeners.get(channel);
        listener?.(message);
        return listener ? 1 : 0;
      },
      set: async (key, value, options) => {
        values.set(key, value, { ttl: (options?.EX ?? 0) * 1000 });
        return 'OK';
      },
      get: async (key) => values.get(key) ?? null,
      incr: async (key) => {
        const next = Number(values.get(key) ?? 0) + 1;
        // As Redis does for a value that is no number.
        if (Number.isNaN(next)) throw new Error('ERR value is not an integer or out of range');
        values.set(key, String(next), { noUpdateTTL: true });
        return next;
      },
    },
    subscriber: {
      connect: async () => undefined,
      subscribe: async (channel, callback) => {
        listeners.set(channel, callback);
      },
      unsubscribe: async (channel) => listeners.delete(channel),
    },
  };
}

/**
 * Between processes. Publishing never fails its caller: a stream that cannot be followed elsewhere is still read to its
 * end by the student who started it.
 */
export function redisBroadcast(
  publisher: Redis,
  subscriber: Redis,
  onFailure: (error: unknown) => void,
): Broadcast {
  const listeners = new Map<string, (message: string) => void>();
  const tolerant = <Result>(work: Promise<Result>): Promise<Result | null> =>
    work.catch((error: unknown) => {
      onFailure(error);
      return null;
    });
  subscriber.on('message', (channel: string, message: string) => listeners.get(channel)?.(message));
  // A channel asked for while the connection was away is subscribed once it is there.
  subscriber.on('ready', () => {
    if (listeners.size > 0) void tolerant(subscriber.subscribe(...listeners.keys()));
  });
  return {
    publisher: {
      connect: async () => undefined,
      publish: (channel, message) => tolerant(publisher.publish(channel, message)),
      set: (key, value, options) => tolerant(publisher.set(key, value, 'EX', options?.EX ?? 60 * 60)),
      get: (key) => publisher.get(key),
      incr: (key) => publisher.incr(key),
    },
    subscriber: {
      connect: async () => undefined,
      subscribe: async (channel, callback) => {
        listeners.set(channel, callback);
        await tolerant(subscriber.subscribe(channel));
      },
      unsubscribe: async (channel) => {
        listeners.delete(channel);
        await tolerant(subscriber.unsubscribe(channel));
      },
    },
  };
}
