import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { suiteFixture } from './fixture.ts';

describe('conversations kept, found and taken away', () => {
  const db = suiteFixture();
  const begin = async (text: string, as = db.owner): Promise<string> => {
    const { threadId, assistantMessageId } = await db.valueOf<Record<string, string>>(
      as,
      'public.begin_turn(null, $1)',
      [text],
    );
    await db.valueOf(as, 'public.finish_turn($1, $2, $3, $4, $5, $6)', [
      assistantMessageId,
      JSON.stringify([
        { type: 'text', text: `What is known of ${text}` },
        { type: 'tool-searchNotes', toolCallId: 't', state: 'output-available', output: { secretword: 1 } },
      ]),
      'done',
      '{}',
      text,
      '[]',
    ]);
    return threadId ?? '';
  };
  type Listed = {
    id: string;
    title: string;
    message_count: number;
    excerpt: string | null;
    updated_at: string;
  };
  const list = (as = db.owner, args = '') =>
    db.rowsOf<Listed>(as, `select * from public.list_threads(${args})`);
  const found = async (query: string, as = db.owner) =>
    (await db.rowsOf<Listed>(as, 'select * from public.list_threads(p_query => $1)', [query])).map(
      ({ title }) => title,
    );

  let cells: string;
  beforeAll(async () => {
    cells = await begin('Mitochondria in cells');
    await begin('Résumé of the French Revolution');
    await begin('記憶は消える');
    await begin('A stranger on mitochondria', db.stranger);
  });

  test.for([
    ['mitoch', ['Mitochondria in cells']],
    ['CELLS known', ['Mitochondria in cells']],
    ['resume', ['Résumé of the French Revolution']],
    ['記憶', ['記憶は消える']],
    ['secretword', []],
    ['100%', []],
    ['_', []],
    ['cells revolution', []],
  ] as [string, string[]][])(
    'finds "%s" in titles and texts of the caller, and in nothing of tools',
    async ([query, titles]) => {
      expect(await found(query)).toEqual(titles);
    },
  );

  test('says where it was found', async () => {
    const [row] = await db.rowsOf<Listed>(
      db.owner,
      "select * from public.list_threads(p_query => 'known mitoch')",
    );
    expect(row).toMatchObject({ excerpt: 'What is known of Mitochondria in cells', message_count: 2 });
  });

  test('a word that most conversations say finds each of them, page by page, and nobody else’s', async () => {
    const student = await db.newStudent();
    await db.query(
      `insert into public.thread (id, user_id, title, updated_at)
       select md5('many' || n)::uuid, $1, 'Number ' || n, now() - make_interval(mins => n) from generate_series(1, 60) n`,
      [student],
    );
    await db.query(
      `insert into public.message (thread_id, user_id, role, parts, is_shown)
       select md5('many' || t)::uuid, $1, 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text',
         case when t % 10 = 0 then 'Nothing of it.' else 'A Quokka smiles.' end)), t % 10 <> 1
       from generate_series(1, 60) t, generate_series(1, 12) m`,
      [student],
    );
    await db.query(`update public.thread set title = 'A quokka smiles' where id = md5('many10')::uuid`);
    const page = (as: string, after?: { at: string; id: string }) =>
      db.rowsOf<{ id: string; place: string; title: string; excerpt: string | null }>(
        as,
        `select * from public.list_threads(25, false, 'smiles quokka', $1, $2, $3)`,
        after ? [false, after.at, after.id] : [null, null, null],
      );
    const all: string[] = [];
    for (let found = await page(student); found.length > 0; ) {
      all.push(...found.map(({ title }) => title));
      expect(
        found.every(({ title, excerpt }) => excerpt === (title.startsWith('A') ? null : 'A Quokka smiles.')),
      ).toBe(true);
      const last = found.at(-1);
      found = last ? await page(student, { at: last.place, id: last.id }) : [];
    }
    const expected = Array.from({ length: 60 }, (_, n) => n + 1).filter(
      (n) => n === 10 || (n % 10 !== 0 && n % 10 !== 1),
    );
    expect(all).toEqual(expected.map((n) => (n === 10 ? 'A quokka smiles' : `Number ${n}`)));
    expect(await page(db.stranger)).toEqual([]);
  });

  test('pages both ways, pinned first, and nothing that is said meanwhile moves a page', async () => {
    const me = await db.newStudent();
    const made: string[] = [];
    for (let n = 0; n < 7; n++) made.push(await begin(`Question ${n}`, me));
    await db.rowsOf(me, 'update public.thread set pinned_at = now() where id = $1', [made[2]]);
    const titles = (rows: Listed[]) => rows.map(({ title }) => title.slice(-1)).join('');
    const page = (row: Listed | undefined, isBack = false) =>
      db.rowsOf<Listed>(
        me,
        `select l.* from public.thread t, public.list_threads(3, false, null, t.pinned_at is not null, t.updated_at, t.id, $2) l
         where t.id = $1`,
        [row?.id, isBack],
      );
    const first = await list(me, '3');
    expect(titles(first)).toBe('265');
    const second = await page(first.at(-1));
    expect(titles(second)).toBe('431');
    await begin('Question 9', me);
    expect(titles(await page(second.at(-1)))).toBe('0');
    expect(titles(await page(second[0], true))).toBe('965');
    await db.rowsOf(me, 'update public.thread set archived_at = now(), title = $2 where id = $1', [
      made[0],
      'Archived 0',
    ]);
    expect(titles(await list(me))).toBe('2965431');
    expect(titles(await list(me, '50, true'))).toBe('0');
  });

  test('a deleted one is nowhere, can be taken back for a while, and is then gone with everything under it', async () => {
    const of = (table: string, column: string) =>
      db.rowsOf(db.owner, `select 1 from public.${table} where ${column} = $1`, [cells]);
    await db.rowsOf(
      db.owner,
      `insert into public.share_link (thread_id, title, token_hash, snapshot)
       values ($1, 'a', encode(sha256('secret'), 'hex'), '{"a": 1}')`,
      [cells],
    );
    const shared = () => db.valueOf(null, "public.shared_thread('secret')");
    expect(await shared()).toMatchObject({ snapshot: { a: 1 } });
    const remove = (as: string) => db.valueOf(as, 'public.delete_thread($1)', [cells]);
    expect(await remove(db.stranger)).toBe(false);
    expect(await remove(db.owner)).toBe(true);
    expect(await remove(db.owner)).toBe(false);

    for (const [table, column] of [
      ['thread', 'id'],
      ['message', 'thread_id'],
      ['share_link', 'thread_id'],
    ] as const) {
      expect(await of(table, column)).toEqual([]);
    }
    expect(await found('mitoch')).toEqual([]);
    expect(await shared()).toBeNull();
    expect(await db.codeOf(db.owner, 'select public.begin_turn($1, $2)', [cells, 'Still there?'])).toBe(
      'PT404',
    );
    expect(await db.codeOf(db.owner, 'select public.save_thread($1, null, null, $2)', [cells, '[]'])).toBe(
      'PT404',
    );
    expect(
      await db.codeOf(
        db.owner,
        `insert into public.share_link (thread_id, title, token_hash, snapshot)
        values ($1, 'a', repeat('b', 64), '{}')`,
        [cells],
      ),
    ).toBe('42501');

    expect(await db.valueOf(db.stranger, 'public.restore_thread($1)', [cells])).toBe(false);
    expect(await db.valueOf(db.owner, 'public.restore_thread($1)', [cells])).toBe(true);
    expect(await found('mitoch')).toEqual(['Mitochondria in cells']);
    expect(await shared()).toMatchObject({ title: 'a' });

    await remove(db.owner);
    await db.query("update public.thread set deleted_at = now() - interval '31 seconds' where id = $1", [
      cells,
    ]);
    expect(await db.valueOf(db.owner, 'public.restore_thread($1)', [cells])).toBe(false);
    expect(await db.valueOf('service', 'public.sweep()')).toMatchObject({ conversations: 1 });
    expect(await db.query('select 1 from public.message where thread_id = $1', [cells])).toEqual([]);
  });

  const messages = (...texts: string[]) =>
    JSON.stringify(
      texts.map((text, n) => ({
        id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
        role: n % 2 ? 'assistant' : 'user',
        text,
      })),
    );

  test('a conversation brought from elsewhere keeps its order, comes once, and can prove nothing', async () => {
    const save = (threadId: string | null, brought: string, as = db.owner) =>
      db.valueOf<{ threadId: string; created: boolean; added: number; title: string }>(
        as,
        'public.save_thread($1, null, $2, $3)',
        [threadId, 'Usual', brought],
      );
    const first = await save(null, messages('One?', 'One.'));
    expect(first).toMatchObject({ created: true, added: 2, title: 'Usual' });
    expect(await save(null, messages('One?', 'One.'))).toMatchObject({
      created: false,
      added: 0,
      threadId: first.threadId,
    });
    expect(await save(first.threadId, messages('One?', 'One, put better.', 'Two?'))).toMatchObject({
      added: 1,
    });
    expect(
      await db.rowsOf(
        db.owner,
        `select role, parts, metadata ? 'imported' as brought from public.message where thread_id = $1 order by seq`,
        [first.threadId],
      ),
    ).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'One?' }], brought: true },
      { role: 'assistant', parts: [{ type: 'text', text: 'One, put better.' }], brought: true },
      { role: 'user', parts: [{ type: 'text', text: 'Two?' }], brought: true },
    ]);
    const chosen = randomUUID();
    expect(await save(chosen, '[]', db.stranger)).toMatchObject({ created: true, threadId: chosen });
    expect(await db.codeOf(db.owner, 'select public.save_thread($1, null, null, $2)', [chosen, '[]'])).toBe(
      'PT404',
    );
  });

  test('nothing that was written here is changed by what is brought', async () => {
    const id = randomUUID();
    const { threadId } = await db.valueOf<{ threadId: string }>(
      db.owner,
      'public.begin_turn(null, $1, 10, $2)',
      ['Asked here', id],
    );
    const brought = (text: string, role = 'user') => JSON.stringify([{ id, role, text }]);
    await db.query("update public.message set status = 'done' where thread_id = $1", [threadId]);
    const code = (text: string, role?: string) =>
      db.codeOf(db.owner, 'select public.save_thread($1, null, null, $2)', [threadId, brought(text, role)]);
    expect(await code('Asked here')).toBeNull();
    expect(await code('Put into my mouth')).toBe('PT409');
    expect(await code('Asked here', 'assistant')).toBe('PT409');
    expect(await code('', 'user')).toBe('PT400');
    expect(await code('a', 'system')).toBe('PT400');
    expect(await db.codeOf(db.stranger, 'select private.import_messages($1, $2)', [threadId, '[]'])).toBe(
      'PT404',
    );
  });

  test('goes on in one other conversation, however often that is asked', async () => {
    const full = await begin('A long one');
    const next = () =>
      db.valueOf<string>(db.owner, "public.continue_thread($1, 'Goes on', 'So far.')", [full]);
    const id = await next();
    expect(await next()).toBe(id);
    expect(await db.codeOf(db.stranger, "select public.continue_thread($1, 'a', 'b')", [full])).toBe('PT404');
    const [row] = await db.rowsOf(db.owner, 'select * from public.list_threads() where continued_from = $1', [
      full,
    ]);
    expect(row).toMatchObject({ id, title: 'Goes on', message_count: 1 });
  });

  test('a link opens until it ends or is revoked, to whoever holds its secret, and to nobody else', async () => {
    const thread = await begin('To be shown');
    const [link] = await db.rowsOf<{ id: string; token_hash: string }>(
      db.owner,
      `insert into public.share_link (thread_id, title, token_hash, snapshot, expires_at)
       values ($1, 'Shown', encode(sha256('key'), 'hex'), '{}', now() + interval '1 day') returning id, token_hash`,
      [thread],
    );
    const open = (token: unknown) => db.valueOf(null, 'public.shared_thread($1)', [token]);
    expect(await open('key')).toMatchObject({ title: 'Shown' });
    expect(await open(link?.token_hash)).toBeNull();
    expect(await open('other')).toBeNull();
    expect(await db.codeOf(null, 'select * from public.share_link')).toBe('42501');
    expect(await db.rowsOf(db.stranger, 'select * from public.share_link')).toEqual([]);
    expect(
      await db.codeOf(
        db.stranger,
        `insert into public.share_link (thread_id, title, token_hash, snapshot) values ($1, 'a', repeat('c', 64), '{}')`,
        [thread],
      ),
    ).toBe('23503');
    await db.rowsOf(db.stranger, 'delete from public.share_link where id = $1', [link?.id]);
    await db.query("update public.share_link set expires_at = now() - interval '1 second' where id = $1", [
      link?.id,
    ]);
    expect(await open('key')).toBeNull();
    await db.query('update public.share_link set expires_at = null where id = $1', [link?.id]);
    expect(await open('key')).not.toBeNull();
    await db.rowsOf(db.owner, 'delete from public.share_link where id = $1', [link?.id]);
    expect(await open('key')).toBeNull();
  });
});
