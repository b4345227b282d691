import { createServer, type RequestListener } from 'node:http';
import { createClient } from '@supabase/supabase-js';
import { serve } from 'inngest/node';
import { vi } from 'vitest';
import { chunkWeights } from '../../lib/retrieval/sparse-bm25.ts';
import { startInngest } from '../../local/inngest/server.ts';
import { startOpenAI } from '../../local/openai/index.ts';
import { close, listen } from '../../local/stack/http.ts';
import { type GatewayOptions, startGateway } from '../../local/supabase/gateway.ts';

export const PASSWORD = 'a long test password';

export type TestStudent = { id: string; token: string; email: string };

/** The services a request speaks to, on ports of their own, with the environment pointing at them. */
export async function startServices(options: Partial<GatewayOptions> = {}) {
  const gateway = await startGateway({ port: 0, ...options });
  const openai = await startOpenAI({ port: 0 });
  const environment = {
    NEXT_PUBLIC_SUPABASE_URL: gateway.url,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: gateway.publishableKey,
    SUPABASE_SECRET_KEY: gateway.secretKey,
    OPENAI_API_KEY: 'local',
    OPENAI_BASE_URL: openai.url,
    OPENAI_CHAT_MODEL: 'clerva-study-brain',
    OPENAI_EMBEDDING_MODEL: 'clerva-lexical-1536',
    RETRIEVAL_DENSE_WEIGHT: '0',
    CHAT_TURNS_PER_MINUTE: '1000',
    CHAT_TURNS_PER_DAY: '1000',
    API_WRITES_PER_MINUTE: '100000',
    READINGS_PER_MINUTE: '100000',
    DAILY_TOKEN_QUOTA: '1000000000',
    LOG_LEVEL: 'silent',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return {
    gateway,
    openai,
    query: gateway.database.query,
    async signUp(name: string): Promise<TestStudent> {
      const account = { email: `${name}@example.com`, password: PASSWORD };
      const { id } = await gateway.database.createUser(account);
      const { auth } = createClient(gateway.url, gateway.publishableKey, { auth: { persistSession: false } });
      const { data, error } = await auth.signInWithPassword(account);
      if (error) throw error;
      return { id, token: data.session.access_token, email: account.email };
    },
    async close() {
      await openai.close();
      await gateway.close();
      vi.unstubAllEnvs();
    },
  };
}

export type Services = Awaited<ReturnType<typeof startServices>>;

/** The same, with the queue and the app's jobs behind it. */
export async function startServicesWithJobs(options: Partial<GatewayOptions> = {}) {
  const services = await startServices(options);
  // A server that is still starting says so; one that says nothing would be waited for.
  let handler: RequestListener = (_request, response) => response.writeHead(503).end();
  const jobs = createServer((request, response) => handler(request, response));
  const inngest = await startInngest({
    port: 0,
    appUrl: `${await listen(jobs, 0)}/api/inngest`,
    retryDelaysMs: [10],
    syncIntervalMs: 100,
  });
  vi.stubEnv('INNGEST_DEV', inngest.url);
  // Only now: the client of the queue reads its environment when it is made.
  const { inngest: client } = await import('../../inngest/client.ts');
  const { functions } = await import('../../inngest/functions/index.ts');
  handler = serve({ client, functions });
  return {
    ...services,
    inngest,
    async close() {
      await inngest.close();
      await close(jobs);
      await services.close();
    },
  };
}

type Notes = {
  userId: string;
  title: string;
  pages: readonly string[];
  /** Those above each page; none when left out. */
  headings?: (page: string) => string[];
};

/** A ready document whose pages are one chunk each. */
export async function addNotes(
  { query }: Pick<Services, 'query'>,
  { userId, title, pages, headings = () => [] }: Notes,
): Promise<string> {
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
      `insert into public.doc_chunk (doc_id, user_id, ord, content, page_start, page_end, char_start, char_end, metadata, heading_path)
       values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9) returning id`,
      [
        document.id,
        userId,
        ord,
        content,
        ord + 1,
        start,
        start + content.length,
        { ...place, heading_path: headings(content) },
        headings(content),
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
