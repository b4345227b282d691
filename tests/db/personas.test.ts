import { beforeAll, describe, expect, test } from 'vitest';
import { addChunksInBulk, addDocument, suiteFixture } from './fixture.ts';

/**
 * Every table, tried by its owner, a stranger, somebody not signed in, and the service: what a student may do with rows
 * of their own (select, insert, update, delete), what makes a row of student $1, and a harmless assignment that the owner
 * may make where updates are allowed.
 */
type Sample = { verbs: string; insert: string; change: string };

const DENIED = '42501';

function samples(ids: {
  doc: string;
  chunk: string;
  thread: string;
  quiz: string;
  card: string;
  other: string;
  room: string;
  nudge: string;
  blocked: string;
}) {
  const rows: Record<string, readonly [verbs: string, insert: string, change: string]> = {
    profile: ['siud', `(user_id, display_name) values ($1, 'A')`, `display_name = 'B'`],
    doc_source: ['siud', `(user_id, title) values ($1, 'A')`, `title = 'B'`],
    doc_page: [
      's',
      `(user_id, doc_id, page, content, char_start, char_end) values ($1, '${ids.doc}', 9001, 'a', 0, 1)`,
      `content = 'b'`,
    ],
    doc_chunk: ['s', `(user_id, doc_id, ord, content) values ($1, '${ids.doc}', 9001, 'a')`, `content = 'b'`],
    chunk_lex: [
      's',
      `(user_id, doc_id, chunk_id, weights) values ($1, '${ids.doc}', ${ids.chunk}, '{5:1}/1000000000')`,
      `weights = '{6:1}/1000000000'`,
    ],
    lex_df: ['s', `(user_id, term, df) values ($1, 999, 1)`, 'df = 7'],
    doc_page_draft: [
      '',
      `(user_id, doc_id, page, content, char_count) values ($1, '${ids.doc}', 1, 'a', 1)`,
      `content = 'b'`,
    ],
    doc_chunk_draft: [
      '',
      `(user_id, doc_id, ord, content, char_start, char_end, content_hash, token_count, lex_weights) values ($1, '${ids.doc}', 1, 'a', 0, 1, '', 1, '{5:1}/1000000000')`,
      `content = 'b'`,
    ],
    doc_embedding_draft: [
      '',
      `(user_id, doc_id, ord, embedding) values ($1, '${ids.doc}', 1, array_fill(0.5::real, array[1536])::extensions.vector)`,
      'ord = 2',
    ],
    thread: ['siud', '(user_id) values ($1)', `title = 'B'`],
    message: [
      'siud',
      `(user_id, thread_id, role) values ($1, '${ids.thread}', 'user')`,
      `status = 'stopped'`,
    ],
    attachment: [
      'sid',
      `(user_id, thread_id, file_name, file_path, mime_type, size_bytes) values ($1, '${ids.thread}', 'a.pdf', $1::uuid || '/attachment/a.pdf', 'application/pdf', 1)`,
      `file_name = 'b'`,
    ],
    agent_memory: [
      'siud',
      `(user_id, scope, key, value) values ($1, 'long', gen_random_uuid()::text, '"a"')`,
      `value = '"b"'`,
    ],
    persona: [
      'siud',
      `(user_id, name, instructions) values ($1, gen_random_uuid()::text, 'a')`,
      `instructions = 'b'`,
    ],
    agent_telemetry: ['s', `(user_id, trace_id, event_type) values ($1, 't', 'llm_call')`, 'cost_usd = 0'],
    agent_task: ['sid', `(user_id, kind) values ($1, 'export')`, `status = 'done'`],
    quiz: ['sd', `(user_id, topic, items) values ($1, 'a', '[{}]')`, `topic = 'b'`],
    quiz_attempt: ['siud', `(user_id, quiz_id) values ($1, '${ids.quiz}')`, `answers = '[]'`],
    quiz_item_report: [
      'sid',
      `(user_id, quiz_id, item_id) values ($1, '${ids.quiz}', gen_random_uuid()::text)`,
      `reason = 'b'`,
    ],
    deck: ['siud', `(user_id, name) values ($1, gen_random_uuid()::text)`, 'desired_retention = 0.85'],
    flashcard: ['siud', `(user_id, front, back) values ($1, 'a', 'b')`, `back = 'c'`],
    review_log: [
      's',
      `(user_id, card_id, rating, state, due, stability, difficulty, scheduled_days) values ($1, '${ids.card}', 3, 0, now(), 1, 1, 1)`,
      'undone_at = now()',
    ],
    study_plan: [
      'siud',
      `(user_id, title, time_per_day_min, days_per_week) values ($1, 'a', 30, 5)`,
      `title = 'b'`,
    ],
    belief_contest: [
      'siud',
      `(user_id, topic_key, topic) values ($1, gen_random_uuid()::text, 'a')`,
      `topic = 'b'`,
    ],
    learning_profile: ['s', '(user_id) values ($1)', `strengths = '{a}'`],
    presence: ['siud', '(user_id) values ($1)', 'is_online = true'],
    availability_block: [
      'siud',
      `(user_id, dow, start_min, end_min, timezone) values ($1, 1, 60, 120, 'UTC')`,
      'dow = 2',
    ],
    match_candidate: [
      's',
      `(user_id, candidate_user_id, score) values ($1, '${ids.other}', 0.5)`,
      'score = 1',
    ],
    block: ['sid', `(user_id, blocked_user_id) values ($1, '${ids.blocked}')`, 'created_at = now()'],
    presence_choice: ['siu', '(user_id) values ($1) on conflict do nothing', 'is_hidden = true'],
    presence_notice: ['s', '(user_id) values ($1) on conflict do nothing', 'changed_at = now()'],
    presence_hour: [
      's',
      `(user_id, hour_of_week, first_week, last_week) values ($1, 100, current_date, current_date) on conflict do nothing`,
      'weeks = 8',
    ],
    report: ['si', `(user_id, reported_user_id, reason) values ($1, '${ids.other}', 'spam')`, `note = 'b'`],
    // Written by send_nudge alone, and changed by its receiver; a reminder to oneself stands for both sides here.
    nudge: [
      'sud',
      `(user_id, to_user_id, nudge_type, message) values ($1, $1, 'reminder', 'a')`,
      `status = 'read'`,
    ],
    nudge_seen: ['si', `(user_id, nudge_id) values ($1, '${ids.nudge}')`, 'nudge_id = nudge_id'],
    quota: ['s', `(user_id, kind) values ($1, gen_random_uuid()::text)`, 'used = 0'],
    audit_log: ['s', `(user_id, action) values ($1, 'a')`, `action = 'b'`],
    // Seats, hosts and the order of messages depend on each other: functions write them.
    room: ['s', '(user_id) values ($1)', `title = 'B'`],
    room_member: ['s', `(user_id, room_id) values ($1, '${ids.room}')`, `goal = 'b'`],
    room_message: [
      's',
      `(user_id, room_id, seq, client_id, body) values ($1, '${ids.room}', 9001, gen_random_uuid(), 'a')`,
      `body = 'b'`,
    ],
    share_link: [
      'siud',
      `(user_id, kind, token_hash, snapshot) values ($1, 'quiz', encode(extensions.digest(gen_random_uuid()::text, 'sha256'), 'hex'), '{}')`,
      'revoked_at = now()',
    ],
  };
  return Object.fromEntries(
    Object.entries(rows).map(([table, [verbs, insert, change]]) => [
      table,
      { verbs, insert: `public.${table} ${insert}`, change } satisfies Sample,
    ]),
  );
}

