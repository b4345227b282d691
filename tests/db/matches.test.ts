import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refreshStudent, refreshStudents } from '../../inngest/matches.ts';
import type { DatabaseClient } from '../../lib/db/clients.ts';
import { pruneMatches } from '../../lib/db/queries/matching.ts';
import { type Gateway, startGateway } from '../../local/supabase/gateway.ts';

describe('matches worked out beforehand', () => {
  let gateway: Gateway;
  let service: DatabaseClient;
  beforeAll(async () => {
    gateway = await startGateway({ port: 0 });
    service = createClient(gateway.url, gateway.secretKey, { auth: { persistSession: false } });
  });
  afterAll(() => gateway.close());
  beforeEach(() => gateway.database.query('delete from auth.users'));

  const { query } = { query: (sql: string, params?: unknown[]) => gateway.database.query(sql, params) };
  async function student(
    name: string,
    { visibility = 'everyone', subjects = ['Psychology'] }: { visibility?: string; subjects?: string[] } = {},
  ) {
    const { id } = await gateway.database.createUser({ displayName: name });
    await query('update public.profile set visibility = $2, subjects = $3 where user_id = $1', [
      id,
      visibility,
      subjects,
    ]);
    return id;
  }
  const skill = (userId: string, topics: unknown) =>
    query(
      `insert into public.learning_profile (user_id, analytics) values ($1, $2)
       on conflict (user_id) do update set analytics = excluded.analytics`,
      [userId, { topicBreakdown: topics }],
    );
  const rows = () =>
    query(`select p.display_name || ' → ' || c.display_name as pair, m.score
      from public.match_candidate m
      join public.profile p on p.user_id = m.user_id
      join public.profile c on c.user_id = m.candidate_user_id order by 1`);
  const pairs = async () => (await rows()).map(({ pair }) => pair);

  test('are the same on both sides, and told to each from their own', async () => {
    const maya = await student('Maya');
    const ines = await student('Inês', { subjects: ['Intro to Psychology', 'Biology'] });
    await skill(maya, [{ topic: 'Encoding', average: 0.9, certainty: 0.9 }]);
    await skill(ines, [{ topic: 'encoding', average: 0.3, certainty: 0.8 }]);
    expect(await refreshStudent(service, maya)).toEqual({ matches: 1 });
    const found = await rows();
    expect(found.map(({ pair }) => pair)).toEqual(['Inês → Maya', 'Maya → Inês']);
    expect(found[0]?.score).toBe(found[1]?.score);
    const facets = await query('select facets from public.match_candidate where user_id = $1', [ines]);
    expect(JSON.stringify(facets)).toContain('They can explain encoding to you.');
    // What a student can do is told in words; the numbers behind it stay theirs.
    expect(JSON.stringify(facets)).not.toMatch(/average|certainty|0\.9\b/);
  });

  test('need a subject that both study, and two who let themselves be found', async () => {
    const maya = await student('Maya');
    await student('Stranger', { subjects: ['Law'] });
    await student('Silent', { subjects: [] });
    await student('Hidden', { visibility: 'private' });
    await student('Shy', { visibility: 'matches' });
    await refreshStudent(service, maya);
    expect(await pairs()).toEqual(['Maya → Shy', 'Shy → Maya']);
  });

  test('go on both sides when somebody hides, at once and without a job', async () => {
    const maya = await student('Maya');
    const ines = await student('Inês');
    await student('Tomás');
    await refreshStudents(service, { after: null, size: 10 });
    expect(await pairs()).toHaveLength(6);
    await query(`update public.profile set visibility = 'private' where user_id = $1`, [ines]);
    expect(await pairs()).toEqual(['Maya → Tomás', 'Tomás → Maya']);
    // A job that read her before she hid cannot bring her back.
    expect(await refreshStudent(service, ines)).toEqual({ matches: 0 });
    await refreshStudent(service, maya);
    expect(await pairs()).toEqual(['Maya → Tomás', 'Tomás → Maya']);
  });

  test('go between two who block each other, and do not come back', async () => {
    const maya = await student('Maya');
    const ines = await student('Inês');
    await refreshStudent(service, maya);
    await query('insert into public.block (user_id, blocked_user_id) values ($1, $2)', [ines, maya]);
    expect(await pairs()).toEqual([]);
    await refreshStudent(service, maya);
    await refreshStudents(service, { after: null, size: 10 });
    expect(await pairs()).toEqual([]);
  });

  test('follow a change of subjects on both sides', async () => {
    const maya = await student('Maya');
    await student('Inês');
    await refreshStudent(service, maya);
    await query(`update public.profile set subjects = '{Law}' where user_id = $1`, [maya]);
    await refreshStudent(service, maya);
    expect(await pairs()).toEqual([]);
    await query(`update public.profile set subjects = '{psychology}' where user_id = $1`, [maya]);
    await refreshStudent(service, maya);
    expect(await pairs()).toHaveLength(2);
    await query(`update public.profile set subjects = '{}' where user_id = $1`, [maya]);
    expect(await pruneMatches(service)).toBe(2);
  });

  test('are at most fifty a student, on both sides, also for somebody whom everybody fits', async () => {
    const maya = await student('Maya');
    for (let index = 0; index < 55; index += 1) await student(`P${index}`);
    expect(await refreshStudents(service, { after: null, size: 20 })).toMatchObject({ students: 20 });
    let next: string | null = null;
    do ({ next } = await refreshStudents(service, { after: next, size: 20 }));
    while (next !== null);
    await refreshStudent(service, maya);
    const most = await query(
      'select max(n)::int as most from (select count(*) as n from public.match_candidate group by user_id) c',
    );
    expect(most).toEqual([{ most: 50 }]);
  });

  test('survive whatever a student writes into their own results', async () => {
    const maya = await student('Maya');
    const ines = await student('Inês');
    for (const topics of [
      'nonsense',
      null,
      7,
      [
        1,
        null,
        'a',
        {},
        { topic: 'A', average: 'x', certainty: [] },
        { topic: 'B', average: 9, certainty: 1 },
      ],
    ]) {
      await skill(ines, topics);
      expect(await refreshStudent(service, maya)).toEqual({ matches: 1 });
    }
  });

  test('are out of reach of students: neither read of others, nor written', async () => {
    const maya = await student('Maya');
    const ines = await student('Inês');
    await refreshStudent(service, maya);
    const asInes = (sql: string) => gateway.database.asUser(ines, (run) => run(sql));
    expect(await asInes('select user_id from public.match_candidate')).toEqual([{ user_id: ines }]);
    for (const sql of [
      `select public.store_matches('${ines}', '[]', null)`,
      'select public.matching_students(null, 10)',
      'select public.prune_matches()',
    ]) {
      await expect(asInes(sql)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('the hours a student is here', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({ port: 0 });
  });
  afterAll(() => gateway.close());

  test('are counted once a week and hour, and never from the future', async () => {
    const { id } = await gateway.database.createUser();
    const seen = (at: string, isOnline = true) =>
      gateway.database.query(
        `insert into public.presence (user_id, is_online, last_seen) values ($1, $2, $3)
         on conflict (user_id) do update set is_online = excluded.is_online, last_seen = excluded.last_seen`,
        [id, isOnline, at],
      );
    // Two Sundays at 10, one of them twice, and a Saturday night that nobody was here.
    await seen('2026-11-01T10:05:00Z');
    await seen('2026-11-01T10:35:00Z');
    await seen('2026-11-01T11:00:00Z');
    await seen('2026-11-08T10:00:00Z');
    await seen('2026-11-14T23:00:00Z', false);
    expect(
      await gateway.database.query(
        'select hour_of_week, weeks from public.presence_hour order by hour_of_week',
      ),
    ).toEqual([
      { hour_of_week: 10, weeks: 2 },
      { hour_of_week: 11, weeks: 1 },
    ]);
    await seen('2999-01-01T00:00:00Z');
    const [row] = await gateway.database.query(
      'select last_seen <= clock_timestamp() as past from public.presence where user_id = $1',
      [id],
    );
    expect(row).toEqual({ past: true });
  });
});
