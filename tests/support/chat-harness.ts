import { createClient } from '@supabase/supabase-js';
import { vi } from 'vitest';
import { chunkWeights } from '../../lib/retrieval/sparse-bm25.ts';
import { startOpenAI } from '../../local/openai/index.ts';
import { startGateway } from '../../local/supabase/gateway.ts';

const PASSWORD = 'a long test password';

/** The services a turn speaks to, on ports of their own, with the environment pointing at them. */
export async function startServices() {
  const gateway = await startGateway({ port: 0 });
  const openai = await startOpenAI({ port: 0 });
  const environment = {
    NEXT_PUBLIC_SUPABASE_URL: gateway.url,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: gateway.publishableKey,
    SUPABASE_SECRET_KEY: gateway.secretKey,
    OPENAI_API_KEY: 'local',
    OPENAI_BASE_URL: openai.url,
    OPENAI_CHAT_MODEL: 'clerva-study-brain',
    RETRIEVAL_DENSE_WEIGHT: '0',
    CHAT_TURNS_PER_MINUTE: '1000',
    CHAT_TURNS_PER_DAY: '1000',
    LOG_LEVEL: 'silent',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return {
    gateway,
    openai,
    close: async () => {
      await openai.close();
      await gateway.close();
    },
  };
}

export type Services = Awaited<ReturnType<typeof startServices>>;
export type TestStudent = { id: string; token: string; email: string };

export async function signUp({ gateway }: Services, email: string): Promise<TestStudent> {
  const { id } = await gateway.database.createUser({ email, password: PASSWORD });
  const client = createClient(gateway.url, gateway.publishableKey, { auth: { persistSession: false } });
  const { data, error } = await client.auth.signInWithPassword({ email, password: PASSWORD });
  if (error) throw error;
  return { id, token: data.session.access_token, email };
}

/** A ready document whose pages are one chunk each. */
export async function addNotes(
  { gateway }: Services,
  { userId, title, pages }: { userId: string; title: string; pages: readonly string[] },
): Promise<string> {
  const { query } = gateway.database;
  const [document] = await query<{ id: string }>(
    `insert into public.doc_source (user_id, title, status, page_count, chunk_count)
     values ($1, $2, 'ready', $3, $3) returning id`,
    [userId, title, pages.length],
  );
  if (!document) throw new Error('The document was not inserted.');
  let start = 0;
  for (const [ord, content] of pages.entries()) {
    const place = {
      page_start: ord + 1,
      page_end: ord + 1,
      char_start: start,
      char_end: start + content.length,
    };
    const [chunk] = await query<{ id: number }>(
      `insert into public.doc_chunk (doc_id, user_id, ord, content, page_start, page_end, char_start, char_end, metadata)
       values ($1, $2, $3, $4, $5, $5, $6, $7, $8) returning id`,
      [
        document.id,
        userId,
        ord,
        content,
        ord + 1,
        start,
        start + content.length,
        { ...place, heading_path: [] },
      ],
    );
    await query(
      `insert into public.chunk_lex (chunk_id, doc_id, user_id, weights)
       values ($1, $2, $3, $4::extensions.sparsevec)`,
      [chunk?.id, document.id, userId, chunkWeights(content, true)],
    );
    start += content.length + 2;
  }
  return document.id;
}

export type RequestOptions = {
  method?: string;
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
};

export function chatRequest(
  path: string,
  { method = 'POST', body, token, headers }: RequestOptions = {},
): Request {
  return new Request(`http://localhost:3000/api/ai-agent/chat${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}
