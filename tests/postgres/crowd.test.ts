import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, openCluster } from './cluster.ts';
import { CROWD, FACTS } from './crowd.ts';

const CALLS_EACH = 2000;
const CONNECTIONS = 32;
const STUDENTS = 12;
/** What a call may end as beside its success: an answer of ours, or what it names was removed a moment before. */
const EXPECTED = /^(PT4\d\d|23503)$/;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await openCluster();
  await cluster.owner.unsafe(await readFile(new URL('./load.sql', import.meta.url), 'utf8'));
  await cluster.owner.unsafe(`
    insert into load.student select n, gen_random_uuid() from generate_series(0, ${STUDENTS - 1}) n;
    insert into auth.users (id, aud, role, email) select id, 'authenticated', 'authenticated', id || '@example.com' from load.student;
    update public.profile set visibility = 'everyone', subjects = '{Biology}';
    insert into public.doc_source (id, user_id, title, file_path)
    select d.id, d.student, 'Notes', d.student || '/' || d.id || '/original.pdf'
    from (select gen_random_uuid() as id, s.id as student from load.student s, generate_series(1, 6)) d;
    insert into storage.objects (bucket_id, name) select 'documents', file_path from public.doc_source;
    insert into public.thread (user_id) select id from load.student, generate_series(1, 4);
    insert into public.room (user_id) select id from load.student limit 6;`);
});
afterAll(() => cluster?.close());

test('every function that writes has its place in the crowd', async () => {
  const writing = await cluster.owner<{ name: string }[]>`
    select distinct proname as name from pg_proc
    where pronamespace = 'public'::regnamespace and provolatile = 'v' and prokind = 'f' and prorettype <> 'trigger'::regtype`;
  const called = Object.values(CROWD).flatMap((room) =>
    Object.keys(room).filter((name) => !name.includes(' ')),
  );
  expect(called.toSorted()).toEqual(writing.map(({ name }) => name).toSorted());
});

type Outcome = { name: string; code: string | null; message: string | null; times: number };

/** Every function two thousand times, and what happens beside them a quarter as often; gives what came of each. */
async function crowd(room: string): Promise<Outcome[]> {
  const cases = Object.entries(CROWD[room] ?? {}).flatMap(([name, call]) => {
    const one = { name, ...(typeof call === 'string' ? { sql: call, isService: false } : call) };
    return name.includes(' ') ? [one] : [one, one, one, one];
  });
  const shuffled = JSON.stringify(cases.toSorted((a, b) => Math.sin(a.sql.length) - Math.sin(b.sql.length)));
  const calls = Math.ceil((cases.length * CALLS_EACH) / 4 / CONNECTIONS);
  const connections = cluster.connections(CONNECTIONS);
  await Promise.all(
    connections.map(async (sql, place) => {
      await sql`set lock_timeout = '8s'`;
      await sql`call load.run(${shuffled}::text::jsonb, ${place * calls}, ${calls})`;
      await sql.end();
    }),
  );
  return await cluster.owner<Outcome[]>`
    select name, code, max(message) as message, count(*)::int as times from load.outcome
    where name = any (${Object.keys(CROWD[room] ?? {})}) group by 1, 2 order by 1, 2`;
}

const timesOf = (outcomes: readonly Outcome[]) => outcomes.reduce((sum, { times }) => sum + times, 0);

test.for(Object.keys(CROWD))('thirty-two connections: %s', async (room) => {
  const outcomes = await crowd(room);
  // A deadlock among them would be an order that does not hold.
  const unexpected = outcomes.filter((one) => one.code !== null && !EXPECTED.test(one.code));
  expect(unexpected).toEqual([]);
  for (const name of Object.keys(CROWD[room] ?? {})) {
    const ofCase = outcomes.filter((outcome) => outcome.name === name);
    const worked = timesOf(ofCase.filter(({ code }) => code === null));
    // A case that never succeeds shows nothing.
    expect({ name, isCalled: timesOf(ofCase) >= CALLS_EACH / 4, isAlive: worked >= 20 }).toEqual({
      name,
      isCalled: true,
      isAlive: true,
    });
  }
  for (const [fact, sql] of Object.entries(FACTS[room] ?? {})) {
    expect([fact, [...(await cluster.owner.unsafe(sql))]]).toEqual([fact, []]);
  }
});
