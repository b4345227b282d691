import { describe, expect, test } from 'vitest';
import { suiteFixture } from './fixture.ts';

/** What the catalog promises beside supabase/tests/00_catalog.test.sql, which pgtap.test.ts runs here. */
describe('the catalog', () => {
  const db = suiteFixture();

  const names = async (sql: string) => (await db.query<{ name: string }>(sql)).map(({ name }) => name);

  test('asks for the caller once per statement, not once per row', async () => {
    expect(
      await names(`select tablename || ': ' || policyname as name from pg_policies
        where schemaname = 'public'
          and regexp_replace(coalesce(qual, '') || coalesce(with_check, ''), 'SELECT auth\\.uid\\(\\)', '', 'g')
            like '%auth.uid()%'`),
    ).toEqual([]);
  });

  test('lets students call no more definer functions than those named here', async () => {
    expect(
      await names(`select p.proname as name from pg_proc p
        where p.pronamespace = 'private'::regnamespace and p.prosecdef
          and has_function_privilege('authenticated', p.oid, 'execute') order by 1`),
    ).toEqual([
      'act_in_room',
      'answer_calls',
      'answer_race',
      'blocked_either_way',
      'can_see',
      'change_deck',
      'chat_switch',
      'cost_report',
      'create_quiz',
      'delete_thread',
      'deleted_threads',
      'enter_room',
      'erasure_receipt',
      'habit_of',
      'hold_threads_of_facts',
      'import_flashcards',
      'import_messages',
      'import_notes',
      'import_room',
      'known_request',
      'leave_message',
      'my_rooms',
      'note_act',
      'note_spending',
      'open_room',
      'people_cards',
      'presence_channels',
      'presence_owner',
      'queue_document',
      'quiz_items',
      'read_audit',
      'read_room',
      'refetch_link',
      'replace_document',
      'request_erasure',
      'reread_many',
      'restore_thread',
      'restore_version',
      'review_card',
      'save_learning_profile',
      'save_message',
      'save_note',
      'save_push',
      'schedule_retry',
      'send_nudge',
      'send_room_message',
      'session_is_open',
      'set_room_timer',
      'shared_thread',
      'show_message',
      'start_race',
      'storage_room',
      'students_here',
      'take_quota',
      'threads_saying',
      'turn_chat',
      'undo_review',
      'usage_today',
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

  // PostgreSQL waits for a row that was changed meanwhile even where it was told to skip it.
  test('takes rows in an order also where it passes over those that are held', async () => {
    expect(
      await names(`select p.proname as name from pg_proc p
        where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
          and regexp_count(p.prosrc, 'skip locked') > regexp_count(p.prosrc, 'order by [a-z_., ]+ for (?:no key )?update (?:of m )?skip locked')`),
    ).toEqual([]);
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
      // Some styles of the tutor are everybody's.
    ).toEqual(['persona']);
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
