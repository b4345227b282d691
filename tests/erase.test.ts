import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createClient } from '@supabase/supabase-js';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { ERASE_WORD } from '../lib/domain/erasure.ts';
import { indexedText } from '../lib/retrieval/sparse-bm25.ts';
import { testApi } from './setup/api.ts';
import { temporaryFolder } from './setup/database.ts';
import { PASSWORD, startServicesWithJobs } from './setup/services.ts';

const PLANTED = 'quokkaplanted';
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const REDIS_PORT = 21_290;
const folder = await temporaryFolder();
let redisServer: ChildProcess | undefined;
let redis: Redis | undefined;

if (hasRedis) {
  redisServer = spawn('redis-server', ['--port', String(REDIS_PORT), '--save', '', '--dir', tmpdir()], {
    stdio: 'ignore',
  });
  redis = new Redis({ port: REDIS_PORT, maxRetriesPerRequest: 50 });
  await redis.ping();
}
afterAll(async () => {
  await redis?.quit();
  if (redisServer && redisServer.exitCode === null) {
    redisServer.kill('SIGTERM');
    await once(redisServer, 'exit');
  }
  await folder.remove();
});

/** The samples of supabase/tests, which has one for every table. */
async function samples(): Promise<[table: string, made: string][]> {
  const text = await readFile(new URL('../supabase/tests/03_tables.test.sql', import.meta.url), 'utf8');
  return [...text.matchAll(/\('(\w+)', '\w*',\s*\$q\$([\s\S]*?)\$q\$/g)].map(([, table = '', made = '']) => [
    table,
    made,
  ]);
}

const { api, services, students } = testApi({
  students: ['ada', 'bob', 'cleo', 'dora'],
  start: async () => {
    if (hasRedis) vi.stubEnv('REDIS_URL', `redis://127.0.0.1:${REDIS_PORT}`);
    return startServicesWithJobs({ storageDir: folder.path });
  },
  routes: async () => ({
    account: await import('../app/api/account/route.ts'),
    receipt: await import('../app/api/account/erasures/[erasureId]/route.ts'),
    usage: await import('../app/api/usage/route.ts'),
  }),
});

/** Rows of every table, for a student, with parents of their own; and the others' rows that name them. */
async function liveALife(student: string, [bob, cleo]: [string, string]) {
  const { query } = services;
  const ids = Object.fromEntries(
    ['b', 'c', 'd', 'e', 'f', '9', 'note'].map((letter) => [letter, randomUUID()]),
  );
  const own = (sql: string) =>
    sql
      .replaceAll('$o', `'${student}'`)
      .replaceAll('a0000000-0000-4000-8000-000000000003', bob)
      .replaceAll('a0000000-0000-4000-8000-000000000004', cleo)
      .replaceAll(
        /([bcdef9])0000000-0000-4000-8000-000000000001/g,
        (_all, letter: string) => ids[letter] ?? '',
      )
      .replaceAll('b0000000-0000-4000-8000-000000000002', ids.note ?? '')
      .replaceAll('b0000000-0000-4000-8000-000000000003', ids.b ?? '')
      .replaceAll(
        '(select min(id) from public.doc_chunk)',
        `(select min(id) from public.doc_chunk where user_id = '${student}')`,
      )
      .replaceAll("repeat('a', 64)", `encode(sha256('${student}'), 'hex')`);
  await query(
    `update public.profile set visibility = 'everyone', display_name = '${PLANTED}' where user_id = '${student}'`,
  );
  await query(
    `update public.profile set visibility = 'everyone', display_name = user_id::text where user_id in ('${bob}', '${cleo}')`,
  );
  for (const sql of [
    `insert into public.doc_source (id, user_id, title) values ('${ids.b}', $o, 'Notes')`,
    `insert into public.doc_source (id, user_id, title, source_type) values ('${ids.note}', $o, 'Written', 'note')`,
    `insert into public.doc_chunk (user_id, doc_id, ord, content, embedding_model) values ($o, '${ids.b}', 1, '${PLANTED}', 'clerva-lexical-1536')`,
    `insert into public.note (user_id, doc_id, content) values ($o, '${ids.b}', '${PLANTED}')`,
    `insert into public.thread (id, user_id) values ('${ids.c}', $o)`,
    `insert into public.quiz (id, user_id, topic, items) values ('${ids.d}', $o, 'a', '[{}]')`,
    `insert into public.flashcard (id, user_id, front, back) values ('${ids.e}', $o, 'a', 'b')`,
    `insert into public.room (id, user_id) values ('${ids.f}', '${bob}')`,
    `insert into public.nudge (id, user_id, to_user_id, nudge_type, message) values ('${ids['9']}', $o, $o, 'reminder', 'a')`,
  ]) {
    await query(own(sql));
  }
  for (const [table, made] of await samples()) {
    // Made with the account, or by a trigger.
    if (table !== 'profile' && table !== 'lex_df')
      await query(
        own(
          `insert into public.${table} ${made} ${made.includes('on conflict') ? '' : 'on conflict do nothing'}`,
        ),
      );
  }
  await query(
    `insert into private.token_hold select id, user_id, current_date, 5 from public.message where user_id = '${student}' limit 1`,
  );
  await query(
    `insert into public.message (user_id, thread_id, role, status) values ('${student}', '${ids.c}', 'assistant', 'streaming')`,
  );
  return ids;
}

/** What others have of the student: each row is theirs, and names somebody who will be gone. */
async function beKnown(student: string, other: string) {
  const { query } = services;
  const [thread] = await query<{ id: string }>(
    `insert into public.thread (user_id, title) values ('${other}', 'Mine') returning id`,
  );
  const suggestion = [
    {
      type: 'tool-matchCandidates',
      output: { candidates: [{ userId: student, displayName: PLANTED, score: 0.5 }] },
    },
  ];
  await query('insert into public.message (user_id, thread_id, role, parts) values ($1, $2, $3, $4)', [
    other,
    thread?.id,
    'assistant',
    JSON.stringify(suggestion),
  ]);
  await query(
    `insert into public.nudge (user_id, to_user_id, nudge_type, message) values ('${other}', '${student}', 'reminder', 'Hello'), ('${student}', '${other}', 'reminder', '${PLANTED}')`,
  );
  await query(`insert into public.block (user_id, blocked_user_id) values ('${other}', '${student}')`);
  await query(
    `insert into public.report (user_id, reported_user_id, reason) values ('${other}', '${student}', 'spam')`,
  );
  await query(
    `insert into public.match_candidate (user_id, candidate_user_id, score) values ('${other}', '${student}', 0.4)`,
  );
  await query(
    `insert into public.audit_log (user_id, action, subject, metadata) values ('${other}', 'person.blocked', '${student}', '{"owner": "${student}"}')`,
  );
  // They hosted a room in which somebody else still sits.
  const [room] = await query<{ id: string }>(
    `insert into public.room (user_id, title) values ('${student}', 'Ours') returning id`,
  );
  await query(
    `insert into public.room_member (room_id, user_id) values ('${room?.id}', '${student}'), ('${room?.id}', '${other}') on conflict do nothing`,
  );
  await query(
    `insert into public.room_message (room_id, seq, user_id, client_id, body) values ('${room?.id}', 1, '${other}', gen_random_uuid(), 'Hi'), ('${room?.id}', 2, '${student}', gen_random_uuid(), '${PLANTED}')`,
  );
  await query(
    `insert into auth.audit_log_entries (id, payload) values (gen_random_uuid(), '{"actor_id": "${student}", "actor_username": "ada@example.com"}')`,
  );
}

/** Writes the word into every text and every object of the student that takes it. */
async function plant(student: string): Promise<number> {
  const columns = await services.query<{ table: string; column: string; type: string }>(
    `select c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid in ('text'::regtype, 'jsonb'::regtype)
       and exists (select from pg_attribute u where u.attrelid = c.oid and u.attname = 'user_id')
       -- The clock of a room is the room's, which goes on with its others.
       and (c.relname, a.attname) not in (('room', 'timer'), ('room', 'timer_history'))`,
  );
  let planted = 0;
  for (const { table, column, type } of columns) {
    const value = type === 'text' ? `'${PLANTED}'` : `${column} || '{"${PLANTED}": "${PLANTED}"}'`;
    // A column of a set of words, or of a shape, does not take it.
    await services.query(`update public.${table} set ${column} = ${value} where user_id = '${student}'`).then(
      () => (planted += 1),
      () => undefined,
    );
  }
  return planted;
}

const TABLES = `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'auth', 'storage', 'private', 'realtime') and c.relkind in ('r', 'p')`;
/** Every row of every table that says one of the words in any column. */
async function findings(words: readonly string[]) {
  const found: Record<string, number> = {};
  for (const { name } of await services.query<{ name: string }>(TABLES)) {
    const [row] = await services.query<{ many: number }>(
      `select count(*)::int as many from ${name} x where exists (select from unnest($1::text[]) w where strpos(lower(x::text), lower(w)) > 0)`,
      [words],
    );
    if (row && row.many > 0) found[name] = row.many;
  }
  return found;
}

/** Rows that name the one and not the other, each by its text. */
async function rowsOf(student: string, without: string) {
  const rows: string[] = [];
  for (const { name } of await services.query<{ name: string }>(`${TABLES} and n.nspname = 'public'`)) {
    const found = await services.query<{ text: string }>(
      `select x::text as text from ${name} x where strpos(x::text, $1) > 0 and strpos(x::text, $2) = 0`,
      [student, without],
    );
    rows.push(...found.map(({ text }) => `${name} ${text}`));
  }
  return rows.toSorted();
}

const storage = () =>
  createClient(services.gateway.url, services.gateway.secretKey, { auth: { persistSession: false } }).storage;
const keep = async (student: string) => {
  for (const [bucket, type] of [
    ['documents', 'text/plain'],
    ['chat-uploads', 'image/png'],
    ['imports', 'application/zip'],
  ] as const) {
    for (const name of ['one/original', 'two/original']) {
      const { error } = await storage()
        .from(bucket)
        .upload(`${student}/${name}`, new Blob([PLANTED], { type }), { contentType: type });
      expect(error).toBeNull();
    }
  }
};
const onDisk = async (word: string) =>
  (await readdir(folder.path, { recursive: true })).filter((name) => name.includes(word));

const done = (erasureId: string) =>
  vi.waitFor(
    async () => {
      const { body } = await api.receipt.GET({ erasureId }, { as: null });
      expect(body.status).toBe('done');
      return body;
    },
    { timeout: 15_000, interval: 50 },
  );

describe('erase me', () => {
  test('asks for the word, and for the password of a session that was opened a while ago', async () => {
    const { dora } = students;
    for (const body of [{}, { confirm: 'yes' }, { confirm: ERASE_WORD, other: 1 }]) {
      expect(await api.account.DELETE({}, { as: dora, body })).toMatchObject({ status: 400 });
    }
    await services.query(
      `update auth.sessions set created_at = now() - interval '1 hour' where user_id = $1`,
      [dora.id],
    );
    for (const password of [undefined, 'a guess']) {
      const body = { confirm: ERASE_WORD, ...(password && { password }) };
      expect(await api.account.DELETE({}, { as: dora, body })).toMatchObject({
        status: 403,
        body: { code: 'sign_in_again' },
      });
    }
    expect((await api.usage.GET({}, { as: dora })).status).toBe(200);
    const guess = () =>
      api.account.DELETE({}, { as: dora, body: { confirm: ERASE_WORD, password: 'a guess' } });
    const statuses = [];
    for (let n = 0; n < 10; n += 1) statuses.push((await guess()).status);
    expect(statuses.at(-1)).toBe(429);
  });

  test('leaves nothing in any table, bucket or cache, and others as they were', {
    timeout: 60_000,
  }, async () => {
    const { ada, bob, cleo } = students;
    await liveALife(ada.id, [bob.id, cleo.id]);
    await beKnown(ada.id, bob.id);
    expect(await plant(ada.id)).toBeGreaterThan(30);
    await keep(ada.id);
    await keep(bob.id);
    await services.query(
      `update public.doc_chunk set embedding_model = 'clerva-lexical-1536' where user_id = $1`,
      [ada.id],
    );
    const { embeddingCache } = await import('../inngest/dependencies.ts');
    const { createEmbedder } = await import('../lib/ingestion/embed.ts');
    const OpenAI = (await import('openai')).default;
    const cache = embeddingCache();
    const [chunk] = await services.query<{ content: string; heading_path: string[] }>(
      'select content, heading_path from public.doc_chunk where user_id = $1 and embedding_model is not null',
      [ada.id],
    );
    const embed = createEmbedder({
      client: new OpenAI({ apiKey: 'local', baseURL: services.openai.url }),
      model: 'clerva-lexical-1536',
      cache,
    });
    const text = indexedText(chunk?.heading_path ?? [], chunk?.content ?? '');
    await embed([text, 'of somebody else']);
    const [answer] = await services.query<{ id: string }>(
      `select id from public.message where user_id = $1 and role = 'assistant'`,
      [ada.id],
    );
    await redis?.mset(
      `limit:chat:${ada.id}`,
      '1',
      `clerva:rs:sentinel:${answer?.id}`,
      '1',
      `limit:chat:${bob.id}`,
      '1',
    );

    const words = [ada.id, ada.email, PLANTED];
    // Every table that may hold a student holds this one, or the sweep would show nothing.
    const [row] = await services.query<{ rows: Record<string, number> }>(
      'select private.rows_of($1) as rows',
      [ada.id],
    );
    const holding = await services.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id'
       where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'r' and c.relname <> 'erasure'`,
    );
    expect(
      holding
        .map(({ name }) => (name === 'token_hold' ? `private.${name}` : name))
        .filter((name) => !row?.rows[name]),
    ).toEqual([]);
    expect(Object.keys(await findings(words)).length).toBeGreaterThan(40);
    expect(await onDisk(ada.id)).not.toEqual([]);
    const before = await rowsOf(bob.id, ada.id);
    expect(before.length).toBeGreaterThan(10);

    // The file store fails at first: what was removed by then stays removed, and the rest follows.
    const adapter = services.gateway.database.app._storageAdapter;
    const broken = vi
      .spyOn(adapter as NonNullable<typeof adapter>, 'deleteObject')
      .mockRejectedValueOnce(new Error('gone'))
      .mockRejectedValueOnce(new Error('gone'));
    const asked = await api.account.DELETE(
      {},
      { as: ada, body: { confirm: ERASE_WORD, password: PASSWORD } },
    );
    expect(asked).toMatchObject({
      status: 202,
      body: { receipt: expect.stringContaining('/api/account/erasures/') },
    });
    expect(asked.headers.get('clear-site-data')).toContain('cookies');
    const receipt = await done(asked.body.erasureId);
    expect(broken.mock.calls.length).toBeGreaterThan(2);
    broken.mockRestore();

    const counted = Object.entries(row?.rows ?? {}).filter(
      // Sessions end as it is asked for, and asking is a line of the record.
      ([name]) => !name.startsWith('auth.') && name !== 'audit_log',
    );
    expect(receipt.removed).toMatchObject({ ...Object.fromEntries(counted), files: 6, 'auth.users': 1 });
    expect(JSON.stringify(receipt)).not.toMatch(new RegExp(words.join('|'), 'i'));
    await vi.waitFor(async () => expect(await findings(words)).toEqual({}));
    expect(await onDisk(ada.id)).toEqual([]);
    expect(await onDisk(bob.id)).not.toEqual([]);
    expect((await rowsOf(bob.id, ada.id)).filter((text) => before.includes(text))).toEqual(before);
    const left = await services.query<{ parts: unknown }>(
      `select parts from public.message where user_id = $1`,
      [bob.id],
    );
    expect(JSON.stringify(left)).toContain('Somebody who left');
    const said = await services.query<{ body: string; host: string }>(
      `select m.body, r.user_id as host from public.room_message m join public.room r on r.id = m.room_id where m.body = 'Hi'`,
    );
    expect(said).toEqual([{ body: 'Hi', host: bob.id }]);

    // The text was embedded and is unknown now; the other is still there.
    const seen: number[] = [];
    const again = createEmbedder({
      client: new OpenAI({ apiKey: 'local', baseURL: services.openai.url }),
      model: 'clerva-lexical-1536',
      cache,
      onUsage: ({ texts }) => seen.push(texts),
    });
    await again(['of somebody else']);
    await again([text]);
    expect(seen.reduce((sum, texts) => sum + texts, 0)).toBe(1);
    if (redis) {
      const keys = await redis.keys('*');
      expect(keys.filter((key) => key.includes(ada.id) || key.includes(String(answer?.id)))).toEqual([]);
      expect(keys).toContain(`limit:chat:${bob.id}`);
    }
  });

  test('shuts the door: no token, no sign-in, no second life from what the queue still holds', async () => {
    const { ada } = students;
    const { auth } = createClient(services.gateway.url, services.gateway.publishableKey, {
      auth: { persistSession: false },
    });
    expect((await auth.signInWithPassword({ email: ada.email, password: PASSWORD })).error).not.toBeNull();
    const { inngest } = await import('../inngest/client.ts');
    const events = await import('../inngest/events.ts');
    await inngest.send([
      events.evidenceRecorded.create({ userId: ada.id, kind: 'attempt' }),
      events.profileChanged.create({ userId: ada.id }),
      events.presenceLost.create({ userId: ada.id, seenAt: new Date().toISOString() }),
      events.uploadedEvent({ documentId: randomUUID(), userId: ada.id, run: 1 }),
    ]);
    const writes = createClient(services.gateway.url, services.gateway.publishableKey, {
      global: { headers: { authorization: `Bearer ${ada.token}` } },
    });
    expect((await writes.from('thread').insert({})).error).not.toBeNull();
    await new Promise((next) => setTimeout(next, 1_000));
    expect(await findings([ada.id, ada.email, PLANTED])).toEqual({});
  });

  test('asked for twice is one, and a receipt is nobody’s to guess', async () => {
    const { cleo } = students;
    const body = { confirm: ERASE_WORD };
    const [one, other] = await Promise.all([
      api.account.DELETE({}, { as: cleo, body }),
      api.account.DELETE({}, { as: cleo, body }),
    ]);
    const accepted = [one, other].filter(({ status }) => status === 202);
    expect(accepted.length).toBeGreaterThan(0);
    expect(new Set(accepted.map((answer) => answer.body.erasureId)).size).toBe(1);
    await done(accepted[0]?.body.erasureId);
    for (const erasureId of [randomUUID(), 'x']) {
      expect(await api.receipt.GET({ erasureId }, { as: null })).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
    }
  });
});
