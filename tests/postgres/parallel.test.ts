import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vectorText, weightsText } from '../db/fixture.ts';
import { type Cluster, openCluster, type Sql } from './cluster.ts';

/** Everything of what a run of parallel calls can end as: how many succeeded, and the SQLSTATE of each that did not. */
async function outcomesOf(calls: readonly Promise<unknown>[]) {
  const settled = await Promise.allSettled(calls);
  const failures = settled.flatMap((call) =>
    call.status === 'rejected' ? [String(call.reason?.code ?? call.reason)] : [],
  );
  return { done: settled.length - failures.length, failures };
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('thirty connections at once', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await openCluster();
  });
  afterAll(() => cluster?.close());

  async function student(subjects: readonly string[] = ['Biology']) {
    const id = randomUUID();
    await cluster.owner`insert into auth.users (id, aud, role, email) values (${id}, 'authenticated', 'authenticated', ${`${id}@example.com`})`;
    await cluster.owner`update public.profile set visibility = 'everyone', subjects = ${subjects as string[]} where user_id = ${id}`;
    return id;
  }

  test('a question that arrives forty times with one id is one question', async () => {
    const [id, requestId] = [await student(), randomUUID()];
    const ask = (sql: Sql) => sql<{ turn: { threadId: string } }[]>`
      select public.begin_turn(null, 'Once?', 10, ${requestId}) as turn`;
    const turns = await Promise.all(times(40, () => cluster.asUser(id, ask)));
    expect(new Set(turns.map(([row]) => row?.turn.threadId)).size).toBe(1);
    expect(turns.filter(([row]) => row && !('repeats' in row.turn))).toHaveLength(1);
    const [row] = await cluster.owner`
      select count(*)::int as messages, count(distinct thread_id)::int as threads,
        (select count(*)::int from public.thread where user_id = ${id}) as all_threads
      from public.message where user_id = ${id}`;
    expect(row).toEqual({ messages: 2, threads: 1, all_threads: 1 });
  });

  test.each([1, 3])(
    'of fifty turns at the end of a day of tokens those that fit pass: %i',
    async (fitting) => {
      const id = await student();
      await cluster.owner`insert into public.quota (user_id, kind, used) values (${id}, 'tokens', ${200_000 - 8_000 * fitting + 7_999})`;
      const ask = (sql: Sql) => sql`select public.begin_turn(null, 'The last?')`;
      const { done, failures } = await outcomesOf(times(50, () => cluster.asUser(id, ask)));
      expect(done).toBe(fitting);
      expect(failures).toEqual(Array(50 - fitting).fill('PT429'));
      const [row] = await cluster.owner`
      select (select count(*)::int from public.thread where user_id = ${id}) as threads,
        (select used::int from public.quota where user_id = ${id} and kind = 'tokens') as used`;
      expect(row).toEqual({ threads: fitting, used: 207_999 });
    },
  );

  test('of many files at once no more are announced than there is room for', async () => {
    const id = await student();
    await cluster.owner`insert into storage.objects (bucket_id, name, metadata) values
      ('documents', ${`${id}/a/original.pdf`}, '{"size": 514288000}'::jsonb)`;
    const add = (sql: Sql) => sql`
      select public.add_document('Notes', 'a.pdf', 'application/pdf', 4000000, 'pdf', null, null, 40)`;
    const { done, failures } = await outcomesOf(times(20, () => cluster.asUser(id, add)));
    expect([done, new Set(failures)]).toEqual([2, new Set(['PT422'])]);
  });

  test('of one copy of all that a student has, asked for twenty times at once, one is begun', async () => {
    const [id, other] = [await student(), await student()];
    const begin = (sql: Sql) => sql`insert into public.agent_task (kind) values ('account_export')`;
    const { done, failures } = await outcomesOf(times(20, () => cluster.asUser(id, begin)));
    expect([done, failures]).toEqual([1, Array(19).fill('23505')]);
    await cluster.asUser(other, begin);
    await cluster.owner`update public.agent_task set status = 'done' where user_id = ${id}`;
    await cluster.asUser(id, begin);
  });

  test('two tabs that save the same week leave one week', async () => {
    const week = JSON.stringify(
      times(7, (dow) => ({ dow, startMin: 600, endMin: 720, timezone: 'Europe/Berlin' })),
    );
    for (let round = 0; round < 10; round += 1) {
      const id = await student();
      const save = (sql: Sql) => sql`select public.replace_availability(${week}::text::jsonb)`;
      const { failures } = await outcomesOf(times(6, () => cluster.asUser(id, save)));
      expect(failures).toEqual([]);
      const [row] =
        await cluster.owner`select count(*)::int as count from public.availability_block where user_id = ${id}`;
      expect(row?.count).toBe(7);
    }
  });

  test('two devices that send the same cards in opposite order store every review once', async () => {
    const id = await student();
    const cards = await cluster.asUser(id, async (sql) => {
      const [deck] = await sql`insert into public.deck (name) values ('Cells') returning id`;
      return await sql<{ id: string }[]>`
        insert into public.flashcard (deck_id, front, back, proposed)
        select ${deck?.id}, 'front ' || n, 'back', false from generate_series(1, 30) n returning id`;
    });
    const now = new Date().toISOString();
    const review = (cardId: string) => ({
      requestId: randomUUID(),
      cardId,
      rating: 3,
      reviewedAt: now,
      durationMs: 1000,
      expectedReps: 0,
      expectedLastReview: null,
      next: {
        due: now,
        stability: 2,
        difficulty: 5,
        elapsed_days: 0,
        scheduled_days: 1,
        learning_steps: 0,
        reps: 1,
        lapses: 0,
        state: 2,
        last_review: now,
      },
    });
    const forward = cards.map((card) => review(card.id));
    const backward = cards.toReversed().map((card) => review(card.id));
    const send = (reviews: object[]) =>
      cluster.asUser(id, (sql) => sql`select public.review_cards(${JSON.stringify(reviews)}::text::jsonb)`);
    const { failures } = await outcomesOf(times(12, (n) => send(n % 2 === 0 ? forward : backward)));
    expect(failures).toEqual([]);
    const [row] =
      await cluster.owner`select count(*)::int as count from public.review_log where user_id = ${id}`;
    expect(row?.count).toBe(30);
  });

  test('requests that each would just fit into what a student may keep do not all find room', async () => {
    const id = await student();
    const add = (sql: Sql) =>
      sql`insert into public.thread (title) select n::text from generate_series(1, 3000) n`;
    const { done, failures } = await outcomesOf(times(10, () => cluster.asUser(id, add)));
    expect([done, new Set(failures)]).toEqual([3, new Set(['PT422'])]);
  });

  test('messages of many to one student, and readings of one, never exceed the day', async () => {
    const receiver = await student();
    const senders = await Promise.all(times(6, () => student()));
    const send = (from: string, n: number) =>
      cluster.asUser(
        from,
        (sql) => sql`select public.send_nudge(${receiver}, 'study_invite', ${`Message ${n}`})`,
      );
    const { done, failures } = await outcomesOf(senders.flatMap((from) => times(5, (n) => send(from, n))));
    expect([done, new Set(failures)]).toEqual([20, new Set(['PT429'])]);
  });

  test('jobs that rank students who fit each other never wait for each other in a circle', async () => {
    const ids = await Promise.all(times(24, () => student()));
    const rank = (id: string) => {
      const others = ids.filter((other) => other !== id);
      const rows = JSON.stringify(others.map((userId) => ({ userId, score: 0.5, facets: [] })));
      return cluster.asUser(
        'service',
        (sql) => sql`select public.store_matches(${id}, ${rows}::text::jsonb, ${rows}::text::jsonb)`,
      );
    };
    const { failures } = await outcomesOf(times(120, (n) => rank(ids[n % ids.length] ?? '')));
    expect(failures).toEqual([]);
    const [row] = await cluster.owner`select count(*)::int as count from public.match_candidate`;
    expect(row?.count).toBe(24 * 23);
  });

  test('a student who is just hiding is named to nobody by a ranking that runs meanwhile', async () => {
    const [hiding, other] = [await student(), await student()];
    const row = (userId: string) => JSON.stringify([{ userId, score: 0.9, facets: [] }]);
    let ranking: Promise<unknown> = Promise.resolve();
    await cluster.asUser(hiding, async (sql) => {
      await sql`update public.profile set visibility = 'private' where user_id = ${hiding}`;
      ranking = cluster.asUser(
        'service',
        (job) =>
          job`select public.store_matches(${other}, ${row(hiding)}::text::jsonb, ${row(hiding)}::text::jsonb)`,
      );
      // The ranking has begun before the hiding is committed.
      await cluster.until((waiting) => waiting > 0);
    });
    await ranking;
    const named = await cluster.owner`
      select 1 from public.match_candidate where ${hiding} in (user_id, candidate_user_id)`;
    expect(named.length).toBe(0);
  });

  test('jobs that name documents, and a student who saves notes that lead to them, never meet in a circle', async () => {
    const id = await student();
    const [docs, notes] = [times(8, () => randomUUID()), times(12, () => randomUUID())];
    await cluster.owner`
      insert into public.doc_source (id, user_id, title) select x.id, ${id}, 'Paper ' || x.n - 1
      from unnest(${docs}::uuid[]) with ordinality as x(id, n)`;
    const both = (kind: string, n: number) => [`${kind} ${n}`, `${kind} ${n} again`];
    const links = ['Paper', 'Note'].flatMap((kind) => times(12, (n) => both(kind, n))).flat();
    const content = links.map((link) => `[[${link}]]`).join(' ');
    const save = (at: number, title: string) => async (sql: Sql) => {
      // The turn first, so that the save begins with what is there by then.
      await sql`select private.in_turn('notes')`;
      await sql`select public.save_note(${notes[at] ?? ''}, ${title}, ${content},
        coalesce((select revision from public.note where doc_id = ${notes[at] ?? ''}), 0), ${randomUUID()})`;
    };
    await Promise.all(times(12, (at) => cluster.asUser(id, save(at, `Note ${at}`))));
    const { failures } = await outcomesOf(
      times(10, (round) => [
        ...times(8, (at) =>
          cluster.asUser('service', (sql) => {
            const names = both('Paper', at);
            return sql`select public.name_document(${docs[at] ?? ''}, ${names[(round + 1) % 2] ?? ''}, ${names})`;
          }),
        ),
        ...times(12, (at) => cluster.asUser(id, save(at, both('Note', at)[(round + 1) % 2] ?? ''))),
      ]).flat(),
    );
    expect(failures).toEqual([]);
  });

  test('who is being blocked this moment sits down beside the other in no room', async () => {
    const [first, second] = [await student(), await student()];
    const enter = (who: string, code: string | undefined) =>
      cluster.asUser(who, (sql) => sql`select public.enter_room(${code ?? ''}, true, null)`);
    const [room] = await cluster.owner<{ id: string; code: string }[]>`
      insert into public.room (user_id) values (${await student()}) returning id, code`;
    const isBlocked = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const block = cluster.asUser(first, async (sql) => {
      await sql`insert into public.block (blocked_user_id) values (${second})`;
      isBlocked.resolve();
      await mayEnd.promise;
    });
    await isBlocked.promise;
    const entries = [first, second].map((who) => enter(who, room?.code));
    await cluster.until((waiting) => waiting === 2);
    mayEnd.resolve();
    await Promise.all([block, ...entries]);
    const seats = await cluster.owner`
      select count(*)::int as seats from public.room_member
      where room_id = ${room?.id ?? ''} and user_id in (${first}, ${second}) and left_at is null`;
    expect([...seats]).toEqual([{ seats: 1 }]);
  });

  test('a document of 8,000 passages is published within the time limit of a request', async () => {
    const id = await student();
    const [doc] =
      await cluster.owner`insert into public.doc_source (user_id, title, status) values (${id}, 'Long', 'processing') returning id`;
    await cluster.owner.unsafe(`
      insert into public.doc_page_draft (doc_id, user_id, page, content, char_count)
      select '${doc?.id}', '${id}', n, 'passage ' || n, 12 from generate_series(1, 8000) n;
      insert into public.doc_chunk_draft (doc_id, user_id, ord, content, heading_path, page_start, page_end, char_start, char_end, content_hash, token_count, lex_weights)
      select '${doc?.id}', '${id}', n - 1, 'passage ' || n, '{Heading}', n, n, 14 * (n - 1), 14 * n - 2, md5(n::text) || md5(n::text), 10, '${weightsText([7, 8, 9])}'
      from generate_series(1, 8000) n;
      insert into public.doc_embedding_draft (doc_id, user_id, ord, embedding)
      select '${doc?.id}', '${id}', n - 1, '${vectorText(3)}' from generate_series(1, 8000) n;`);
    const began = performance.now();
    await cluster.asUser(
      'service',
      (sql) => sql`select public.publish_document(${doc?.id}, ${'a'.repeat(64)})`,
    );
    console.info(`published 8,000 passages in ${Math.round(performance.now() - began)} ms`);
    const [row] =
      await cluster.owner`select status, chunk_count from public.doc_source where id = ${doc?.id}`;
    expect(row).toEqual({ status: 'ready', chunk_count: 8000 });
  });

  test('a busy account goes within the time its deletion is given', async () => {
    const id = await student();
    await cluster.owner.unsafe(`
      insert into public.doc_source (user_id, title, status) select '${id}', 'Notes ' || n, 'ready' from generate_series(1, 200) n;
      with threads as (insert into public.thread (user_id) select '${id}' from generate_series(1, 60) returning id)
      insert into public.message (thread_id, user_id, role, status, parts)
      select t.id, '${id}', 'assistant', 'done',
        jsonb_build_array(jsonb_build_object('type', 'text', 'text', repeat('A sentence of an answer. ', 40)))
      from threads t cross join generate_series(1, 100);`);
    const began = performance.now();
    await cluster.owner.begin(async (sql) => {
      await sql`set local statement_timeout = '8s'`;
      await sql`delete from auth.users where id = ${id}`;
    });
    console.info(
      `deleted an account of 200 documents and 6,000 messages in ${Math.round(performance.now() - began)} ms`,
    );
    const left = await cluster.owner`select 1 from public.message where user_id = ${id}`;
    expect(left.length).toBe(0);
  });
});
