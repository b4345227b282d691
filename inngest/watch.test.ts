import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { nextTick } from '../local/inngest/cron.ts';
import { startServicesWithJobs } from '../tests/setup/services.ts';

const MONTH_MS = 30 * 86_400_000;
/** The run itself, and its steps when there is nothing to do. */
const EXECUTIONS_OF_A_RUN = 5;

/** How often a schedule comes in a month. */
function ticksOf(cron: string): number {
  let ticks = 0;
  const start = Date.UTC(2026, 0, 1);
  for (let at = nextTick(cron, start); at !== null && at < start + MONTH_MS; at = nextTick(cron, at))
    ticks += 1;
  return ticks;
}

// Not before the services are there: the client of the queue reads its environment when it is made.
let services: Awaited<ReturnType<typeof startServicesWithJobs>>;
let functions: typeof import('./functions/index.ts').functions;
beforeAll(async () => {
  services = await startServicesWithJobs();
  ({ functions } = await import('./functions/index.ts'));
});
afterAll(() => services.close());

describe('the jobs on a free plan', () => {
  test('cost a few thousand executions in a month with nobody there', () => {
    const crons = functions.flatMap(({ opts }) =>
      (opts.triggers ?? []).flatMap((trigger) =>
        'cron' in trigger && trigger.cron ? [String(trigger.cron)] : [],
      ),
    );
    const executions = crons.reduce((sum, cron) => sum + ticksOf(cron) * EXECUTIONS_OF_A_RUN, 0);
    expect(crons.length).toBeGreaterThan(0);
    expect(executions).toBeLessThan(10_000);
  });

  test('ask for no more steps at once than it has', () => {
    for (const { opts } of functions) {
      for (const { limit } of [opts.concurrency ?? []].flat() as { limit: number }[]) {
        expect([opts.id, limit <= 5]).toEqual([opts.id, true]);
      }
    }
  });
});

describe('what goes on without anybody asking for it', () => {
  const somebodyIsHere = async () => {
    const { inngest } = await import('./client.ts');
    const { somebodyHere } = await import('./events.ts');
    await inngest.send(somebodyHere.create({}));
  };
  /** Time goes on, half a minute at a step, until the row is as it should be. */
  const until = (sql: string, row: Record<string, unknown>, everyStep: () => unknown = () => undefined) =>
    vi.waitFor(
      async () => {
        await everyStep();
        services.inngest.advance(30_000);
        expect((await services.query(sql))[0]).toEqual(row);
      },
      // A start that is followed at once by another gives way to it.
      { timeout: 15_000, interval: 1000 },
    );

  test('is looked after some seconds after a sign of life, and again while anything is left', async () => {
    const { id: userId } = await services.signUp('student');
    await services.query(
      `insert into public.presence (user_id, is_online, last_seen) values ($1, true, now() - interval '4 minutes')`,
      [userId],
    );
    await services.query(`
      with started as (insert into public.thread (user_id) select user_id from public.presence returning id, user_id)
      insert into public.message (thread_id, user_id, role, status, heartbeat_at)
      select id, user_id, 'assistant', 'streaming', now() - interval '1 minute' from started`);
    await until('select status from public.message', { status: 'error' }, somebodyIsHere);
    expect(await services.query('select is_online from public.presence')).toEqual([{ is_online: true }]);

    // Nobody says anything more: the watch goes on by itself.
    await services.query(`update public.presence set last_seen = now() - interval '6 minutes'`);
    await until('select is_online from public.presence', { is_online: false });
    expect(await services.query(`select public.sweep() ->> 'again' as again`)).toEqual([{ again: null }]);
  });

  test('a conversation that was deleted goes for good, and the files given in it', async () => {
    const { id } = await services.signUp('forgetful');
    const file = `${id}/attachment/a/original.pdf`;
    await services.query(
      `with gone as (
         insert into public.thread (user_id, deleted_at) values ($1, now() - interval '2 hours') returning id
       ), given as (
         insert into storage.objects (bucket_id, name, created_at) values ('chat-uploads', $2, now() - interval '2 hours')
       )
       insert into public.attachment (user_id, thread_id, file_name, file_path, mime_type, size_bytes)
       select $1, id, 'a.pdf', $2, 'application/pdf', 1 from gone`,
      [id, file],
    );
    const left = `select (select count(*) from public.thread where deleted_at is not null)::int as threads,
      (select count(*) from storage.objects where bucket_id = 'chat-uploads')::int as files`;
    await until(left, { threads: 0, files: 0 }, somebodyIsHere);
  });
});
