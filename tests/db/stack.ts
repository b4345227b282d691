import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@supabase/supabase-js';
import { serve } from 'inngest/node';
import { vi } from 'vitest';
import { startInngest } from '../../local/inngest/server.ts';
import { startOpenAI } from '../../local/openai/index.ts';
import { startGateway } from '../../local/supabase/gateway.ts';

/** The servers a document meets on its way, in this process and on free ports, with the app's jobs behind them. */
export async function startStack() {
  const gateway = await startGateway({ port: 0 });
  const openai = await startOpenAI({ port: 0 });
  // A server that is still starting says so; one that says nothing would be waited for.
  let handler: RequestListener = (_request, response) => response.writeHead(503).end();
  const jobs = createServer((request, response) => handler(request, response));
  await new Promise<void>((resolve) => jobs.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is always an object; the type also covers pipes.
  const { port } = jobs.address() as AddressInfo;
  const inngest = await startInngest({
    port: 0,
    appUrl: `http://127.0.0.1:${port}/api/inngest`,
    retryDelaysMs: [10],
    syncIntervalMs: 100,
  });

  const variables = {
    NEXT_PUBLIC_SUPABASE_URL: gateway.url,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: gateway.publishableKey,
    SUPABASE_SECRET_KEY: gateway.secretKey,
    OPENAI_API_KEY: 'local',
    OPENAI_BASE_URL: openai.url.endsWith('/v1') ? openai.url : `${openai.url}/v1`,
    OPENAI_EMBEDDING_MODEL: 'clerva-lexical-1536',
    INNGEST_DEV: inngest.url,
    LOG_LEVEL: 'silent',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  // Only now: the client of the queue reads its environment when it is made.
  const client = await import('../../inngest/client.ts');
  const { functions } = await import('../../inngest/functions/index.ts');
  handler = serve({ client: client.inngest, functions });

  return {
    gateway,
    inngest,
    query: gateway.database.query,
    async signUp(email: string) {
      const auth = createClient(gateway.url, gateway.publishableKey, {
        auth: { persistSession: false },
      }).auth;
      const { data, error } = await auth.signUp({ email, password: 'correct horse battery' });
      if (error || !data.session || !data.user) throw error ?? new Error('No session.');
      return { id: data.user.id, token: data.session.access_token };
    },
    async close() {
      await inngest.close();
      jobs.closeAllConnections();
      await new Promise((resolve) => jobs.close(resolve));
      await openai.close();
      await gateway.close();
      vi.unstubAllEnvs();
    },
  };
}

export type Stack = Awaited<ReturnType<typeof startStack>>;
