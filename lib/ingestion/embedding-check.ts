import OpenAI from 'openai';
import { type Env, EnvError } from '../env.ts';
import { AppError } from '../errors.ts';
import { modelFault } from '../model-faults.ts';
import { createEmbeddingCache } from '../redis/embedding-cache.ts';
import { createEmbedder, EMBEDDING_DIMENSIONS } from './embed.ts';

type EmbeddingEnv = Pick<Env, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_EMBEDDING_MODEL'>;

/** Asks the embedding server once; what fails, as an operator has to hear it. */
export async function embeddingFault(env: EmbeddingEnv, timeoutMs: number): Promise<AppError | null> {
  const client = new OpenAI({ apiKey: env.OPENAI_API_KEY, baseURL: env.OPENAI_BASE_URL, maxRetries: 1 });
  const model = env.OPENAI_EMBEDDING_MODEL;
  const embed = createEmbedder({ client, model, cache: createEmbeddingCache(null) });
  try {
    await embed(['clerva'], AbortSignal.timeout(timeoutMs));
    return null;
  } catch (error) {
    const fault = modelFault(error);
    if (fault.code !== 'embedding_unusable') return fault;
    const message = `OPENAI_EMBEDDING_MODEL=${model} does not do. Set it to a model that gives ${EMBEDDING_DIMENSIONS} dimensions, or RETRIEVAL_DENSE_WEIGHT=0 to search by words alone.`;
    return new AppError(fault.code, { cause: fault.cause, message });
  }
}

/**
 * Ends the start where vectors have another size than the index: every document would be read in vain. A server that does
 * not answer, or makes no vectors, is no reason to stand still, since words find as well.
 */
export async function requireEmbeddings(
  env: EmbeddingEnv & Pick<Env, 'RETRIEVAL_DENSE_WEIGHT'>,
): Promise<AppError | null> {
  if (env.RETRIEVAL_DENSE_WEIGHT === 0) return null;
  const fault = await embeddingFault(env, START_TIMEOUT_MS);
  if (fault?.code === 'embedding_unusable' && fault.cause === undefined) throw new EnvError(fault.message);
  return fault;
}

const START_TIMEOUT_MS = 5_000;
