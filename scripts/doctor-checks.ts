import { createClient } from '@supabase/supabase-js';
import { generateText, jsonSchema, Output } from 'ai';
import { Redis } from 'ioredis';
import { createChatModel, listedModels, PROVIDER_OPTIONS, providerOf } from '../lib/agent/model.ts';
import type { ListedModel } from '../lib/domain/turn.ts';
import { type Env, isLoopback } from '../lib/env.ts';
import type { AppError } from '../lib/errors.ts';
import { embeddingFault } from '../lib/ingestion/embedding-check.ts';
import { languagesFault } from '../lib/ingestion/picture/languages.ts';
import { modelFault } from '../lib/model-faults.ts';

export type Finding = { name: string; state: 'right' | 'wrong' | 'unseen'; text: string };
type Check = { name: string; run: () => Promise<string | { unseen: string }> };

/** What an operator has to set; everything else that is thrown is told as it is. */
class Advice extends Error {}

const TIMEOUT_MS = 30_000;
const QUICK_MS = 5_000;
const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function get(
  url: string,
  headers: Record<string, string> = {},
  milliseconds = QUICK_MS,
): Promise<Response> {
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(milliseconds) });
  } catch (error) {
    throw new Advice(`${new URL(url).origin} does not answer: ${words(error)}`);
  }
}

const STRICT = {
  type: 'object',
  properties: { word: { type: 'string', description: 'Any word.' } },
  required: ['word'],
  additionalProperties: false,
} as const;

/** Asks the model once; what fails is told as a student would hear it, with what there is to set. */
async function ask(
  env: Env,
  id: string,
  prompt: string,
  given: Partial<Parameters<typeof generateText>[0]> = {},
) {
  const { model } = createChatModel(env, id);
  try {
    return await generateText({
      model,
      prompt,
      maxRetries: 1,
      abortSignal: AbortSignal.timeout(TIMEOUT_MS),
      providerOptions: PROVIDER_OPTIONS,
      ...given,
    } as Parameters<typeof generateText>[0]);
  } catch (error) {
    throw modelFault(error, providerOf(model));
  }
}

const OTHER_API = { responses: 'chat', chat: 'responses' } as const;

async function answers(env: Env, { id, provider }: ListedModel): Promise<string> {
  const hello = 'Say hello in one word.';
  try {
    await ask(env, id, hello);
    return provider === 'openai' ? `${id} answers (OPENAI_API=${env.OPENAI_API}).` : `${id} answers.`;
  } catch (thrown) {
    const fault = thrown as AppError;
    const mayBeOther =
      provider === 'openai' && (fault.code === 'model_misconfigured' || fault.code === 'model_not_found');
    const other = OTHER_API[env.OPENAI_API];
    const works =
      mayBeOther &&
      (await ask({ ...env, OPENAI_API: other }, id, hello).then(
        () => true,
        () => false,
      ));
    throw new Advice(
      works ? `Set OPENAI_API=${other}: the server speaks that protocol alone.` : sentence(fault),
    );
  }
}

const sentence = ({ message, cause }: AppError) =>
  cause === undefined ? message : `${message} It said: ${words(cause).slice(0, 200)}`;

function modelChecks(env: Env, model: ListedModel): Check[] {
  const { id, provider } = model;
  const name = model.default ? 'Model' : `Model ${id}`;
  const variable = { openai: 'OPENAI_CHAT_MODEL', anthropic: 'ANTHROPIC_CHAT_MODEL' }[provider];
  const faults = async <Result>(work: Promise<Result>, otherwise: string) => {
    const result = await work.catch((fault: AppError) => {
      throw new Advice(`${otherwise} ${sentence(fault)}`);
    });
    if (!result) throw new Advice(otherwise);
  };
  return [
    { name, run: () => answers(env, model) },
    {
      name: `${name}: tools`,
      run: async () => {
        const echo = { description: 'Repeats a word.', strict: true, inputSchema: jsonSchema(STRICT) };
        const called = ask(env, id, 'Use echo with {"word":"clerva"}', {
          tools: { echo },
          toolChoice: 'required',
        }).then(({ toolCalls }) => toolCalls.length > 0);
        await faults(called, `${variable} has to call tools, and this one does not.`);
        return 'It calls tools.';
      },
    },
    {
      name: `${name}: strict schemas`,
      run: async () => {
        const output = Output.object({ name: 'word', schema: jsonSchema<{ word: string }>(STRICT) });
        const made = ask(env, id, 'Give any word.', { output }).then((result) => Boolean(result.output));
        await faults(made, `${variable} has to keep to a schema (quizzes, summaries).`);
        return 'It keeps to a schema.';
      },
    },
  ];
}

const embeddingCheck = (env: Env): Check => ({
  name: 'Embeddings',
  run: async () => {
    if (!env.hasOpenAI) return 'There are none without OPENAI_API_KEY or OPENAI_BASE_URL: words alone rank.';
    if (env.RETRIEVAL_DENSE_WEIGHT === 0) {
      return 'Not asked for: words alone rank (RETRIEVAL_DENSE_WEIGHT=0).';
    }
    const fault = await embeddingFault(env, TIMEOUT_MS);
    if (fault) throw new Advice(fault.code === 'embedding_unusable' ? fault.message : sentence(fault));
    return `${env.OPENAI_EMBEDDING_MODEL} gives vectors of the right size.`;
  },
});

const TABLES = [
  'profile',
  'doc_source',
  'doc_chunk',
  'message',
  'quiz',
  'flashcard',
  'study_plan',
  'agent_telemetry',
] as const;

