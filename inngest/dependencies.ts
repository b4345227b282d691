import OpenAI from 'openai';
import { createServiceClient } from '../lib/db/clients.ts';
import { type Env, serverEnv } from '../lib/env.ts';
import { createEmbedder, type EmbeddingUsage } from '../lib/ingestion/embed.ts';
import { installedOf } from '../lib/ingestion/picture/languages.ts';
import type { Hearing, IngestionDependencies } from '../lib/ingestion/pipeline.ts';
import { DEFAULT_HEARING_MODEL } from '../lib/ingestion/recording/hearing-model.ts';
import { PIECE_SECONDS } from '../lib/ingestion/recording/index.ts';
import { createHear, givesTimes, UNTIMED_PIECE_SECONDS } from '../lib/ingestion/recording/transcribe.ts';
import { redisClient } from '../lib/redis/client.ts';
import { createEmbeddingCache, type EmbeddingCache } from '../lib/redis/embedding-cache.ts';

/** A hundred passages take a second or two; whoever waits longer is better off with the queue's next attempt. */
const EMBEDDING_TIMEOUT_MS = 60_000;

/** Names no model, so that documents are read anew once there is one. */
const WORDS_ALONE = 'words alone';

let cache: EmbeddingCache | undefined;
let client: OpenAI | undefined;

/** The vectors this process and its neighbours keep. */
export function embeddingCache(): EmbeddingCache {
  cache ??= createEmbeddingCache(redisClient());
  return cache;
}

function hearingOf(client: OpenAI, env: Env): Hearing {
  const model = env.TRANSCRIBE_MODEL ?? DEFAULT_HEARING_MODEL;
  return {
    hear: createHear({ client, model }),
    model,
    maxBytes: env.RECORDING_MAX_BYTES,
    usdPerMinute: env.TRANSCRIBE_USD_PER_MINUTE,
    pieceSeconds: givesTimes(model) ? PIECE_SECONDS : UNTIMED_PIECE_SECONDS,
  };
}

/** What the steps of a reading work with, made of this process's environment. */
export function ingestionDependencies(): IngestionDependencies {
  const env = serverEnv();
  client ??= new OpenAI({
    apiKey: env.OPENAI_API_KEY,
    baseURL: env.OPENAI_BASE_URL,
    timeout: EMBEDDING_TIMEOUT_MS,
    maxRetries: 1,
  });
  const shared = { client, cache: embeddingCache() };
  const isByWords = env.RETRIEVAL_DENSE_WEIGHT === 0;
  return {
    db: createServiceClient(),
    embed: isByWords
      ? null
      : async (texts) => {
          const usage: EmbeddingUsage[] = [];
          const embed = createEmbedder({
            ...shared,
            model: env.OPENAI_EMBEDDING_MODEL,
            onUsage: (entry) => usage.push(entry),
          });
          const vectors = await embed(texts);
          const tokens = usage.reduce((sum, entry) => sum + entry.tokens, 0);
          return { vectors, tokens, costUsd: (tokens / 1_000_000) * env.EMBEDDING_USD_PER_MILLION };
        },
    embeddingModel: isByWords ? WORDS_ALONE : env.OPENAI_EMBEDDING_MODEL,
    allowedHosts: env.URL_ALLOWED_PRIVATE_HOSTS,
    ocrLanguages: installedOf(env.OCR_LANGUAGES),
    hearing: env.hasOpenAI && env.TRANSCRIBE_MODEL !== 'off' ? hearingOf(client, env) : undefined,
    limits: { maxBytes: env.UPLOAD_MAX_BYTES, maxPages: env.INGEST_MAX_PAGES },
  };
}
