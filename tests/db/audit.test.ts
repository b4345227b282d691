import { describe, expect, test } from 'vitest';
import { ACTS, THINGS } from '@/components/audit/act-words';
import { suiteFixture } from './fixture.ts';

const DENIED = '42501';

describe('the record', () => {
  const db = suiteFixture();

  const record = (userId: string) =>
    db.query<{ action: string; subject: string | null; outcome: string; metadata: object; actor: string }>(
      `select action, subject, outcome, metadata, actor from public.audit_log where user_id = $1 order by id`,
      [userId],
    );
  const lastOf = async (userId: string) => (await record(userId)).at(-1);

  test('has a line for every table whose rows somebody owns, but those that are worked out', async () => {
    const silent = await db.query<{ name: string }>(`
      select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not exists (
        select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = 'private.keep_record()'::regprocedure)
      order by 1`);
    expect(silent.map(({ name }) => name)).toEqual([
      'agent_telemetry',
      'audit_log',
      'chunk_code',
      'chunk_lex',
      'doc_chunk',
      'doc_chunk_draft',
      'doc_embedding_draft',
      'doc_page',
      'doc_page_draft',
      'earlier_fact',
      'learning_profile',
      'lex_df',
      'match_candidate',
      'nudge_seen',
      'passage_change',
      'presence',
      'presence_choice',
      'presence_hour',
      'presence_notice',
      'quota',
      'room_racer',
    ]);
  });

  test('is told to its student in words, whatever was done', async () => {
    const kept = await db.query<{ name: string }>(`
      select distinct split_part(encode(t.tgargs, 'escape'), '\\000', 1) as name from pg_trigger t
      where t.tgfoid = 'private.keep_record()'::regprocedure order by 1`);
    expect(kept.map(({ name }) => name)).toEqual(Object.keys(THINGS).sort());
    const named = await db.query<{ act: string }>(`
      select distinct m[1] as act from pg_proc p, regexp_matches(p.prosrc, '''([a-z]+\\.[a-z_]+)''', 'g') m
      where p.prosrc like '%insert into public.audit_log%'`);
    expect(named.map(({ act }) => act).filter((act) => !(act in ACTS))).toEqual([]);
  });

  test.each<[string, string, { action: string; rows?: number }]>([
    ['one row by its key', `insert into public.deck (name) values ('a')`, { action: 'deck.added' }],
    [
      'many rows of one statement once',
      `insert into public.deck (name) select 'b' || n from generate_series(1, 40) n`,
      { action: 'deck.added', rows: 40 },
    ],
    [
      'a change',
      `update public.deck set desired_retention = 0.85 where name = 'a'`,
      { action: 'deck.changed' },
    ],
    ['what is taken away', `delete from public.deck where name = 'a'`, { action: 'deck.removed' }],
    ['the profile', `update public.profile set goals = '{Pass}'`, { action: 'profile.changed' }],
  ])('keeps %s', async (_name, sql, { action, rows }) => {
    await db.rowsOf(db.owner, sql);
    expect(await lastOf(db.owner)).toEqual({
      action,
      actor: 'student',
      outcome: 'success',
      subject: rows ? null : expect.any(String),
      metadata: rows ? { rows } : {},
    });
  });

  test('keeps no line for what changes nothing, for a schedule, or for a transaction that fails', async () => {
    await db.rowsOf(db.owner, `insert into public.flashcard (front, back) values ('a', 'b')`);
    const before = (await record(db.owner)).length;
    await db.rowsOf(db.owner, `update public.profile set goals = goals`);
    await db.query('update public.flashcard set reps = reps + 1');
    expect(
      await db.codeOf(
        db.owner,
        `with made as (insert into public.deck (name) values ('z') returning 1) select 1 / 0 from made`,
      ),
    ).not.toBeNull();
    expect(await record(db.owner)).toHaveLength(before);
  });

  test('keeps nothing that a student wrote', async () => {
    await db.rowsOf(db.owner, `insert into public.thread (title) values ('A very private title')`);
    expect(JSON.stringify(await db.query('select * from public.audit_log'))).not.toContain('private title');
  });

  test.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:aaaa:bbbb::1', '2001:db8:aaaa::/48'],
    ['not an address', null],
    [undefined, null],
  ])('keeps of the address %s no more than %s', async (address, network) => {
    await db.asUser(db.owner, async (query) => {
      await query(`select set_config('request.headers', $1, true)`, [
        JSON.stringify({ 'x-clerva-address': address }),
      ]);
      await query(`select public.note_act('session.signed_in')`);
    });
    expect(await db.rowOf('select network::text from public.audit_log order by id desc limit 1')).toEqual({
      network,
    });
  });

  test.each<[string, string, string]>([
    ['a student', 'owner', `update public.audit_log set action = 'a'`],
    ['a student', 'owner', 'delete from public.audit_log'],
    ['a student', 'owner', `insert into public.audit_log (action) values ('a')`],
    ['the service', 'service', `update public.audit_log set action = 'a'`],
    ['the service', 'service', 'delete from public.audit_log'],
    ['the service', 'service', 'truncate public.audit_log'],
  ])('is added to alone: %s may not %s', async (_who, persona, sql) => {
    expect(await db.codeOf(persona === 'owner' ? db.owner : 'service', sql)).toBe(DENIED);
  });

  test('is added to alone by whoever has every right on it but its ownership', async () => {
    await db.query('grant update, delete, truncate on public.audit_log to service_role');
    for (const sql of [
      `update public.audit_log set action = 'a'`,
      'delete from public.audit_log',
      'truncate public.audit_log',
    ])
      expect(await db.codeOf('service', sql), sql).toBe(DENIED);
    await db.query('revoke update, delete, truncate on public.audit_log from service_role');
  });

  test('is a student’s own to read, and everybody’s to an admin', async () => {
    await db.rowsOf(db.stranger, `insert into public.deck (name) values ('s')`);
    const read = async (role: string | undefined, args = '') =>
      db.asUser(db.owner, async (query) => {
        await query(`select set_config('request.jwt.claims', $1, true)`, [
          JSON.stringify({
            sub: db.owner,
            role: 'authenticated',
            app_metadata: { role },
            user_metadata: { role: 'admin' },
          }),
        ]);
        const rows = await query<{ user_id: string; email: string }>(
          `select user_id, email from public.read_audit(${args})`,
        );
        const table = await query<{ user_id: string }>('select distinct user_id from public.audit_log');
        return { seen: new Set(rows.map((row) => row.user_id)), table: table.length, rows };
      });
    for (const role of [undefined, 'student', 'internal']) {
      expect((await read(role)).seen).toEqual(new Set([db.owner]));
      expect((await read(role)).table).toBe(1);
      await expect(read(role, 'true')).rejects.toMatchObject({ code: DENIED });
    }
    const all = await read('admin', 'true');
    expect(all.seen).toEqual(new Set([db.owner, db.stranger]));
    const email = all.rows.find(({ user_id }) => user_id === db.stranger)?.email;
    expect((await read('admin', `true, '${email}'`)).seen).toEqual(new Set([db.stranger]));
    expect((await read('admin', `true, null, 'session.'`)).rows.length).toBeGreaterThan(0);
    expect((await read('admin', `true, null, null, 'failure'`)).rows).toEqual([]);
    expect((await read('admin', 'true, null, null, null, now() + interval $$1 hour$$')).rows).toEqual([]);
    expect((await read('admin', 'true, null, null, null, null, null, null, 3')).rows).toHaveLength(3);
  });

  test('takes no more than a day’s share of what is told', async () => {
    await db.query(
      `insert into public.quota (user_id, kind, used) values ($1, 'audit', 1999) on conflict (user_id, kind, day) do update set used = 1999`,
      [db.stranger],
    );
    const before = (await record(db.stranger)).length;
    for (let n = 0; n < 3; n += 1)
      await db.rowsOf(db.stranger, `select public.note_act('request', 'POST /api/x', 'conflict', 12)`);
    expect(await record(db.stranger)).toHaveLength(before + 1);
    expect(await lastOf(db.stranger)).toMatchObject({
      action: 'request',
      outcome: 'failure',
      subject: 'POST /api/x',
    });
  });

  test('goes with its account, and with its time', async () => {
    const gone = await db.newStudent();
    await db.rowsOf(gone, `insert into public.deck (name) values ('g')`);
    await db.query('delete from auth.users where id = $1', [gone]);
    expect(await record(gone)).toEqual([]);
    await db.query(
      `insert into public.audit_log (user_id, action, created_at) values ($1, 'old', now() - interval '400 days')`,
      [db.owner],
    );
    expect(await db.valueOf('service', 'public.prune_audit(365)')).toBe(1);
    expect(await db.codeOf('service', 'select public.prune_audit(0)')).toBe('PT400');
    expect(await db.codeOf(db.owner, 'select public.prune_audit(1)')).toBe(DENIED);
  });
});

