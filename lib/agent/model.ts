import { createOpenAI } from '@ai-sdk/openai';
import type { LanguageModel } from 'ai';
import type { Env } from '../env.ts';

export type ChatModel = { model: LanguageModel; modelId: string };

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