/** Written by a trigger alone, so not even the service may insert. */
const WRITTEN_BY_TRIGGER = new Set(['lex_df']);

describe('rows of one student', () => {
  const db = suiteFixture();
  let tables: Record<string, Sample>;
  const countOf = (persona: string, table: string, userId: string) =>
    db.valueOf<number>(persona, `(select count(*)::int from public.${table} where user_id = $1)`, [userId]);

  beforeAll(async () => {
    const make = async (sql: string, userId = db.owner) =>
      (await db.rowOf<{ id: string }>(`insert into public.${sql} returning id::text`, [userId])).id;
    const doc = await addDocument(db.query, { userId: db.owner });
    const other = await db.newStudent();
    const ids = {
      doc,
      chunk: await make(`doc_chunk (user_id, doc_id, ord, content) values ($1, '${doc}', 1, 'a')`),
      thread: await make('thread (user_id) values ($1)'),
      quiz: await make(`quiz (user_id, topic, items) values ($1, 'a', '[{}]')`),
      card: await make(`flashcard (user_id, front, back) values ($1, 'a', 'b')`),
      other,
      room: await make('room (user_id) values ($1)', other),
      nudge: await make(`nudge (user_id, to_user_id, nudge_type, message) values ($1, $1, 'reminder', 'a')`),
      blocked: await db.newStudent(),
    };
    tables = samples(ids);
    // Two who let themselves be seen: who may not be seen can be neither matched, blocked nor reported.
    await db.query(`update public.profile set visibility = 'everyone' where user_id in ($1, $2)`, [
      ids.other,
      ids.blocked,
    ]);
    // Made with the account; the owner makes it anew below.
    await db.query('delete from public.profile where user_id = $1', [db.owner]);
  });

  test('are tried here for every table there is', async () => {
    const found = await db.query<{ name: string }>(`select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`);
    expect(Object.keys(tables).sort()).toEqual(found.map(({ name }) => name).sort());
  });

  test('can be made, changed and removed by their owner exactly as far as each table allows', async () => {
    const wrong: string[] = [];
    for (const [table, { verbs, insert, change }] of Object.entries(tables)) {
      const mayDo = async (verb: string, sql: string, params: unknown[] = []) => {
        const code = await db.codeOf(db.owner, sql, params);
        const expected = verbs.includes(verb) ? null : DENIED;
        if (code !== expected) wrong.push(`${table} ${verb}: ${code}`);
      };
      await mayDo('i', `insert into ${insert}`, [db.owner]);
      if (!verbs.includes('i') && !WRITTEN_BY_TRIGGER.has(table)) {
        await db.query(`insert into ${insert}`, [db.owner]);
      }
      await mayDo('s', `select user_id from public.${table}`);
      await mayDo('u', `update public.${table} set ${change} where user_id = '${db.owner}'`);
    }
    expect(wrong).toEqual([]);
  });

  test('are seen by their owner and by nobody else', async () => {
    const seen: Record<string, unknown> = {};
    for (const table of Object.keys(tables)) {
      if (!tables[table]?.verbs.includes('s')) continue;
      const count = (persona: string) => countOf(persona, table, db.owner);
      const [own, foreign, service] = [
        await count(db.owner),
        await count(db.stranger),
        await count('service'),
      ];
      if (own === 0 || foreign !== 0 || service < own) seen[table] = { own, foreign, service };
    }
    expect(seen).toEqual({});
  });

  test('cannot be made in another student’s name', async () => {
    for (const [table, { insert }] of Object.entries(tables)) {
      expect([table, await db.codeOf(db.stranger, `insert into ${insert}`, [db.owner])]).toEqual([
        table,
        DENIED,
      ]);
    }
  });

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

  test('cannot be changed or removed by a stranger', async () => {
    for (const [table, { verbs, change }] of Object.entries(tables)) {
      for (const [verb, sql] of [
        ['u', `update public.${table} set ${change} where user_id = $1 returning 1`],
        ['d', `delete from public.${table} where user_id = $1 returning 1`],
      ] as const) {
        const touched = await db
          .asUser(db.stranger, (query) => query(sql, [db.owner]))
          .then(
            (rows) => rows.length,
            (error: { code?: string }) => error.code,
          );
        expect([table, verb, touched]).toEqual([
          table,
          verb,
          verbs.includes(verb) && verbs.includes('s') ? 0 : DENIED,
        ]);
      }
    }
  });

  test('are out of reach of anybody who is not signed in', async () => {
    for (const [table, { insert, change }] of Object.entries(tables)) {
      for (const sql of [
        `select 1 from public.${table}`,
        `update public.${table} set ${change}`,
        `delete from public.${table}`,
      ]) {
        expect([sql, await db.codeOf(null, sql)]).toEqual([sql, DENIED]);
      }
      expect(await db.codeOf(null, `insert into ${insert}`, [db.owner])).toBe(DENIED);
    }
  });

  test('can be removed by their owner where the table allows it', async () => {
    const wrong: string[] = [];
    // Parents last: their removal takes the rest along.
    const parents = ['thread', 'quiz', 'flashcard', 'doc_source'];
    const order = [...Object.keys(tables).filter((table) => !parents.includes(table)), ...parents];
    for (const table of order) {
      const code = await db.codeOf(db.owner, `delete from public.${table} where user_id = $1`, [db.owner]);
      const expected = tables[table]?.verbs.includes('d') ? null : DENIED;
      if (code !== expected) wrong.push(`${table}: ${code}`);
    }
    expect(wrong).toEqual([]);
  });

  test('all go with the account', async () => {
    const { id } = await db.createUser();
    await addChunksInBulk(db.query, { userId: id, count: 5, seed: 1, terms: [1, 2] });
    await db.rowsOf(id, `select public.begin_turn(null, 'hello', 10)`);
    await db.query('delete from auth.users where id = $1', [id]);
    for (const table of Object.keys(tables)) {
      expect([table, await countOf('service', table, id)]).toEqual([table, 0]);
    }
  });
});
