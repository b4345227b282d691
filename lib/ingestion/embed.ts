import { createHash } from 'node:crypto';
import type OpenAI from 'openai';
import { AppError } from '../errors.ts';
import { modelFault } from '../model-faults.ts';
import { metrics } from '../operations/metrics.ts';
import { hidden } from '../privacy/mask.ts';
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

function itemOf(model: string, text: string): Pending {
  // The service refuses an empty text.
  const bounded = hidden(text.slice(0, MAX_TEXT_CHARACTERS).toWellFormed());
  const safe = bounded.trim() === '' ? ' ' : bounded;
  return { key: keyOf(model, safe), text: safe };
}

/** Takes the vectors of texts out of the cache. */
export const forgetEmbeddings = (cache: EmbeddingCache, model: string, texts: readonly string[]) =>
  cache.deleteMany(texts.map((text) => itemOf(model, text).key));

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

const refusesDimensions = (error: unknown): boolean =>
  error instanceof Error &&
  [400, 422].includes(Number(Reflect.get(error, 'status'))) &&
  /dimension/i.test(error.message);

/** What a failed call means. A server that cannot give what the index holds will not tomorrow either. */
function embeddingFault(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  const fault = modelFault(error);
  const isForGood = fault.code === 'model_misconfigured' || fault.code === 'model_not_found';
  return isForGood ? new AppError('embedding_unusable', { cause: error }) : fault;
}

type Context = EmbedderOptions & { inFlight: Map<string, Promise<number[]>> };

async function request(
  { client, model, onUsage, now = () => performance.now() }: EmbedderOptions,
  batch: readonly Pending[],
  signal: AbortSignal | undefined,
): Promise<number[][]> {
  const started = now();
  let tokens = 0;
  let ok = false;
  try {
    const input = batch.map(({ text }) => text);
    const ask = (size: { dimensions?: number }) =>
      client.embeddings.create({ model, input, ...size }, { signal });
    // Servers of one's own give their one size and may not hear of another; it may be the right one.
    const response = await ask({ dimensions: EMBEDDING_DIMENSIONS }).catch((error: unknown) =>
      refusesDimensions(error) ? ask({}) : Promise.reject(error),
    );
    tokens = response.usage?.total_tokens ?? 0;
    const vectors = response.data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
    const isUsable = (vector: number[]) =>
      vector.length === EMBEDDING_DIMENSIONS &&
      vector.every(Number.isFinite) &&
      vector.some((value) => value !== 0);
    if (!vectors.every(isUsable)) throw new AppError('embedding_unusable');
    if (vectors.length !== batch.length) throw new AppError('model_unavailable');
    ok = true;
    return vectors;
  } catch (error) {
    throw embeddingFault(error, signal);
  } finally {
    metrics().embeddingTokens.inc(tokens);
    onUsage?.({ model, texts: batch.length, cached: 0, tokens, latencyMs: now() - started, ok });
  }
}

/** Starts the requests of a list and registers every text as under way before anything is awaited. */
function start(context: Context, pending: readonly Pending[], signal: AbortSignal | undefined): void {
  const { inFlight, cache } = context;
  const lanes: Promise<unknown>[] = [];
  toBatches(pending).forEach((batch, index) => {
    // Each lane sends its batches one after the other; a failed batch does not hold up the next.
    const previous = lanes[index - PARALLEL_REQUESTS] ?? Promise.resolve();
    const result = previous.then(() => request(context, batch, signal));
    lanes.push(result.catch(() => undefined));
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

/**
 * The vector of a text that is under way. A call that somebody else made can fail because its own caller went away; then
 * this caller asks for itself.
 */
async function vectorOf(
  context: Context,
  item: Pending,
  { isOwn, signal }: { isOwn: boolean; signal: AbortSignal | undefined },
): Promise<number[]> {
  const shared = context.inFlight.get(item.key);
  try {
    if (shared) return await shared;
  } catch (error) {
    if (isOwn || error instanceof AppError) throw error;
    signal?.throwIfAborted();
  }
  const [vector] = await request(context, [item], signal);
  return vector ?? [];
}

/**
 * Makes the function that turns texts into vectors. Every text is looked up by its hash first; identical texts that are
 * asked for at the same time share one request; repeating a failed request is left to the client.
 */
export function createEmbedder(options: EmbedderOptions): Embedder {
  const context: Context = { ...options, inFlight: new Map() };
  const { model, cache, onUsage, inFlight } = context;
  return async (texts, signal) => {
    signal?.throwIfAborted();
    const items = texts.map((text) => itemOf(model, text));
    const distinct = new Map(items.map((item) => [item.key, item]));
    const known = await cache.getMany([...distinct.keys()]);
    const pending = [...distinct.values()].filter(({ key }) => !known.has(key) && !inFlight.has(key));
    const own = new Set(pending.map(({ key }) => key));
    start(context, pending, signal);
    const cached = items.length - pending.length;
    if (cached > 0) onUsage?.({ model, texts: 0, cached, tokens: 0, latencyMs: 0, ok: true });
    return Promise.all(
      items.map(
        async (item) =>
          known.get(item.key) ?? (await vectorOf(context, item, { isOwn: own.has(item.key), signal })),
      ),
    );
  };
}
