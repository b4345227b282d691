import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { suiteFixture } from './fixture.ts';

/** Types that are of one size, whatever is written. */
const FIXED = ['uuid', 'boolean', 'date', 'timestamp with time zone'];

const REFUSED = '23514';
const TOO_MANY = 'PT422';

describe('what a student may write past the app', () => {
  const db = suiteFixture();

  test('is bounded in every column', async () => {
    const columns = await db.query<{ name: string; column: string; type: string; checks: string }>(
      `select c.relname || '.' || a.attname as name, a.attname as "column", format_type(a.atttypid, null) as type,
        coalesce((select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k
          where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any (k.conkey)), '') as checks
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and format_type(a.atttypid, null) <> all ($1) and has_column_privilege('authenticated', c.oid, a.attnum, 'INSERT, UPDATE')`,
      [FIXED],
    );
    expect(columns.length).toBeGreaterThan(50);
    const isBounded = ({ column, type, checks }: (typeof columns)[number]) => {
      const oneOf = checks.includes(`(${column} = ANY (ARRAY[`);
      if (type === 'text') {
        const isPattern = new RegExp(String.raw`${column} ~ '\^[^*+]*\$'`).test(checks);
        return oneOf || isPattern || checks.includes(`char_length(${column}) <=`);
      }
      if (type === 'jsonb') return checks.includes(`pg_column_size(${column}) <=`);
      if (type === 'text[]') return checks.includes(`texts_fit(${column},`);
      if (type.endsWith('[]')) return checks.includes(`cardinality(${column}) <=`);
      return new RegExp(String.raw`\(${column} <= `).test(checks);
    };
    expect(columns.filter((column) => !isBounded(column)).map(({ name }) => name)).toEqual([]);
  });

  const MEGABYTES = (count: number) => `repeat('x', ${count * 1_000_000})`;
  test.for([
    [
      'subjects',
      `update public.profile set subjects = array['Biology'] || array_fill(${MEGABYTES(2)}, array[9])`,
    ],
    [
      'a subject of a list in a list',
      `update public.profile set subjects = array_fill('x'::text, array[60, 60])`,
    ],
    ['goals', `update public.profile set goals = array[${MEGABYTES(2)}]`],
    ['preferences', `update public.profile set preferences = jsonb_build_object('a', ${MEGABYTES(1)})`],
    [
      'a remembered fact',
      `insert into public.agent_memory (scope, key, value) values ('long', 'a', to_jsonb(${MEGABYTES(1)}))`,
    ],
    [
      'the weeks of a plan',
      `insert into public.study_plan (title, time_per_day_min, days_per_week, week_blocks)
       values ('a', 30, 5, jsonb_build_array(${MEGABYTES(20)}))`,
    ],
    [
      'the questions of a quiz',
      `select public.create_quiz(jsonb_build_object('topic', 'a', 'items', jsonb_build_array(${MEGABYTES(20)})))`,
    ],
    [
      'a snapshot',
      `with t as (insert into public.thread default values returning id)
       insert into public.share_link (thread_id, title, token_hash, snapshot)
       select id, 'a', repeat('a', 64), jsonb_build_object('a', ${MEGABYTES(20)}) from t`,
    ],
    [
      'a learning profile',
      `select public.save_learning_profile(auth.uid(), '{}', '{}', '{}', jsonb_build_object('a', ${MEGABYTES(32)}), 'm', now())`,
    ],
    [
      'the strengths of a learning profile',
      `select public.save_learning_profile(auth.uid(), array[${MEGABYTES(1)}], '{}', '{}', '{}', 'm', now())`,
    ],
  ])('is refused where it is too large: %s', async ([, sql = '']) => {
    expect(await db.codeOf(db.owner, sql)).toBe(REFUSED);
  });

  test.for([
    ['conversations', 'insert into public.thread (title) select n::text from generate_series(1, 20000) n'],
    [
      'times of the week',
      `insert into public.availability_block (dow, start_min, end_min, timezone)
       select n % 7, n % 1000, n % 1000 + 1, 'UTC' from generate_series(1, 15000) n`,
    ],
    [
      'plans',
      `insert into public.study_plan (title, time_per_day_min, days_per_week, archived_at)
       select 'a', 30, 5, now() from generate_series(1, 201)`,
    ],
    ['decks', 'insert into public.deck (name) select n::text from generate_series(1, 501) n'],
    [
      'tutor styles',
      `insert into public.persona (slug, instructions) select n::text, 'a' from generate_series(1, 51) n`,
    ],
    ['documents', `insert into public.doc_source (title) select n::text from generate_series(1, 2001) n`],
  ])('is refused where it is too many at once: %s', async ([, sql = '']) => {
    expect(await db.codeOf(db.owner, sql)).toBe(TOO_MANY);
  });

  test('is refused one by one when a place is full, and has room again when one is removed', async () => {
    const add = `insert into public.persona (slug, instructions) select 'p' || n, 'a' from generate_series($1::int, $2::int) n`;
    expect(await db.codeOf(db.owner, add, [1, 50])).toBeNull();
    expect(await db.codeOf(db.owner, add, [51, 51])).toBe(TOO_MANY);
    // What others have takes no room.
    expect(await db.codeOf(db.stranger, add, [1, 1])).toBeNull();
    await db.rowsOf(db.owner, `delete from public.persona where slug = 'p7'`);
    expect(await db.codeOf(db.owner, add, [51, 51])).toBeNull();
  });

  test('is 500 messages in a conversation, and the answer to the last', async () => {
    const turn = await db.valueOf<{ threadId: string; assistantMessageId: string }>(
      db.owner,
      `public.begin_turn(null, 'hello')`,
    );
    await db.query(
      `insert into public.message (user_id, thread_id, role) select $1, $2, 'user' from generate_series(3, 500)`,
      [db.owner, turn.threadId],
    );
    await db.valueOf(db.owner, `public.finish_turn($1, '[]', 'done', '{}', 'a', '[]')`, [
      turn.assistantMessageId,
    ]);
    expect(await db.codeOf(db.owner, `select public.begin_turn($1, 'more')`, [turn.threadId])).toBe(TOO_MANY);
  });
});

