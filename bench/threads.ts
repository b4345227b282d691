import { createClient } from '@supabase/supabase-js';
import { listThreads, placeOf } from '../lib/db/queries/thread.ts';
import type { Database } from '../lib/db/types.gen.ts';
import { startGateway } from '../local/supabase/gateway.ts';
import { type Benchmark, percentile, timed } from './benchmark.ts';

const THREADS = 1_000;
const MESSAGES_EACH = 10;
const ROUNDS = Array.from({ length: 40 }, (_, index) => index);
const PASSWORD = 'bench-conversations';

/** A student's list through the client on the embedded database, beside the least that one request costs. */
async function run() {
  const gateway = await startGateway({ port: 0 });
  try {
    const { query, createUser } = gateway.database;
    const email = 'bench-threads@example.com';
    const { id } = await createUser({ email, password: PASSWORD });
    await query(
      `insert into public.thread (id, user_id, title, pinned_at)
       select md5('t' || n)::uuid, $1, 'Question ' || n || ' on subject ' || n % 37, case when n % 200 = 0 then now() end
       from generate_series(1, ${THREADS}) n`,
      [id],
    );
    await query(
      `insert into public.message (thread_id, user_id, role, parts)
       select md5('t' || t)::uuid, $1, case m % 2 when 1 then 'user' else 'assistant' end,
         jsonb_build_array(jsonb_build_object('type', 'text', 'text', repeat('Memory holds what was said of it. ', 25)
           || case when t % 100 = 0 then ' mitochondria' else ' synapse' end || t))
       from generate_series(1, ${THREADS}) t, generate_series(1, ${MESSAGES_EACH}) m`,
      [id],
    );
    await query('analyze public.message, public.thread');
    const db = createClient<Database>(gateway.url, gateway.publishableKey, {
      auth: { persistSession: false },
    });
    const { error } = await db.auth.signInWithPassword({ email, password: PASSWORD });
    if (error) throw error;

    const of = async (work: () => Promise<unknown>) => percentile(await timed(ROUNDS, work), 0.95);
    const first = await listThreads(db, { limit: 50 });
    const last = first.threads.at(-1);
    const baseline = {
      name: 'one row by its id',
      value: await of(async () =>
        db
          .from('thread')
          .select('id')
          .eq('id', last?.id ?? '')
          .single(),
      ),
    };
    const bound = { unit: 'ms', atMost: 50 } as const;
    return [
      {
        name: 'first page of 50, p95',
        value: await of(() => listThreads(db, { limit: 50 })),
        ...bound,
        baseline,
      },
      {
        name: 'the page behind it, p95',
        value: await of(() => listThreads(db, { limit: 50, ...(last && { place: placeOf(last) }) })),
        ...bound,
      },
      {
        name: `all ${THREADS} at once, p95`,
        value: await of(() => listThreads(db, { limit: THREADS })),
        ...bound,
      },
      {
        name: 'search for a rare word, p95',
        value: await of(() => listThreads(db, { limit: 50, query: 'mitochond' })),
        ...bound,
      },
      {
        name: 'search for what every message says, p95',
        value: await of(() => listThreads(db, { limit: 50, query: 'memory holds' })),
        unit: 'ms' as const,
        atMost: 100,
      },
    ];
  } finally {
    await gateway.close();
  }
}

export const threadsBenchmark: Benchmark = {
  name: `Conversations: ${THREADS}, with ${THREADS * MESSAGES_EACH} messages`,
  run,
};
