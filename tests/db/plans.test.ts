import { beforeEach, describe, expect, test } from 'vitest';
import { addDocument, suiteFixture } from './fixture.ts';

const PLAN = {
  title: 'Psychology',
  goals: ['memory'],
  time_per_day_min: 45,
  days_per_week: 2,
  weekdays: [1, 3],
  starts_on: '2026-11-20',
  ends_on: '2026-12-01',
  deadline: '2026-12-02',
  week_blocks: [
    { week: 1, tasks: [{ id: 't1', kind: 'read', completed: false }] },
    { week: 2, tasks: [{ id: 't2', kind: 'own', completed: false }] },
  ],
  detail: {},
};

describe('a study plan', () => {
  const db = suiteFixture();
  beforeEach(() => db.query('delete from public.study_plan'));

  type Stored = { id: string; version: number; title: string; archived_at: string | null };
  const create = async (persona = db.owner, over: Partial<typeof PLAN> = {}, onlyIfNone = false) => {
    const [row] = await db.rowsOf<Stored>(persona, 'select * from public.create_study_plan($1, $2)', [
      { ...PLAN, ...over },
      onlyIfNone,
    ]);
    if (!row) throw new Error('No plan.');
    return row;
  };
  test('is the only one a student follows; the one before it is kept', async () => {
    const first = await create();
    const second = await create(db.owner, { title: 'Biology', goals: ['cells'] });
    expect(await db.query('select id from public.study_plan where archived_at is null')).toEqual([
      { id: second.id },
    ]);
    expect(await create(db.owner, {}, true)).toMatchObject({ id: second.id });
    expect(
      await db.codeOf(db.owner, 'update public.study_plan set archived_at = null where id = $1', [first.id]),
    ).toBe('23505');
    await db.rowsOf(db.owner, 'select public.activate_study_plan($1)', [first.id]);
    expect(await db.query('select id from public.study_plan where archived_at is null')).toEqual([
      { id: first.id },
    ]);
  });

  test('of one student leaves another’s alone', async () => {
    await create();
    await create(db.stranger);
    expect(await db.query('select id from public.study_plan where archived_at is null')).toHaveLength(2);
  });

  test('is out of a stranger’s reach, and of anybody’s who is not signed in', async () => {
    const { id, version } = await create();
    const calls: [string, unknown[]][] = [
      [`select public.tick_plan_task($1, 't1', true)`, [id]],
      ['select public.save_study_plan($1, $2, $3)', [id, version, PLAN]],
      ['select public.activate_study_plan($1)', [id]],
    ];
    for (const [sql, params] of calls) {
      expect([sql, await db.codeOf(db.stranger, sql, params)]).toEqual([sql, 'PT404']);
      expect([sql, await db.codeOf(null, sql, params)]).toEqual([sql, '42501']);
    }
    expect(await db.codeOf(null, 'select public.create_study_plan($1)', [PLAN])).toBe('42501');
    expect(await db.codeOf(null, 'select public.plan_material()')).toBe('42501');
    expect(await db.codeOf(db.owner, `select public.tick_plan_task($1, 'nobody', true)`, [id])).toBe('PT404');
  });

  test('refuses weekdays that do not exist', async () => {
    expect(
      await db.codeOf(db.owner, 'select public.create_study_plan($1)', [{ ...PLAN, weekdays: [7] }]),
    ).toBe('23514');
  });

  test('is made from the student’s own documents by heading, decks, quizzes and open tasks', async () => {
    const doc = await addDocument(db.query, { userId: db.owner, title: 'Memory', status: 'ready' });
    await addDocument(db.query, { userId: db.owner, title: 'Unread' });
    await addDocument(db.query, { userId: db.stranger, title: 'Foreign', status: 'ready' });
    await db.query(
      `insert into public.doc_chunk (user_id, doc_id, ord, content, heading_path, page_start, page_end, token_count)
       values ($1, $2, 0, 'a', '{Memory,Encoding,Deep,Deeper}', 1, 2, 100),
         ($1, $2, 1, 'b', '{Memory,Encoding,Deep,Other}', 2, 4, 50), ($1, $2, 2, 'c', '{Memory,Storage}', 5, 5, null)`,
      [db.owner, doc],
    );
    await db.query(
      `with d as (insert into public.deck (user_id, name) values ($1, 'Memory') returning id)
       insert into public.flashcard (user_id, front, back, deck_id, proposed)
       select $1, f, 'b', d.id, f = 'waits' from d, unnest(array['kept', 'waits']) as f`,
      [db.owner],
    );
    await db.query(`insert into public.quiz (user_id, topic, items) values ($1, 'Memory', '[{}, {}]')`, [
      db.owner,
    ]);
    await create();
    expect(await db.valueOf(db.owner, 'public.plan_material()')).toMatchObject({
      timezone: 'UTC',
      documents: [
        {
          id: doc,
          title: 'Memory',
          sections: [
            { headingPath: ['Memory', 'Encoding', 'Deep'], page: 1, lastPage: 4, tokens: 150 },
            { headingPath: ['Memory', 'Storage'], page: 5, lastPage: 5, tokens: 0 },
          ],
        },
      ],
      decks: [{ name: 'Memory', cards: 1 }],
      quizzes: [{ topic: 'Memory', questions: 2 }],
      topics: [],
      ownTasks: [{ id: 't2' }],
    });
  });
});
