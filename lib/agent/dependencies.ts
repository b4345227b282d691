import { createHmac } from 'node:crypto';
import OpenAI from 'openai';
import { type Env, serverEnv } from '../env.ts';
import { createEmbedder } from '../ingestion/embed.ts';
import { logger } from '../observability/logger.ts';
import { isEnabled } from '../operations/flags.ts';
import { giveMemoryBack, processState } from '../process-state.ts';
import { createRedis, redisClient } from '../redis/client.ts';
import { createEmbeddingCache } from '../redis/embedding-cache.ts';
import { memoryBroadcast, redisBroadcast } from './broadcast.ts';
import { offeredTools } from './chat-tools.ts';
import { createModerate } from './guard/guard.ts';
import { createChatModel, createVisionModel, listedModel, listedModels } from './model.ts';
import { TurnOpening } from './opening.ts';
import { TurnStreams } from './streams.ts';
import type { TurnDependencies } from './turn.ts';

const openai = (env: Pick<Env, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL'>) =>
  new OpenAI({ apiKey: env.OPENAI_API_KEY, baseURL: env.OPENAI_BASE_URL, maxRetries: 1 });

function createEmbedQuery(): TurnDependencies['retrieval']['embedQuery'] {
  const env = serverEnv();
  const embed = createEmbedder({
    client: openai(env),
    model: env.OPENAI_EMBEDDING_MODEL,
    cache: createEmbeddingCache(redisClient()),
  });
  return async (text, signal) => {
    try {
      const [vector] = await embed([text], signal);
      return vector ?? null;
    } catch (error) {
      if (signal?.aborted) throw error;
      // The notes can be searched by their words meanwhile, which is better than not at all.
      logger().warn({ err: error }, 'a question is searched by its words alone');
      return null;
    }
  };
}

/** The models that a student may choose from. */
export const models = () => listedModels(serverEnv());

/** What every turn of this process shares, made on the first one, with the model that was chosen for this one. */
export function turnDependencies(modelId?: string): TurnDependencies {
  const env = serverEnv();
  const listed = listedModel(env, modelId);
  const made = processState('chat-models', () => new Map<string, ReturnType<typeof createChatModel>>());
  const chosen = made.get(listed.id) ?? createChatModel(env, listed.id);
  made.set(listed.id, chosen);
  const shared = { ...sharedDependencies(), vision: visionDependencies() };
  // The prices that are set are those of the model that answers by itself.
  return { ...shared, ...chosen, ...(!listed.default && { prices: NO_PRICES }) };
}

/** The model that reads pictures, with what it costs; null where none sees. */
export function visionDependencies() {
  const env = serverEnv();
  const made = processState('vision-model', () => ({ vision: createVisionModel(env) }));
  const baseUrl =
    (made.vision?.provider === 'anthropic' ? env.ANTHROPIC_BASE_URL : env.OPENAI_BASE_URL) ??
    'https://api.openai.com/v1';
  return (
    made.vision && { ...made.vision, baseUrl, prices: made.vision.isDefault ? pricesOf(env) : NO_PRICES }
  );
}

const pricesOf = (env: Env) => ({
  inputUsdPerMillion: env.MODEL_INPUT_USD_PER_MILLION,
  outputUsdPerMillion: env.MODEL_OUTPUT_USD_PER_MILLION,
});

const NO_PRICES = { inputUsdPerMillion: 0, outputUsdPerMillion: 0 };

function sharedDependencies(): Omit<TurnDependencies, 'model' | 'modelId'> {
  return processState('turn-dependencies', () => {
    const env = serverEnv();
    return {
      retrieval: {
        embedQuery: createEmbedQuery(),
        denseWeight: env.RETRIEVAL_DENSE_WEIGHT,
        threshold: env.SIMILARITY_THRESHOLD,
        topK: env.DEFAULT_TOP_K,
        mostResults: env.SEARCH_MAX_RESULTS,
        embeddingModel: env.OPENAI_EMBEDDING_MODEL,
      },
      moderate: createModerate(openai(env)),
      guardsBrands: isEnabled('brand_guard.precheck'),
      reviewsClaims: env.CLAIM_REVIEW === 'on',
      tokenBudget: env.DEFAULT_TOKEN_BUDGET,
      defaultPersona: env.defaultPersona,
      // Any secret of the server will do: it only has to be the same for every process that serves a conversation.
      offered: offeredTools(),
      approvalSecret: createHmac('sha256', env.supabaseSecretKey).update('tool approvals').digest('hex'),
      prices: pricesOf(env),
    };
  });
}

/** The running turns of this process, and with Redis the way to those of others. */
export function turnStreams(): TurnStreams {
  return processState('turn-streams', () => {
    const { REDIS_URL: url } = serverEnv();
    const onFailure = (error: unknown) =>
      logger().warn({ err: error }, 'a turn cannot be followed from elsewhere');
    const publisher = redisClient();
    // A connection that listens can do nothing else, so listening has its own.
    const broadcast =
      publisher && url ? redisBroadcast(publisher, createRedis(url), onFailure) : memoryBroadcast();
    return new TurnStreams(broadcast, onFailure, giveMemoryBack);
  });
}

/** The way into this process for every new turn. */
export function turnOpening(): TurnOpening {
  return processState('turn-opening', () => {
    const { CHAT_TURNS_AT_ONCE: atOnce } = serverEnv();
    return new TurnOpening({ atOnce, running: () => turnStreams().size });
  });
}
