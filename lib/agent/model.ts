import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, InvalidToolApprovalSignatureError, type LanguageModel, RetryError } from 'ai';
import type { Env } from '../env.ts';
import { AppError } from '../errors.ts';

type ChatModel = { model: LanguageModel; modelId: string };

/** The chat model the environment names, wherever it runs: the base address alone decides who answers. */
export function createChatModel(
  env: Pick<Env, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_CHAT_MODEL'>,
): ChatModel {
  const provider = createOpenAI({
    apiKey: env.OPENAI_API_KEY,
    ...(env.OPENAI_BASE_URL === undefined ? {} : { baseURL: env.OPENAI_BASE_URL }),
  });
  return { model: provider(env.OPENAI_CHAT_MODEL), modelId: env.OPENAI_CHAT_MODEL };
}

/**
 * Nothing is kept at the provider. Without this it stores every answer, and the next turn would refer to stored items
 * instead of sending the text, so that a conversation depended on what the provider still has.
 */
export const PROVIDER_OPTIONS = { openai: { store: false } };

/** What a failed model call means for the student; the provider's own words stay in the cause. */
export function modelError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (InvalidToolApprovalSignatureError.isInstance(error)) {
    const message = 'What was approved is not what was asked, so nothing was done.';
    return new AppError('conflict', { cause: error, message });
  }
  if (RetryError.isInstance(error)) return modelError(error.lastError);
  if (APICallError.isInstance(error)) {
    const status = error.statusCode ?? 0;
    if (status === 401 || status === 403) return new AppError('model_unauthorized', { cause: error });
    if (status === 429) return new AppError('model_rate_limited', { cause: error });
  }
  return new AppError('model_unavailable', { cause: error });
}
