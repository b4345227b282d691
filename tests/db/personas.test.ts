import { describe, expect, test } from 'vitest';
import { addChunksInBulk, addDocument, suiteFixture } from './fixture.ts';

/** What each table allows its owner, a stranger and nobody signed in is tried in supabase/tests/03_tables.test.sql. */
describe('rows of one student', () => {
  const db = suiteFixture();

  test('cannot point at another student’s document or conversation, and outlive their own', async () => {
    const card = `insert into public.flashcard (front, back, source_doc_id) values ('a', 'b', $1) returning id`;
    const quiz = `select public.create_quiz(jsonb_build_object('topic', 'a', 'items', '[{}]'::jsonb, 'thread_id', $1::text))`;
    const doc = await addDocument(db.query, { userId: db.owner });
    const [thread] = await db.rowsOf<{ id: string }>(
      db.owner,
      `insert into public.thread (title) values ('a') returning id`,
    );
    const FOREIGN_KEY_VIOLATION = '23503';
    expect(await db.codeOf(db.stranger, card, [doc])).toBe(FOREIGN_KEY_VIOLATION);
    expect(await db.codeOf(db.stranger, quiz, [thread?.id])).toBe(FOREIGN_KEY_VIOLATION);

    const left = await db.asUser(db.owner, async (query) => {
      const [own] = await query<{ id: string }>(card, [doc]);
      await query('delete from public.doc_source where id = $1', [doc]);
      return query('select source_doc_id, user_id from public.flashcard where id = $1', [own?.id]);
    });
    expect(left).toEqual([{ source_doc_id: null, user_id: db.owner }]);
  });

  test('all go with the account', async () => {
    const { id } = await db.createUser();
    await addChunksInBulk(db.query, { userId: id, count: 5, seed: 1, terms: [1, 2] });
    await db.rowsOf(id, `select public.begin_turn(null, 'hello', 10)`);
    await db.query('delete from auth.users where id = $1', [id]);
    const tables = await db.query<{ name: string }>(
      `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'user_id'
         and table_name in (select tablename from pg_tables where schemaname = 'public')`,
    );
    expect(tables.length).toBeGreaterThan(30);
    for (const { name } of tables) {
      expect([name, await db.query(`select 1 from public.${name} where user_id = $1`, [id])]).toEqual([
        name,
        [],
      ]);
    }
  });
});
