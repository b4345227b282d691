import { createOpenAI } from '@ai-sdk/openai';
import { defaultSettingsMiddleware, wrapLanguageModel } from 'ai';
import type { Env } from '../env.ts';

/** A model as an object, which can be wrapped. */
export type ChatModel = Parameters<typeof wrapLanguageModel>[0]['model'];

/** The chat model the environment names, wherever it runs: the base address alone decides who answers. */
export function createChatModel(
  env: Pick<Env, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_CHAT_MODEL'> &
    Partial<Pick<Env, 'OPENAI_API' | 'OPENAI_MAX_TOKENS'>>,
): { model: ChatModel; modelId: string } {
  const modelId = env.OPENAI_CHAT_MODEL;
  const provider = createOpenAI({
    apiKey: env.OPENAI_API_KEY,
    ...(env.OPENAI_BASE_URL === undefined ? {} : { baseURL: env.OPENAI_BASE_URL }),
  });
  const model = wrapLanguageModel({
    model: env.OPENAI_API === 'chat' ? provider.chat(modelId) : provider.responses(modelId),
    middleware: defaultSettingsMiddleware({ settings: { maxOutputTokens: env.OPENAI_MAX_TOKENS } }),
  });
  return { model, modelId };
}

/**
 * Nothing is kept at the provider. Without this it stores every answer, and the next turn would refer to stored items
 * instead of sending the text, so that a conversation depended on what the provider still has.
 */
export const PROVIDER_OPTIONS = { openai: { store: false } };

/** One retry, which honours the provider's `retry-after` as far as `MOST_WAIT_SECONDS`. */
export const MAX_RETRIES = 1;