function supabaseChecks(env: Env): Check[] {
  const service = createClient(env.supabaseUrl, env.supabaseSecretKey, { auth: { persistSession: false } });
  return [
    {
      name: 'Supabase: keys and schema',
      run: async () => {
        const open = await get(`${env.supabaseUrl}/auth/v1/settings`, { apikey: env.supabasePublishableKey });
        if (!open.ok)
          throw new Advice('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY is not taken by NEXT_PUBLIC_SUPABASE_URL.');
        for (const table of TABLES) {
          const { error, status } = await service.from(table).select('*').limit(1);
          if (status === 401 || status === 403) throw new Advice('SUPABASE_SECRET_KEY is not taken.');
          if (error) throw new Advice(`Apply supabase/migrations: the table ${table} says ${error.message}.`);
        }
        return `${TABLES.length} tables answer.`;
      },
    },
    {
      name: 'Supabase: storage',
      run: async () => {
        const { data, error } = await service.storage.getBucket('documents');
        if (error) throw new Advice(`Apply supabase/migrations: the bucket documents says ${error.message}.`);
        if (data.public) throw new Advice('Make the bucket documents private: everybody can read it.');
        const limit = data.file_size_limit ?? Number.POSITIVE_INFINITY;
        const largest = Math.max(env.UPLOAD_MAX_BYTES, env.RECORDING_MAX_BYTES);
        if (limit < largest) {
          throw new Advice(
            `Raise the limit of the bucket documents to UPLOAD_MAX_BYTES and RECORDING_MAX_BYTES (${largest}).`,
          );
        }
        return 'The bucket documents is there and private.';
      },
    },
    {
      name: 'Supabase: accounts',
      run: async () => {
        const settings = await get(`${env.supabaseUrl}/auth/v1/settings`, {
          apikey: env.supabasePublishableKey,
        });
        const { external, disable_signup: isClosed } = await settings.json();
        if (!external?.email) throw new Advice('Allow sign-in by e-mail (Authentication, Providers, Email).');
        if (isClosed) return { unseen: 'Nobody can sign up: new accounts are switched off.' };
        if (isLoopback(env.supabaseUrl)) return `Open; mails lie at ${env.supabaseUrl}/mailbox.`;
        const confirm = new URL('/auth/confirm', env.NEXT_PUBLIC_APP_URL ?? 'http://localhost:3000');
        return {
          unseen: `Not to be seen from here: ${confirm} has to be among the redirect URLs, and the mail templates have to lead there with token_hash (docs/runbook.md).`,
        };
      },
    },
  ];
}

function appChecks(env: Env): Check[] {
  const app = env.NEXT_PUBLIC_APP_URL;
  const queue = env.INNGEST_BASE_URL ?? (env.INNGEST_DEV?.startsWith('http') ? env.INNGEST_DEV : undefined);
  return [
    {
      name: 'App',
      run: async () => {
        if (!app) throw new Advice('Set NEXT_PUBLIC_APP_URL to the public address of the app.');
        const response = await get(new URL('/api/health', app).href);
        if (!response.ok) throw new Advice(`NEXT_PUBLIC_APP_URL: ${app} answers ${response.status}.`);
        return `${app} answers.`;
      },
    },
    {
      name: 'Inngest',
      run: async () => {
        if (!env.INNGEST_DEV && !(env.INNGEST_SIGNING_KEY && env.INNGEST_EVENT_KEY)) {
          throw new Advice('Set INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY, from the Inngest dashboard.');
        }
        await (await get(queue ?? 'https://inn.gs')).body?.cancel();
        if (!app) throw new Advice('Set NEXT_PUBLIC_APP_URL: the queue calls the jobs there.');
        // In development the route is built when it is first asked for.
        const jobs = await get(new URL('/api/inngest', app).href, {}, TIMEOUT_MS);
        // Signed queues are told more than strangers, who may not even ask.
        if (jobs.status !== 401 && !jobs.ok) throw new Advice(`${app}/api/inngest answers ${jobs.status}.`);
        return `The queue answers, and calls the jobs at ${app}/api/inngest.`;
      },
    },
    {
      name: 'Redis',
      run: async () => {
        if (!env.REDIS_URL) return 'Not asked for: each process keeps its own limits and caches.';
        const redis = new Redis(env.REDIS_URL, {
          lazyConnect: true,
          connectTimeout: QUICK_MS,
          retryStrategy: () => null,
        });
        redis.on('error', () => undefined);
        try {
          await redis.connect();
          await redis.ping();
        } catch (error) {
          throw new Advice(`REDIS_URL does not answer: ${words(error)}`);
        } finally {
          redis.disconnect();
        }
        return 'It answers.';
      },
    },
  ];
}

/** Asks every configured server once. */
export async function examine(env: Env): Promise<Finding[]> {
  const checks = [
    ...appChecks(env),
    ...supabaseChecks(env),
    ...listedModels(env).flatMap((model) => modelChecks(env, model)),
    embeddingCheck(env),
    {
      name: 'Scans and photos',
      run: async () => {
        const fault = languagesFault(env.OCR_LANGUAGES);
        if (fault) throw new Advice(fault);
        return `Print is read in ${env.OCR_LANGUAGES.join(', ')}.`;
      },
    },
  ];
  return Promise.all(
    checks.map(async ({ name, run }): Promise<Finding> => {
      try {
        const result = await run();
        return typeof result === 'string'
          ? { name, state: 'right', text: result }
          : { name, state: 'unseen', text: result.unseen };
      } catch (error) {
        return { name, state: 'wrong', text: words(error) };
      }
    }),
  );
}
