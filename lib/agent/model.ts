import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { defaultSettingsMiddleware, wrapLanguageModel } from 'ai';
import type { ListedModel, Provider } from '../domain/turn.ts';
import type { Env } from '../env.ts';
import { InvalidRequestError } from '../http/problem.ts';

/** A model as an object, which can be wrapped. */
export type ChatModel = Parameters<typeof wrapLanguageModel>[0]['model'];

type ModelEnv = Pick<Env, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_CHAT_MODEL'> &
  Partial<
    Pick<
      Env,
      | 'OPENAI_API'
      | 'OPENAI_MAX_TOKENS'
      | 'OPENAI_TEMPERATURE'
      | 'ANTHROPIC_API_KEY'
      | 'ANTHROPIC_BASE_URL'
      | 'ANTHROPIC_CHAT_MODEL'
      | 'CHAT_PROVIDER'
      | 'VISION_MODEL'
      | 'VISION_MODELS'
      | 'hasOpenAI'
    >
  >;

/** Models that see pictures, by how their makers name them. Of others an operator says so. */
const SEEING =
  /^(?:claude-|gpt-(?:4o|4\.1|[5-9])|o[134]\b|chatgpt-4o|gemini|pixtral|llava|gemma-?3)|vision|[-_]vl\b/;

const namesIn = (list: string | undefined) => (list ?? '').split(',').flatMap((name) => name.trim() || []);

/** `gpt-6-luna` as a menu says it: GPT-6 Luna. */
function nameOf(id: string): string {
  const words = id.split('/').at(-1)?.split(/[-_:]/).filter(Boolean) ?? [];
  return words
    .map((word) =>
      /^(?:gpt|vl|ai)$/i.test(word) ? word.toUpperCase() : (word[0]?.toUpperCase() ?? '') + word.slice(1),
    )
    .join(' ')
    .replace(/\b(GPT) (?=\d)/, '$1-')
    .replace(/(\d) (?=\d)/g, '$1.');
}

/** The models that are configured, the one that answers where none is chosen first. */
export function listedModels(env: ModelEnv): ListedModel[] {
  const of = (provider: Provider, list: string | undefined) =>
    namesIn(list).map((id) => ({ id, provider, name: nameOf(id) }));
  const openai = env.hasOpenAI === false ? [] : of('openai', env.OPENAI_CHAT_MODEL);
  const anthropic = env.ANTHROPIC_API_KEY === undefined ? [] : of('anthropic', env.ANTHROPIC_CHAT_MODEL);
  const inOrder = env.CHAT_PROVIDER === 'anthropic' ? [...anthropic, ...openai] : [...openai, ...anthropic];
  return [...new Map(inOrder.map((model) => [model.id, model])).values()].map((model, index) => ({
    ...model,
    default: index === 0,
  }));
}

/** A model of the list; without a name the one that answers by itself. */
export function listedModel(env: ModelEnv, id?: string): ListedModel {
  const models = listedModels(env);
  const found = id === undefined ? models[0] : models.find((model) => model.id === id);
  if (found) return found;
  const message = `There is no model “${id}” here. Choose one of: ${models.map((model) => model.id).join(', ')}.`;
  throw new InvalidRequestError([{ field: 'settings.model', message }], message);
}

/** The addresses people know end before the version, those of proxies may not. */
const versioned = (url: string) => (/\/v\d+\/?$/.test(url) ? url : `${url.replace(/\/$/, '')}/v1`);

function providerModel(env: ModelEnv, { id, provider }: Pick<ListedModel, 'id' | 'provider'>): ChatModel {
  if (provider === 'anthropic') {
    const baseURL = versioned(env.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com');
    return createAnthropic({ baseURL, ...(env.ANTHROPIC_API_KEY && { apiKey: env.ANTHROPIC_API_KEY }) })(id);
  }
  const openai = createOpenAI({
    apiKey: env.OPENAI_API_KEY,
    ...(env.OPENAI_BASE_URL === undefined ? {} : { baseURL: env.OPENAI_BASE_URL }),
  });
  return env.OPENAI_API === 'chat' ? openai.chat(id) : openai.responses(id);
}

/** A chat model of the environment, wherever it runs: its provider's base address alone decides who answers. */
export function createChatModel(
  env: ModelEnv,
  id?: string,
): { model: ChatModel; modelId: string; sees: boolean } {
  return madeOf(env, listedModel(env, id));
}

/** The model that reads pictures: the one that is named, else the first of the list that sees; null where none does. */
export function createVisionModel(env: ModelEnv): {
  model: ChatModel;
  modelId: string;
  provider: Provider;
  isDefault: boolean;
} | null {
  const listed = listedModels(env);
  const named = env.VISION_MODEL;
  const provider = named?.startsWith('claude') ? ('anthropic' as const) : ('openai' as const);
  const chosen =
    named === undefined
      ? listed.find(({ id }) => isSeeing(env, id))
      : (listed.find(({ id }) => id === named) ?? { id: named, provider, default: false });
  return chosen ? { ...madeOf(env, chosen), provider: chosen.provider, isDefault: chosen.default } : null;
}

const isSeeing = (env: ModelEnv, id: string): boolean =>
  SEEING.test(id) || namesIn(env.VISION_MODELS).includes(id);

function madeOf(env: ModelEnv, listed: Pick<ListedModel, 'id' | 'provider'>) {
  const model = wrapLanguageModel({
    model: providerModel(env, listed),
    middleware: defaultSettingsMiddleware({
      settings: {
        maxOutputTokens: env.OPENAI_MAX_TOKENS,
        ...(env.OPENAI_TEMPERATURE !== undefined && { temperature: env.OPENAI_TEMPERATURE }),
      },
    }),
  });
  return { model, modelId: listed.id, sees: isSeeing(env, listed.id) };
}

/** Whose model this is, as the SDK calls it. */
export const providerOf = ({ provider }: ChatModel): Provider =>
  provider.startsWith('anthropic') ? 'anthropic' : 'openai';

/**
 * Nothing is kept at OpenAI. Without this it stores every answer, and the next turn would refer to stored items instead of
 * sending the text, so that a conversation depended on what the provider still has. Anthropic keeps what a call has in
 * common with the one before only where it is asked to.
 */
export const PROVIDER_OPTIONS = {
  openai: { store: false },
  anthropic: { cacheControl: { type: 'ephemeral' } },
};

/** One retry, which honours the provider's `retry-after` as far as `MOST_WAIT_SECONDS`. */
export const MAX_RETRIES = 1;