describe('the switch of the chat', () => {
  const db = suiteFixture();
  const turn = (role: string, args: string) =>
    db.asUser(db.owner, async (query) => {
      await query(`select set_config('request.jwt.claims', $1, true)`, [
        JSON.stringify({ sub: db.owner, role: 'authenticated', app_metadata: { role } }),
      ]);
      const [row] = await query<{ state: { isOff: boolean; reason: string | null } }>(
        `select public.turn_chat(${args}) as state`,
      );
      return row?.state;
    });

  test('is an admin’s to turn, everybody’s to see, and leaves a line each time it is turned', async () => {
    await expect(turn('internal', 'true')).rejects.toMatchObject({ code: DENIED });
    expect(await turn('admin', `true, '  Exams  '`)).toMatchObject({ isOff: true, reason: 'Exams' });
    await turn('admin', `true, 'Exams'`);
    expect(await db.valueOf(db.stranger, 'public.chat_switch()')).toMatchObject({
      isOff: true,
      reason: 'Exams',
    });
    expect(await db.codeOf(db.owner, 'update private.switch set is_off = false')).toBe(DENIED);
    expect(await turn('admin', 'false')).toMatchObject({ isOff: false, reason: null });
    expect(await db.query(`select action from public.audit_log where subject = 'chat' order by id`)).toEqual([
      { action: 'chat.turned_off' },
      { action: 'chat.turned_on' },
    ]);
  });
});
