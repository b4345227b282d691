import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { Publisher, Subscriber } from 'resumable-stream/generic';

/** What passing streams between requests needs of Redis, or of this process. */
export type Broadcast = {
  publisher: Publisher;
  subscriber: Subscriber;
  /** Whether it reaches no other process. */
  isWithinProcess: boolean;
  /**
   * Seconds of silence after which an answer whose channel nobody listens to is dead; null while that cannot be told.
   */
  deadAfterSeconds(): number | null;
  /** Called when the way was away and is there again: what was said meanwhile was heard by nobody. */
  onReturn(listener: () => void): void;
};

/** Streams of the last day that are remembered as finished, with their state. A few bytes each. */
const MAX_REMEMBERED = 20_000;

/** After a return the other processes take a moment to listen again. */
const STEADY_MS = 5_000;
/** Longer than it takes from a stored question to a process that listens. */
const LISTENS_WITHIN_SECONDS = 3;
/** Another process that cannot be asked shows by its saves that it lives: every five seconds. */
const SAVES_WITHIN_SECONDS = 6;

/** Within one process: what Redis does between processes, with the same promises. */
export function memoryBroadcast(): Broadcast {
  const values = new LRUCache<string, string>({ max: MAX_REMEMBERED });
  const listeners = new Map<string, (message: string) => void>();
  return {
    isWithinProcess: true,
    deadAfterSeconds: () => SAVES_WITHIN_SECONDS,
    onReturn: () => undefined,
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
  const returned = new Set<() => void>();
  let readyAt: number | undefined;
  let wasReady = false;
  const connections = [publisher, subscriber];
  const whole = () => {
    if (connections.some(({ status }) => status !== 'ready')) return;
    readyAt = performance.now();
    if (wasReady) for (const listener of returned) listener();
    wasReady = true;
  };
  for (const connection of connections) {
    connection.on('close', () => {
      readyAt = undefined;
    });
  }
  publisher.on('ready', whole);
  // A channel asked for while the connection was away is subscribed once it is there.
  subscriber.on('ready', async () => {
    if (listeners.size > 0) await tolerant(subscriber.subscribe(...listeners.keys()));
    whole();
  });
  return {
    isWithinProcess: false,
    deadAfterSeconds: () =>
      readyAt !== undefined && performance.now() - readyAt > STEADY_MS ? LISTENS_WITHIN_SECONDS : null,
    onReturn: (listener) => void returned.add(listener),
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
