import { createHash } from 'node:crypto';
import type OpenAI from 'openai';
import { AppError } from '../errors.ts';
import type { EmbeddingCache } from '../redis/embedding-cache.ts';

export const EMBEDDING_DIMENSIONS = 1_536;

/** Limits of one request. The service takes more, but a smaller batch that fails costs less to repeat. */
const MAX_BATCH_TEXTS = 100;
const MAX_BATCH_BYTES = 200_000;
/** The model reads about 8,000 tokens; a chunk has 500, so only a question pasted as a book meets this. */
const MAX_TEXT_CHARACTERS = 20_000;
const PARALLEL_REQUESTS = 3;

export type EmbeddingUsage = {
  model: string;
  texts: number;
  /** Answered from the cache or by a call already under way. */
  cached: number;
  tokens: number;
  latencyMs: number;
  ok: boolean;
};

export type EmbedderOptions = {
  client: Pick<OpenAI, 'embeddings'>;
  model: string;
  cache: EmbeddingCache;
  onUsage?: (usage: EmbeddingUsage) => void;
  now?: () => number;
};

export type Embedder = (texts: readonly string[], signal?: AbortSignal) => Promise<number[][]>;

type Pending = { key: string; text: string };

const keyOf = (model: string, text: string): string =>
  createHash('sha256').update(`${model}\n${text}`).digest('hex');

/** Splits what has to be embedded into requests, by number and by size. */
function toBatches(pending: readonly Pending[]): Pending[][] {
  const batches: Pending[][] = [];
  let bytes = 0;
  for (const item of pending) {
    const size = Buffer.byteLength(item.text);
    const batch = batches.at(-1);
    if (!batch || batch.length >= MAX_BATCH_TEXTS || bytes + size > MAX_BATCH_BYTES) {
      batches.push([item]);
      bytes = size;
    } else {
      batch.push(item);
      bytes += size;
    }
  }
  return batches;
}

function toAppError(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 401 || status === 403) return new AppError('model_unauthorized', { cause: error });
  if (status === 429) return new AppError('model_rate_limited', { cause: error });
  return new AppError('model_unavailable', { cause: error });
}

/**
 * Makes the function that turns texts into vectors. Every text is looked up by its hash first; identical texts that are
 * asked for at the same time share one request; repeating a failed request is left to the client.
 */
export function createEmbedder(options: EmbedderOptions): Embedder {
  const { client, model, cache, onUsage, now = () => performance.now() } = options;
  const inFlight = new Map<string, Promise<number[]>>();

  async function request(batch: readonly Pending[], signal: AbortSignal | undefined): Promise<number[][]> {
    const started = now();
    let tokens = 0;
    let ok = false;
    try {
      const response = await client.embeddings.create(
        { model, input: batch.map(({ text }) => text), dimensions: EMBEDDING_DIMENSIONS },
        { signal },
      );
      tokens = response.usage?.total_tokens ?? 0;
      const vectors = [...response.data].sort((a, b) => a.index - b.index).map(({ embedding }) => embedding);
      const isComplete =
        vectors.length === batch.length && vectors.every((vector) => vector.length === EMBEDDING_DIMENSIONS);
      if (!isComplete)
        throw new Error(`Expected ${batch.length} vectors of ${EMBEDDING_DIMENSIONS} numbers.`);
      ok = true;
      return vectors;
    } catch (error) {
      throw toAppError(error, signal);
    } finally {
      onUsage?.({ model, texts: batch.length, cached: 0, tokens, latencyMs: now() - started, ok });
    }
  }

  /** Starts the requests of a list and registers every text as under way before anything is awaited. */
  function start(pending: readonly Pending[], signal: AbortSignal | undefined): void {
    const batches = toBatches(pending);
    let lane: Promise<unknown>[] = [];
    batches.forEach((batch, index) => {
      // Each lane sends its batches one after the other; a failed batch does not hold up the next.
      const previous = lane[index - PARALLEL_REQUESTS] ?? Promise.resolve();
      const result = previous.then(() => request(batch, signal));
      lane = [...lane, result.catch(() => undefined)];
      batch.forEach((item, position) => {
        const vector = result.then((vectors) => vectors[position] ?? []);
        inFlight.set(item.key, vector);
        const settle = (): void => {
          if (inFlight.get(item.key) === vector) inFlight.delete(item.key);
        };
        vector.then(settle, settle);
      });
      result.then(
        (vectors) => cache.setMany(batch.map(({ key }, position) => [key, vectors[position] ?? []])),
        () => undefined,
      );
    });
  }

  return async (texts, signal) => {
    signal?.throwIfAborted();
    const items = texts.map((text) => {
      // The service refuses an empty text.
      const bounded = text.slice(0, MAX_TEXT_CHARACTERS).toWellFormed();
      const safe = bounded.trim() === '' ? ' ' : bounded;
      return { key: keyOf(model, safe), text: safe };
    });
    const distinct = new Map(items.map((item) => [item.key, item]));
    const known = await cache.getMany([...distinct.keys()]);
    const pending = [...distinct.values()].filter(({ key }) => !known.has(key) && !inFlight.has(key));
    start(pending, signal);
    const cached = items.length - pending.length;
    if (cached > 0) onUsage?.({ model, texts: 0, cached, tokens: 0, latencyMs: 0, ok: true });
    return Promise.all(
      items.map(async ({ key, text }) => {
        const vector = known.get(key) ?? (await sharedOrOwn(key, text));
        return vector;
      }),
    );

    /** A shared call can fail because its own caller went away; then this caller asks for itself. */
    async function sharedOrOwn(key: string, text: string): Promise<number[]> {
      const shared = inFlight.get(key);
      const isOwn = pending.some((item) => item.key === key);
      if (!shared) return first(await request([{ key, text }], signal));
      try {
        return await shared;
      } catch (error) {
        if (isOwn || error instanceof AppError) throw error;
        signal?.throwIfAborted();
        return first(await request([{ key, text }], signal));
      }
    }
  };
}

const first = (vectors: readonly number[][]): number[] => vectors[0] ?? [];
