import { createClient } from '@supabase/supabase-js';
import OpenAI from 'openai';
import type { DatabaseClient } from '../../lib/db/clients.ts';
import type { Database } from '../../lib/db/types.gen.ts';
import { createEmbedder, type Embedder } from '../../lib/ingestion/embed.ts';
import { createEmbeddingCache } from '../../lib/redis/embedding-cache.ts';
import type { RetrieveDependencies } from '../../lib/retrieval/search.ts';
import { type OpenAIServer, startOpenAI } from '../../local/openai/index.ts';
import { type Gateway, startGateway } from '../../local/supabase/gateway.ts';

export const EMBEDDING_MODEL = 'clerva-lexical-1536';
const API_KEY = 'local';
const PASSWORD = 'a long eval password';

export type EvalStudent = { id: string; db: DatabaseClient };

/** The local servers in this process, with nothing kept, and the product's own code on top of them. */
export type EvalStack = {
  gateway: Gateway;
  openai: OpenAIServer;
  apiKey: string;
  serviceDb: DatabaseClient;
  embed: Embedder;
  /** Everything retrieval needs to act for one student, ranking by words as the local environment does. */
  retrievalFor: (student: EvalStudent, denseWeight?: number) => RetrieveDependencies;
  addStudent: () => Promise<EvalStudent>;
  close: () => Promise<void>;
};

const SESSIONLESS = { persistSession: false, autoRefreshToken: false } as const;

export async function startEvalStack(): Promise<EvalStack> {
  const [gateway, openai] = await Promise.all([
    startGateway({ port: 0 }),
    startOpenAI({ port: 0, apiKey: API_KEY }),
  ]);
  const clientFor = (key: string, headers: Record<string, string> = {}): DatabaseClient =>
    createClient<Database>(gateway.url, key, { auth: SESSIONLESS, global: { headers } });
  const embed = createEmbedder({
    client: new OpenAI({ apiKey: API_KEY, baseURL: openai.url }),
    model: EMBEDDING_MODEL,
    cache: createEmbeddingCache(null),
  });
  return {
    gateway,
    openai,
    apiKey: API_KEY,
    serviceDb: clientFor(gateway.secretKey),
    embed,
    retrievalFor: ({ db }, denseWeight = 0) => ({
      db,
      denseWeight,
      embeddingModel: EMBEDDING_MODEL,
      embedQuery: async (text, signal) => (await embed([text], signal))[0] ?? [],
    }),
    addStudent: async () => {
      const { id, email } = await gateway.database.createUser({ password: PASSWORD });
      const { data, error } = await clientFor(gateway.publishableKey).auth.signInWithPassword({
        email,
        password: PASSWORD,
      });
      if (error) throw error;
      const authorization = `Bearer ${data.session.access_token}`;
      return { id, db: clientFor(gateway.publishableKey, { authorization }) };
    },
    close: async () => {
      await openai.close();
      await gateway.close();
    },
  };
}
