import { describe, expect, test } from 'vitest';
import { suiteFixture } from './fixture.ts';

/** Tables that only the service may touch: row level security is on, and there is no policy on purpose. */
const SERVICE_ONLY = ['doc_chunk_draft', 'doc_embedding_draft', 'doc_page_draft'];

describe('the catalog', () => {
  const db = suiteFixture();

  const names = async (sql: string) => (await db.query<{ name: string }>(sql)).map(({ name }) => name);

  test('has row level security on every public table', async () => {
    expect(
      await names(`select relname as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`),
    ).toEqual([]);
  });

  test('gives no public object to people who are not signed in', async () => {
    expect(
      await names(`select table_name || '.' || privilege_type as name from information_schema.role_table_grants
        where table_schema = 'public' and grantee in ('anon', 'PUBLIC')
        union all
        select table_name || '.' || column_name from information_schema.column_privileges
        where table_schema = 'public' and grantee in ('anon', 'PUBLIC')
        union all
        select p.oid::regprocedure::text from pg_proc p
        where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
          and has_function_privilege('anon', p.oid, 'execute')`),
    ).toEqual([]);
  });

  test('has exactly one policy for each verb that students are granted, and none for others', async () => {
    const rows = await db.query<{ table: string; verb: string; granted: boolean; policies: number }>(`
      select c.relname as "table", v.verb,
        has_table_privilege('authenticated', c.oid, v.verb)
          or (v.verb in ('INSERT', 'UPDATE') and has_any_column_privilege('authenticated', c.oid, v.verb)) as granted,
        (select count(*)::int from pg_policies p
          where p.schemaname = 'public' and p.tablename = c.relname and p.cmd = v.verb) as policies
      from pg_class c cross join (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) as v(verb)
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`);
    expect(rows.filter(({ granted, policies }) => policies !== (granted ? 1 : 0))).toEqual([]);
    expect(
      rows.filter(({ table, granted }) => granted && SERVICE_ONLY.includes(table)).map(({ table }) => table),
    ).toEqual([]);
  });

  test('has policies for signed-in students only, never for all verbs at once, and checks what is written', async () => {
    expect(
      await names(`select tablename || ': ' || policyname as name from pg_policies
        where schemaname in ('public', 'storage') and (
          roles <> '{authenticated}' or cmd = 'ALL'
          or (cmd in ('INSERT', 'UPDATE') and with_check is null)
          or permissive <> 'PERMISSIVE')
          and not (schemaname = 'storage' and tablename <> 'objects')`),
    ).toEqual([]);
  });

  test('asks for the caller once per statement, not once per row', async () => {
    expect(
      await names(`select tablename || ': ' || policyname as name from pg_policies
        where schemaname = 'public'
          and regexp_replace(coalesce(qual, '') || coalesce(with_check, ''), 'SELECT auth\\.uid\\(\\)', '', 'g')
            like '%auth.uid()%'`),
    ).toEqual([]);
  });

  test('has functions that run as their caller in public, and a fixed search path everywhere', async () => {
    expect(
      await names(`select p.oid::regprocedure::text as name from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prosecdef
        union all
        select p.oid::regprocedure::text from pg_proc p
        where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
          and not coalesce('search_path=""' = any (p.proconfig), false)`),
    ).toEqual([]);
  });

  test('lets students call no more definer functions than those named here', async () => {
    expect(
      await names(`select p.proname as name from pg_proc p
        where p.pronamespace = 'private'::regnamespace and p.prosecdef
          and has_function_privilege('authenticated', p.oid, 'execute') order by 1`),
    ).toEqual([
      'act_in_room',
      'blocked_either_way',
      'can_see',
      'enter_room',
      'habit_of',
      'my_rooms',
      'open_room',
      'people_cards',
      'presence_channels',
      'presence_owner',
      'queue_document',
      'read_room',
      'send_nudge',
      'send_room_message',
      'set_room_timer',
      'students_here',
    ]);
  });

  test('has no function whose text names what is not there', async () => {
    // Some files create a function before the tables it reads, unchecked, so that each entity stands in one file.
    await db.query('set check_function_bodies = on');
    const functions = await db.query<{ name: string; check: string }>(`
      select p.oid::regprocedure::text as name, format('select pg_catalog.%I(%s)', v.proname, p.oid) as check
      from pg_proc p join pg_language l on l.oid = p.prolang join pg_proc v on v.oid = l.lanvalidator
      where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)`);
    expect(functions.length).toBeGreaterThan(100);
    for (const { name, check } of functions) await expect(db.query(check), name).resolves.toHaveLength(1);
  });

  test('has views that respect the rights of who asks', async () => {
    expect(
      await names(`select relname as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'v'
          and not coalesce('security_invoker=true' = any (reloptions), false)`),
    ).toEqual([]);
  });

  test('gives every table an owner that goes with the account', async () => {
    expect(
      await names(`select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not exists (
          select 1 from pg_constraint k
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1] and a.attname = 'user_id' and a.attnotnull
          where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'auth.users'::regclass
            and k.confdeltype = 'c')`),
    ).toEqual([]);
  });

  test('has an index for every foreign key, so that deleting a parent scans no table', async () => {
    expect(
      await names(`select c.relname || '.' || a.attname as name
        from pg_constraint k
        join pg_class c on c.oid = k.conrelid
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
        where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and not exists (
          select 1 from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1])`),
    ).toEqual([]);
  });

  test('keeps the signature of search_chunks that clients were promised', async () => {
    expect(
      await db.query(`select pg_get_function_arguments(oid) as arguments, pg_get_function_result(oid) as result
        from pg_proc where proname = 'search_chunks'`),
    ).toEqual([
      {
        arguments:
          'query_embedding vector, match_threshold double precision, match_count integer, p_user_id uuid',
        result: 'TABLE(doc_id uuid, ord integer, content text, metadata jsonb, similarity double precision)',
      },
    ]);
  });
});
