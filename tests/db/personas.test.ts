import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addChunksInBulk, addDocument, errorCodeOf, type Fixture, openFixture } from './fixture.ts';

/**
 * Every table, tried by its owner, a stranger, somebody not signed in, and the service. `verbs` is what a student may do
 * with rows of their own: select, insert, update, delete. `insert` makes a row of student $1; `change` is a harmless
 * assignment that the owner may make where updates are allowed.
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
  const table: Record<string, Sample> = {
    profile: {
      verbs: 'siud',
      insert: `profile (user_id, display_name) values ($1, 'A')`,
      change: `display_name = 'B'`,
    },
    doc_source: {
      verbs: 'siud',
      insert: `doc_source (user_id, title) values ($1, 'A')`,
      change: `title = 'B'`,
    },
    doc_page: {
      verbs: 's',
      insert: `doc_page (user_id, doc_id, page, content, char_start, char_end) values ($1, '${ids.doc}', 9001, 'a', 0, 1)`,
      change: `content = 'b'`,
    },
    doc_chunk: {
      verbs: 's',
      insert: `doc_chunk (user_id, doc_id, ord, content) values ($1, '${ids.doc}', 9001, 'a')`,
      change: `content = 'b'`,
    },
    chunk_lex: {
      verbs: 's',
      insert: `chunk_lex (user_id, doc_id, chunk_id, weights) values ($1, '${ids.doc}', ${ids.chunk}, '{5:1}/1000000000')`,
      change: `weights = '{6:1}/1000000000'`,
    },
    lex_df: { verbs: 's', insert: `lex_df (user_id, term, df) values ($1, 999, 1)`, change: 'df = 7' },
    doc_page_draft: {
      verbs: '',
      insert: `doc_page_draft (user_id, doc_id, page, content, char_count) values ($1, '${ids.doc}', 1, 'a', 1)`,
      change: `content = 'b'`,
    },
    doc_chunk_draft: {
      verbs: '',
      insert: `doc_chunk_draft (user_id, doc_id, ord, content, char_start, char_end, content_hash, token_count, lex_weights)
        values ($1, '${ids.doc}', 1, 'a', 0, 1, '', 1, '{5:1}/1000000000')`,
      change: `content = 'b'`,
    },
    doc_embedding_draft: {
      verbs: '',
      insert: `doc_embedding_draft (user_id, doc_id, ord, embedding)
        values ($1, '${ids.doc}', 1, array_fill(0.5::real, array[1536])::extensions.vector)`,
      change: 'ord = 2',
    },
    thread: { verbs: 'siud', insert: 'thread (user_id) values ($1)', change: `title = 'B'` },
    message: {
      verbs: 'siud',
      insert: `message (user_id, thread_id, role) values ($1, '${ids.thread}', 'user')`,
      change: `parts = '[{"type":"text","text":"b"}]'`,
    },
    attachment: {
      verbs: 'sid',
      insert: `attachment (user_id, thread_id, file_name, file_path, mime_type, size_bytes)
        values ($1, '${ids.thread}', 'a.pdf', $1::uuid || '/attachment/a.pdf', 'application/pdf', 1)`,
      change: `file_name = 'b'`,
    },
    agent_memory: {
      verbs: 'siud',
      insert: `agent_memory (user_id, scope, key, value) values ($1, 'long', gen_random_uuid()::text, '"a"')`,
      change: `value = '"b"'`,
    },
    persona: {
      verbs: 'siud',
      insert: `persona (user_id, name, instructions) values ($1, gen_random_uuid()::text, 'a')`,
      change: `instructions = 'b'`,
    },
    agent_telemetry: {
      verbs: 'si',
      insert: `agent_telemetry (user_id, trace_id, event_type) values ($1, 't', 'llm_call')`,
      change: 'cost_usd = 0',
    },
    agent_task: {
      verbs: 'sid',
      insert: `agent_task (user_id, kind) values ($1, 'export')`,
      change: `status = 'done'`,
    },
    quiz: {
      verbs: 'sid',
      insert: `quiz (user_id, topic, items) values ($1, 'a', '[{}]')`,
      change: `topic = 'b'`,
    },
    quiz_attempt: {
      verbs: 'siud',
      insert: `quiz_attempt (user_id, quiz_id) values ($1, '${ids.quiz}')`,
      change: `answers = '[]'`,
    },
    quiz_item_report: {
      verbs: 'sid',
      insert: `quiz_item_report (user_id, quiz_id, item_id) values ($1, '${ids.quiz}', gen_random_uuid()::text)`,
      change: `reason = 'b'`,
    },
    deck: {
      verbs: 'siud',
      insert: `deck (user_id, name) values ($1, gen_random_uuid()::text)`,
      change: 'desired_retention = 0.85',
    },
    flashcard: {
      verbs: 'siud',
      insert: `flashcard (user_id, front, back) values ($1, 'a', 'b')`,
      change: `back = 'c'`,
    },
    // A review can be marked as taken back, and nothing else about it changes.
    review_log: {
      verbs: 'siu',
      insert: `review_log (user_id, card_id, rating, state, due, stability, difficulty, scheduled_days)
        values ($1, '${ids.card}', 3, 0, now(), 1, 1, 1)`,
      change: 'undone_at = now()',
    },
    study_plan: {
      verbs: 'siud',
      insert: `study_plan (user_id, title, time_per_day_min, days_per_week) values ($1, 'a', 30, 5)`,
      change: `title = 'b'`,
    },
    belief_contest: {
      verbs: 'siud',
      insert: `belief_contest (user_id, topic_key, topic) values ($1, gen_random_uuid()::text, 'a')`,
      change: `topic = 'b'`,
    },
    learning_profile: {
      verbs: 'siud',
      insert: 'learning_profile (user_id) values ($1)',
      change: `strengths = '{a}'`,
    },
    presence: { verbs: 'siud', insert: 'presence (user_id) values ($1)', change: 'is_online = true' },
    availability_block: {
      verbs: 'siud',
      insert: `availability_block (user_id, dow, start_min, end_min, timezone) values ($1, 1, 60, 120, 'UTC')`,
      change: 'dow = 2',
    },
    match_candidate: {
      verbs: 's',
      insert: `match_candidate (user_id, candidate_user_id, score) values ($1, '${ids.other}', 0.5)`,
      change: 'score = 1',
    },
    block: {
      verbs: 'sid',
      insert: `block (user_id, blocked_user_id) values ($1, '${ids.blocked}')`,
      change: 'created_at = now()',
    },
    presence_choice: {
      verbs: 'siu',
      insert: 'presence_choice (user_id) values ($1) on conflict do nothing',
      change: 'is_hidden = true',
    },
    presence_notice: {
      verbs: 's',
      insert: 'presence_notice (user_id) values ($1) on conflict do nothing',
      change: 'changed_at = now()',
    },
    presence_hour: {
      verbs: 's',
      insert: `presence_hour (user_id, hour_of_week, first_week, last_week)
        values ($1, 100, current_date, current_date) on conflict do nothing`,
      change: 'weeks = 8',
    },
    report: {
      verbs: 'si',
      insert: `report (user_id, reported_user_id, reason) values ($1, '${ids.other}', 'spam')`,
      change: `note = 'b'`,
    },
    // Written by send_nudge alone, and changed by its receiver; a reminder to oneself stands for both sides here.
    nudge: {
      verbs: 'sud',
      insert: `nudge (user_id, to_user_id, nudge_type, message) values ($1, $1, 'reminder', 'a')`,
      change: `status = 'read'`,
    },
    nudge_seen: {
      verbs: 'si',
      insert: `nudge_seen (user_id, nudge_id) values ($1, '${ids.nudge}')`,
      change: 'nudge_id = nudge_id',
    },
    quota: {
      verbs: 's',
      insert: `quota (user_id, kind) values ($1, gen_random_uuid()::text)`,
      change: 'used = 0',
    },
    audit_log: { verbs: 's', insert: `audit_log (user_id, action) values ($1, 'a')`, change: `action = 'b'` },
    // Seats, hosts and the order of messages depend on each other: functions write them.
    room: { verbs: 's', insert: 'room (user_id) values ($1)', change: `title = 'B'` },
    room_member: {
      verbs: 's',
      insert: `room_member (user_id, room_id) values ($1, '${ids.room}')`,
      change: `goal = 'b'`,
    },
    room_message: {
      verbs: 's',
      insert: `room_message (user_id, room_id, seq, client_id, body)
        values ($1, '${ids.room}', 9001, gen_random_uuid(), 'a')`,
      change: `body = 'b'`,
    },
    share_link: {
      verbs: 'siud',
      insert: `share_link (user_id, kind, token_hash, snapshot)
        values ($1, 'quiz', encode(extensions.digest(gen_random_uuid()::text, 'sha256'), 'hex'), '{}')`,
      change: 'revoked_at = now()',
    },
  };
  return table;
}

/** Written by a trigger alone, so not even the service may insert. */
const WRITTEN_BY_TRIGGER = new Set(['lex_df']);