describe('what is worked out is not a student’s to write', () => {
  const db = suiteFixture();
  const DENIED = '42501';

  test('an answer of the agent: neither a new one nor another text in one that stands', async () => {
    const turn = await db.valueOf<{ threadId: string; assistantMessageId: string }>(
      db.owner,
      `public.begin_turn(null, 'hello')`,
    );
    const forged = `[{"type":"text","text":"forged"}]`;
    const add = `insert into public.message (thread_id, role, status, parts) values ($1, $2, $3, $4)`;
    for (const [role, status, parts] of [
      ['assistant', 'done', forged],
      ['assistant', 'streaming', forged],
      ['assistant', 'done', '[]'],
      ['user', 'done', JSON.stringify([{ type: 'text', text: 'x'.repeat(8_000_000) }])],
    ]) {
      expect(await db.codeOf(db.owner, add, [turn.threadId, role, status, parts])).toBe(DENIED);
    }
    await db.valueOf(db.owner, `public.finish_turn($1, '[]', 'done', '{}', 'a', '[]')`, [
      turn.assistantMessageId,
    ]);
    expect(
      await db.codeOf(db.owner, `update public.message set parts = $1 where id = $2`, [
        forged,
        turn.assistantMessageId,
      ]),
    ).toBe(DENIED);
    // Not even by opening it again: what is done stays as it is.
    const reopen = `update public.message set status = 'streaming' where id = $1 returning id`;
    expect(await db.rowsOf(db.owner, reopen, [turn.assistantMessageId])).toEqual([]);
    expect(
      await db.valueOf(db.owner, `public.save_message($1, $2, 'done', '{}')`, [
        turn.assistantMessageId,
        forged,
      ]),
    ).toBe(false);
  });

  test('a card’s schedule, its history, a learning profile, a match and what was spent', async () => {
    await db.rowsOf(db.owner, `insert into public.flashcard (front, back) values ('a', 'b')`);
    for (const sql of [
      'update public.flashcard set reps = 500',
      'update public.flashcard set stability = 9999',
      `insert into public.flashcard (front, back, state) values ('a', 'b', 2)`,
      `insert into public.review_log (card_id, rating, state, due, stability, difficulty, scheduled_days, reviewed_at)
       select id, 4, 2, now(), 1, 1, 1, '2020-01-01' from public.flashcard`,
      `insert into public.learning_profile (strengths) values ('{Everything}')`,
      `insert into public.match_candidate (candidate_user_id, score) values (gen_random_uuid(), 1)`,
      `insert into public.agent_telemetry (trace_id, event_type, cost_usd) values ('t', 'llm_call', 99999)`,
      `insert into public.quiz (topic, items) values ('a', '[{}]')`,
    ]) {
      expect([sql, await db.codeOf(db.owner, sql)]).toEqual([sql, DENIED]);
    }
    expect(
      await db.codeOf(
        db.owner,
        `select public.save_learning_profile($1, '{}', '{}', '{}', '{}', 'm', now())`,
        [db.stranger],
      ),
    ).toBe(DENIED);
  });

  test('a review is one review: it takes no card further than one step, nor into the future', async () => {
    const [card] = await db.rowsOf<{ id: string }>(
      db.owner,
      `insert into public.flashcard (front, back) values ('c', 'd') returning id`,
    );
    const review = (reps: number, days: number) => [
      JSON.stringify({
        requestId: randomUUID(),
        cardId: card?.id,
        rating: 3,
        reviewedAt: new Date(Date.now() + days * 86_400_000).toISOString(),
        expectedReps: 0,
        expectedLastReview: null,
        next: {
          due: new Date().toISOString(),
          stability: 2,
          difficulty: 5,
          elapsed_days: 0,
          scheduled_days: 1,
          learning_steps: 0,
          reps,
          lapses: 0,
          state: 2,
        },
      }),
    ];
    const sql = 'select public.review_card($1)';
    expect(await db.codeOf(db.owner, sql, review(500, 0))).toBe('PT400');
    expect(await db.codeOf(db.owner, sql, review(1, 30))).toBe('PT400');
    expect(await db.codeOf(db.owner, sql, review(1, 0))).toBeNull();
  });

  test.for<[string, string | number]>([
    ['stability', 'NaN'],
    ['stability', 'Infinity'],
    ['stability', 1e9],
    ['difficulty', 11],
    ['difficulty', -1],
    ['reps', -1],
    ['lapses', 2_000_000_000],
    ['scheduledDays', 1_000_000],
    ['elapsedDays', -1],
    ['due', 'infinity'],
    ['due', '9999-01-01T00:00:00Z'],
    ['lastReview', '0001-01-01T00:00:00Z'],
  ])('a schedule from another program is one that can be: not with %s %s', async ([field, value]) => {
    const now = new Date().toISOString();
    const numbers = {
      stability: 1,
      difficulty: 5,
      elapsedDays: 0,
      scheduledDays: 1,
      learningSteps: 0,
      reps: 1,
      lapses: 0,
      state: 2,
    };
    const card = {
      ...{
        guid: randomUUID(),
        clozeIndex: 1,
        kind: 'basic',
        front: 'a',
        back: 'b',
        deck: 'D',
        suspended: false,
      },
      ...{ ...numbers, due: now, lastReview: now, reviews: [] },
    };
    const add = 'select public.import_flashcards($1::jsonb)';
    expect(await db.codeOf(db.owner, add, [JSON.stringify([{ ...card, [field]: value }])])).toBe(REFUSED);
    expect(await db.codeOf(db.owner, add, [JSON.stringify([card])])).toBeNull();
    if (['due', 'stability', 'difficulty', 'scheduledDays'].includes(field)) {
      const review = {
        rating: 3,
        state: 2,
        due: now,
        stability: 1,
        difficulty: 5,
        scheduledDays: 1,
        reviewedAt: now,
      };
      const met = { ...card, guid: randomUUID(), reviews: [{ ...review, [field]: value }] };
      expect(await db.codeOf(db.owner, add, [JSON.stringify([met])])).toBe(REFUSED);
    }
  });

  test('the bytes of a day are counted whether a document is added by the app or past it', async () => {
    const used = () =>
      db.query<{ used: number }>(`select used::int from public.quota where kind = 'bytes' and user_id = $1`, [
        db.stranger,
      ]);
    await db.rowsOf(
      db.stranger,
      `insert into public.doc_source (title, size_bytes) values ('a', 50000000), ('b', 50000000)`,
    );
    await db.rowsOf(
      db.stranger,
      `select public.add_document('c', 'c.pdf', 'application/pdf', 10000000, 'pdf', null, null, 50)`,
    );
    expect(await used()).toEqual([{ used: 110_000_000 }]);
    const more = `insert into public.doc_source (title, size_bytes) select 'd', 50000000 from generate_series(1, 4)`;
    expect(await db.codeOf(db.stranger, more)).toBe('PT429');
    expect(await used()).toEqual([{ used: 110_000_000 }]);
  });

  test('what was spent comes in rows that one turn can have', async () => {
    const rows = (count: number, cost: number) =>
      JSON.stringify(
        Array.from({ length: count }, () => ({
          trace_id: 't',
          event_type: 'llm_call',
          model: 'm',
          cost_usd: cost,
        })),
      );
    const save = 'select public.save_telemetry($1)';
    expect(await db.codeOf(db.owner, save, [rows(5, 99_999)])).toBe(REFUSED);
    expect(await db.codeOf(db.owner, save, [rows(201, 0)])).toBeNull();
    expect(await db.codeOf(db.owner, save, [rows(2, 0.01)])).toBeNull();
    expect(
      await db.rowsOf(
        db.owner,
        'select count(*)::int as rows, sum(cost_usd)::float as cost from public.agent_telemetry',
      ),
    ).toEqual([{ rows: 2, cost: 0.02 }]);
  });
});

