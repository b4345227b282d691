import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { createEmbeddingCache, type EmbeddingCache } from '../redis/embedding-cache.ts';
import { createEmbedder, EMBEDDING_DIMENSIONS, type EmbeddingUsage } from './embed.ts';

const vectorFor = (text: string): number[] => {
  const vector = new Array<number>(EMBEDDING_DIMENSIONS).fill(0);
  vector[text.length % EMBEDDING_DIMENSIONS] = 1;
  return vector;
};

type Options = {
  cache?: EmbeddingCache;
  status?: (call: number) => number;
  answer?: (texts: string[]) => number[][];
  delayMs?: number;
  refusal?: string;
};

/** The real client in front of a service that answers in the given way. */
function setUp(options: Options = {}) {
  const requests: string[][] = [];
  const usage: EmbeddingUsage[] = [];
  const client = new OpenAI({
    apiKey: 'test',
    baseURL: 'http://embeddings.test/v1',
    maxRetries: 1,
    fetch: async (_, init) => {
      const { input } = JSON.parse(String(init?.body)) as { input: string[] };
      requests.push(input);
      await new Promise((resolve) => setTimeout(resolve, options.delayMs ?? 0));
      init?.signal?.throwIfAborted();
      const status = options.status?.(requests.length) ?? 200;
      if (status !== 200)
        return Response.json(
          { error: { message: options.refusal ?? 'no' } },
          { status, headers: { 'retry-after-ms': '1' } },
        );
      const vectors = (options.answer ?? ((texts) => texts.map(vectorFor)))(input);
      // Out of order on purpose: the index says which text a vector belongs to.
      const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).reverse();
      return Response.json({
        object: 'list',
        data,
        model: 'm',
        usage: { prompt_tokens: 3, total_tokens: 3 },
      });
    },
  });
  const cache = options.cache ?? createEmbeddingCache(null);
  const embed = createEmbedder({ client, model: 'm', cache, onUsage: (entry) => usage.push(entry) });
  return { embed, requests, usage, cache };
}

describe('createEmbedder', () => {
  it('gives each text its own vector, in order', async () => {
    const { embed } = setUp();
    expect(await embed(['a', 'bb', 'a'])).toEqual([vectorFor('a'), vectorFor('bb'), vectorFor('a')]);
    expect(await embed([])).toEqual([]);
  });

  it('asks once for a text, however often and from wherever it is wanted', async () => {
    const { embed, requests, usage } = setUp({ delayMs: 5 });
    await Promise.all([embed(['a', 'b']), embed(['b', 'c']), embed(['a'])]);
    await embed(['a', 'b', 'c']);
    expect(requests.flat().toSorted()).toEqual(['a', 'b', 'c']);
    expect(usage.reduce((sum, { cached }) => sum + cached, 0)).toBe(5);
  });

  it('splits by number and by size', async () => {
    const { embed, requests } = setUp();
    await embed(Array.from({ length: 250 }, (_, index) => `text ${index}`));
    expect(requests.map((batch) => batch.length)).toEqual([100, 100, 50]);
    const large = setUp();
    await large.embed(Array.from({ length: 30 }, (_, index) => `${index} ${'ü'.repeat(9_000)}`));
    for (const batch of large.requests)
      expect(Buffer.byteLength(batch.join(''))).toBeLessThanOrEqual(200_000);
  });

  it('never sends an empty text or half a character', async () => {
    const { embed, requests } = setUp();
    await embed(['', '  ', 'a\ud83d']);
    for (const text of requests.flat()) {
      expect(text).not.toBe('');
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it('keeps apart what different models say', async () => {
    const cache = createEmbeddingCache(null);
    const first = setUp({ cache });
    await first.embed(['a']);
    const other = createEmbedder({
      client: {
        embeddings: new OpenAI({
          apiKey: 'k',
          fetch: async () => Response.json({ error: {} }, { status: 400 }),
        }).embeddings,
      },
      model: 'other',
      cache,
    });
    await expect(other(['a'])).rejects.toMatchObject({ code: 'embedding_unusable' });
  });

  it.each([
    [401, 'model_unauthorized'],
    [429, 'model_rate_limited'],
    [500, 'model_unavailable'],
  ])('names the failure of status %i and asks again next time', async (status, code) => {
    let failing = true;
    const { embed, usage } = setUp({ status: () => (failing ? status : 200) });
    await expect(embed(['a'])).rejects.toMatchObject({ code });
    expect(usage.at(-1)).toMatchObject({ ok: false });
    failing = false;
    expect(await embed(['a'])).toEqual([vectorFor('a')]);
  });

  it('leaves the retry of a busy service to the client', async () => {
    const { embed, requests } = setUp({ status: (call) => (call === 1 ? 429 : 200) });
    expect(await embed(['a'])).toEqual([vectorFor('a')]);
    expect(requests).toHaveLength(2);
  });

  it('refuses an answer with missing or short vectors', async () => {
    const missing = setUp({ answer: (texts) => texts.slice(1).map(vectorFor) });
    await expect(missing.embed(['a', 'b'])).rejects.toMatchObject({ code: 'model_unavailable' });
    const short = setUp({ answer: (texts) => texts.map(() => [1, 2, 3]) });
    await expect(short.embed(['a'])).rejects.toMatchObject({ code: 'embedding_unusable' });
    const empty = setUp({ answer: (texts) => texts.map(() => new Array(EMBEDDING_DIMENSIONS).fill(0)) });
    await expect(empty.embed(['a'])).rejects.toMatchObject({ code: 'embedding_unusable' });
  });

  it('asks without a size where the service does not hear of one', async () => {
    const { embed, requests } = setUp({ status: (call) => (call === 1 ? 422 : 200), refusal: 'dimensions' });
    expect(await embed(['a'])).toEqual([vectorFor('a')]);
    expect(requests).toHaveLength(2);
  });

  it('lets one caller go without failing another that waits for the same text', async () => {
    const { embed } = setUp({ delayMs: 20 });
    const stop = new AbortController();
    const first = embed(['a'], stop.signal);
    const second = embed(['a']);
    // A moment later the request is under way and shared.
    await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(await second).toEqual([vectorFor('a')]);
  });

  it('reports what was used', async () => {
    const { embed, usage } = setUp();
    await embed(['a', 'b']);
    expect(usage).toEqual([expect.objectContaining({ model: 'm', texts: 2, tokens: 3, ok: true })]);
  });
});