describe('rows of one student', () => {
  let db: Fixture;
  let tables: Record<string, Sample>;

  beforeAll(async () => {
    db = await openFixture();
    const make = async (sql: string) => {
      const [row] = await db.query<{ id: string }>(`insert into public.${sql} returning id::text`, [
        db.owner,
      ]);
      if (!row) throw new Error(`Nothing was inserted by ${sql}`);
      return row.id;
    };
    const doc = await addDocument(db.query, { userId: db.owner });
    const other = (await db.createUser()).id;
    const [room] = await db.query<{ id: string }>(
      'insert into public.room (user_id) values ($1) returning id',
      [other],
    );
    const ids = {
      doc,
      chunk: await make(`doc_chunk (user_id, doc_id, ord, content) values ($1, '${doc}', 1, 'a')`),
      thread: await make('thread (user_id) values ($1)'),
      quiz: await make(`quiz (user_id, topic, items) values ($1, 'a', '[{}]')`),
      card: await make(`flashcard (user_id, front, back) values ($1, 'a', 'b')`),
      other,
      room: room?.id ?? '',
      nudge: await make(`nudge (user_id, to_user_id, nudge_type, message) values ($1, $1, 'reminder', 'a')`),
      blocked: (await db.createUser()).id,
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
  afterAll(() => db.close());

  test('are tried here for every table there is', async () => {
    const found = await db.query<{ name: string }>(`select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`);
    expect(Object.keys(tables).sort()).toEqual(found.map(({ name }) => name).sort());
  });

  test('can be made, changed and removed by their owner exactly as far as each table allows', async () => {
    const wrong: string[] = [];
    for (const [table, { verbs, insert, change }] of Object.entries(tables)) {
      const mayDo = async (verb: string, sql: string, params: unknown[] = []) => {
        const code = await errorCodeOf(db, db.owner, sql, params);
        const expected = verbs.includes(verb) ? null : DENIED;
        if (code !== expected) wrong.push(`${table} ${verb}: ${code}`);
      };
      await mayDo('i', `insert into public.${insert}`, [db.owner]);
      if (!verbs.includes('i') && !WRITTEN_BY_TRIGGER.has(table)) {
        await db.query(`insert into public.${insert}`, [db.owner]);
      }
      await mayDo('s', `select * from public.${table}`);
      await mayDo('u', `update public.${table} set ${change} where user_id = '${db.owner}'`);
    }
    expect(wrong).toEqual([]);
  });

  test('are seen by their owner and by nobody else', async () => {
    const seen: Record<string, unknown> = {};
    for (const table of Object.keys(tables)) {
      if (!tables[table]?.verbs.includes('s')) continue;
      const count = (persona: string) =>
        db.asUser(persona, async (query) => {
          const rows = await query<{ n: number }>(
            `select count(*)::int as n from public.${table} where user_id = $1`,
            [db.owner],
          );
          return rows[0]?.n ?? 0;
        });
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
      expect([table, await errorCodeOf(db, db.stranger, `insert into public.${insert}`, [db.owner])]).toEqual(
        [table, DENIED],
      );
    }
  });

  test('cannot point at another student’s document or conversation, and outlive their own', async () => {
    const card = `insert into public.flashcard (front, back, source_doc_id) values ('a', 'b', $1) returning id`;
    const quiz = `insert into public.quiz (topic, items, thread_id) values ('a', '[{}]', $1) returning id`;
    const doc = await addDocument(db.query, { userId: db.owner });
    const [thread] = await db.asUser(db.owner, (query) =>
      query<{ id: string }>(`insert into public.thread (title) values ('a') returning id`),
    );
    const FOREIGN_KEY_VIOLATION = '23503';
    expect(await errorCodeOf(db, db.stranger, card, [doc])).toBe(FOREIGN_KEY_VIOLATION);
    expect(await errorCodeOf(db, db.stranger, quiz, [thread?.id])).toBe(FOREIGN_KEY_VIOLATION);

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
        expect([sql, await errorCodeOf(db, null, sql)]).toEqual([sql, DENIED]);
      }
      expect(await errorCodeOf(db, null, `insert into public.${insert}`, [db.owner])).toBe(DENIED);
    }
  });

  test('can be removed by their owner where the table allows it', async () => {
    const wrong: string[] = [];
    // Parents last: their removal takes the rest along.
    const parents = ['thread', 'quiz', 'flashcard', 'doc_source'];
    const order = [...Object.keys(tables).filter((table) => !parents.includes(table)), ...parents];
    for (const table of order) {
      const code = await errorCodeOf(db, db.owner, `delete from public.${table} where user_id = $1`, [
        db.owner,
      ]);
      const expected = tables[table]?.verbs.includes('d') ? null : DENIED;
      if (code !== expected) wrong.push(`${table}: ${code}`);
    }
    expect(wrong).toEqual([]);
  });

  test('all go with the account', async () => {
    const { id } = await db.createUser();
    await addChunksInBulk(db.query, { userId: id, count: 5, seed: 1, terms: [1, 2] });
    await db.asUser(id, (query) => query(`select public.begin_turn(null, 'hello', 10)`));
    await db.query('delete from auth.users where id = $1', [id]);
    for (const table of Object.keys(tables)) {
      const [row] = await db.query<{ n: number }>(
        `select count(*)::int as n from public.${table} where user_id = $1`,
        [id],
      );
      expect([table, row?.n]).toEqual([table, 0]);
    }
  });
});