describe('the answers of a quiz', () => {
  const db = suiteFixture();

  test('are told of a question when it was answered, and not before', async () => {
    const choices = ['a', 'b', 'c', 'd'].map((id) => ({
      id,
      text: id,
      why: id === 'b' ? null : `not ${id}`,
    }));
    const items = ['q1', 'q2'].map((id) => ({
      ...{ id, q: 'Why?', choices, answer: 'b', explanation: 'so', source: { quote: 'b it is' } },
    }));
    const quizId = await db.valueOf<string>(
      db.owner,
      `public.create_quiz(jsonb_build_object('topic', 'a', 'items', $1::jsonb))`,
      [JSON.stringify(items)],
    );
    for (const column of ['items', '*']) {
      expect(await db.codeOf(db.owner, `select ${column} from public.quiz`)).toBe('42501');
    }
    const told = async () =>
      (await db.valueOf<{ items: (typeof items)[number][] }>(db.owner, 'public.read_quiz($1)', [quizId]))
        .items;
    const hidden = items.map(({ answer: _answer, explanation: _explanation, source: _source, ...item }) => ({
      ...item,
      choices: choices.map(({ id, text }) => ({ id, text })),
    }));
    expect(await told()).toEqual(hidden);
    const attempt = await db.valueOf<{ id: string }>(db.owner, 'public.start_attempt($1)', [quizId]);
    expect(await told()).toEqual(hidden);
    expect(
      await db.rowsOf(db.owner, 'select * from public.answered_items(array[$1::uuid])', [quizId]),
    ).toEqual([]);
    await db.valueOf(db.owner, `public.answer_question($1, 'q1', 'a')`, [attempt.id]);
    expect(await told()).toEqual([items[0], hidden[1]]);
    expect(
      await db.rowsOf(db.owner, 'select * from public.answered_items(array[$1::uuid])', [quizId]),
    ).toEqual([{ quiz_id: quizId, item: items[0] }]);
    await db.valueOf(db.owner, 'public.finish_attempt($1)', [attempt.id]);
    expect(await told()).toEqual(items);
    expect(
      await db.rowsOf(db.stranger, 'select * from public.answered_items(array[$1::uuid])', [quizId]),
    ).toEqual([]);
  });
});
