import { randomUUID } from 'node:crypto';
import OpenAI from 'openai';
import { visionDependencies } from '../lib/agent/dependencies.ts';
import { transcribePage } from '../lib/agent/look.ts';
import { createServiceClient } from '../lib/db/clients.ts';
import { DAILY } from '../lib/domain/bounds.ts';
import { type Env, serverEnv } from '../lib/env.ts';
import { AppError } from '../lib/errors.ts';
import { createEmbedder, type EmbeddingUsage } from '../lib/ingestion/embed.ts';
import { installedOf } from '../lib/ingestion/picture/languages.ts';
import type { Transcribe } from '../lib/ingestion/picture/read-picture.ts';
import type { Hearing, IngestionDependencies } from '../lib/ingestion/pipeline.ts';
import { DEFAULT_HEARING_MODEL } from '../lib/ingestion/recording/hearing-model.ts';
import { PIECE_SECONDS } from '../lib/ingestion/recording/index.ts';
import { createHear, givesTimes, UNTIMED_PIECE_SECONDS } from '../lib/ingestion/recording/transcribe.ts';
import { countUse, recordCost } from '../lib/ingestion/store.ts';
import { Telemetry } from '../lib/observability/telemetry.ts';
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

const PAGE_TIMEOUT_MS = 60_000;

/** Reads pages that are pictures by a model that sees: so many in a student's day, each in the books. */
function transcribeOf(db: IngestionDependencies['db']): Transcribe | undefined {
  const vision = visionDependencies();
  if (!vision) return undefined;
  return async ({ jpeg, studentId: userId }) => {
    const day = { userId, kind: 'picture_pages', used: 1, perDay: DAILY.picturePages };
    if (!(await countUse(db, day))) throw new AppError('quota_exceeded');
    const telemetry = new Telemetry(randomUUID().replaceAll('-', ''), vision.prices);
    try {
      const signal = AbortSignal.timeout(PAGE_TIMEOUT_MS);
      return await transcribePage({ ...vision, telemetry }, { jpeg, signal });
    } finally {
      for (const { token_count, input_tokens, output_tokens, cost_usd, ...row } of telemetry.rows()) {
        await recordCost(db, {
          ...row,
          user_id: userId,
          token_count: token_count ?? 0,
          input_tokens: input_tokens ?? 0,
          output_tokens: output_tokens ?? 0,
          cost_usd: cost_usd ?? 0,
        });
      }
    }
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
  const db = createServiceClient();
  const shared = { client, cache: embeddingCache() };
  const isByWords = env.RETRIEVAL_DENSE_WEIGHT === 0;
  return {
    db,
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
    transcribe: transcribeOf(db),
    hearing: env.hasOpenAI && env.TRANSCRIBE_MODEL !== 'off' ? hearingOf(client, env) : undefined,
    limits: { maxBytes: env.UPLOAD_MAX_BYTES, maxPages: env.INGEST_MAX_PAGES },
  };
}
