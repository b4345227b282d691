import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seeded } from '../../lib/test-random.ts';
import { readCatalog } from '../../scripts/compare-catalog.ts';
import { type LocalDatabase, openDatabase } from './database.ts';
import { applyMigrations, readMigrations } from './migrations.ts';

const OURS = new URL('../../supabase/migrations/', import.meta.url).pathname;

let database: LocalDatabase;
let student: string;
beforeEach(async () => {
  database = await openDatabase();
  student = (await database.createUser()).id;
});
afterEach(() => database.close());

/** As an older version left it: no check, no unique index but of ids, and files of another name. */
async function makeOlder() {
  await database.query(`do $$ declare part record; begin
    for part in select conrelid::regclass as "table", conname from pg_constraint c
      where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'u') order by contype = 'u'
    loop execute format('alter table %s drop constraint if exists %I cascade', part."table", part.conname); end loop;
    for part in select indexname from pg_indexes where schemaname = 'public' and indexdef like 'CREATE UNIQUE% WHERE %'
    loop execute format('drop index public.%I', part.indexname); end loop;
    for part in select tgrelid::regclass as "table", tgname from pg_trigger where not tgisinternal
      and tgrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
    loop execute format('alter table %s disable trigger %I', part."table", part.tgname); end loop;
  end $$`);
  await database.query(`delete from supabase_migrations.schema_migrations where version = (
    select max(version) from supabase_migrations.schema_migrations)`);
  await database.query("update supabase_migrations.schema_migrations set statements = '{select}'");
}

const start = async () => {
  const migrations = await readMigrations(OURS);
  return database.exclusive((driver) => applyMigrations(driver, migrations));
};

type Shape = { table: string; column: string; type: string; target: string | null; mayBeEmpty: boolean };
const SHAPES = `
  select t.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type, not a.attnotnull as "mayBeEmpty",
    (select min(r.relname) from pg_constraint c join pg_class r on r.oid = c.confrelid
      where c.contype = 'f' and c.conrelid = t.oid and a.attnum = any (c.conkey)
        and (r.relname = 'users') = (a.attname like '%user_id')) as target
  from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and a.attgenerated = '' and a.attidentity = ''
    and format_type(a.atttypid, null) not in ('halfvec', 'vector', 'extensions.vector', 'bit', 'sparsevec', 'extensions.sparsevec')
  order by 1, a.attnum`;

const WORDS = ['', '  ', ' Cells', 'cells', 'CELLS', 'x'.repeat(20_000), 'UTC', 'open', 'a\nb', '../..'];
const MOMENTS = ['infinity', '-infinity', '0001-01-01', '2026-01-01 10:00+00', '9999-01-01'];
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  text: WORDS,
  'text[]': [[], ['x'.repeat(600), 'a'], Array.from({ length: 1200 }, () => 'a')],
  integer: [-2_000_000_000, -1, 0, 1, 5, 2_000_000_000],
  'integer[]': [[], [9, 1, 1, -4]],
  bigint: ['-1', '0', '5', '90000000000'],
  'double precision': ['NaN', 'Infinity', '-Infinity', -1, 0, 0.5, 1e300],
  numeric: ['NaN', -1, 0, 5, 120],
  jsonb: [
    '[]',
    '{}',
    '3',
    '"x"',
    'null',
    '[{"type": "tool-generateQuiz", "output": {"items": [3, {"answer": "a"}]}}]',
  ],
  boolean: [true, false],
  cidr: ['127.0.0.0/8', '::/0'],
  date: MOMENTS,
  'timestamp with time zone': MOMENTS,
};

test('rows of every table, whatever they say, are kept, mended or removed as is told, and a second start finds nothing', async () => {
  const fresh = await readCatalog(database.query);
  const shapes = await database.query<Shape>(SHAPES);
  await makeOlder();
  const tables = Object.entries(Object.groupBy(shapes, ({ table }) => table));
  const other = (await database.createUser()).id;
  const ids = new Map([
    ['users', [student, other]],
    ...tables.map(([table]) => [table, Array.from({ length: 12 }, () => randomUUID())] as const),
  ]);
  const random = seeded(7);
  const oneOf = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)];
  const hostile = ({ column, type, target, mayBeEmpty }: Shape, id: string) => {
    if (column === 'id' && type === 'uuid') return id;
    if (mayBeEmpty && oneOf([1, 2, 3, 4]) === 1) return null;
    if (type === 'uuid')
      return oneOf(
        target === null || oneOf([1, 2, 3, 4, 5, 6, 7, 8]) === 1 ? [randomUUID()] : (ids.get(target) ?? []),
      );
    // Questions are counted as they are written: they were always a list.
    if (column === 'items') return oneOf(['[]', '[{"id": "q1"}]']);
    return oneOf(VALUES[type] ?? []);
  };
  const hashes = async (table: string) =>
    new Map(
      (
        await database.query<{ id: string; hash: string }>(
          `select ${
            shapes.some((shape) => shape.table === table && shape.column === 'id') ? 'id::text' : "''"
          } as id, md5(to_jsonb(t)::text) as hash from ${table} t`,
        )
      ).map(({ id, hash }) => [id === '' ? hash : id, hash]),
    );
  const before = new Map<string, Map<string, string>>();
  for (const [table, columns = []] of tables) {
    // Made with the account, or worked out of passages.
    if (/^(profile|chunk_code|chunk_lex|lex_df|doc_.*draft)$/.test(table)) continue;
    for (const id of ids.get(table) ?? []) {
      const values = columns.map((shape) => hostile(shape, id));
      const places = columns.map(({ type }, index) => `$${index + 1}::${type}`);
      await database.query(
        `insert into ${table} (${columns.map(({ column }) => `"${column}"`).join(', ')}) overriding system value
         values (${places.join(', ')}) on conflict do nothing`,
        values,
      );
    }
    before.set(table, await hashes(table));
  }

  const { repairs } = await start();
  expect(await readCatalog(database.query)).toEqual(fresh);
  for (const [table, then] of before) {
    const count = (isRemoved: boolean) =>
      repairs
        .filter((one) => one.table === table && one.isRemoved === isRemoved)
        .reduce((sum, { rows }) => sum + rows, 0);
    const now = await hashes(table);
    const others = [...now].filter(([id, hash]) => then.get(id) !== hash).length;
    expect([table, now.size, others <= count(false)]).toEqual([table, then.size - count(true), true]);
  }
  expect(repairs.length).toBeGreaterThan(50);
  await database.query("update supabase_migrations.schema_migrations set statements = '{select}'");
  expect((await start()).repairs).toEqual([]);
}, 60_000);

test('what a student kept means afterwards what it meant, as far as today allows it', async () => {
  await makeOlder();
  const [deck, second, card, quiz, thread] = Array.from({ length: 5 }, () => randomUUID());
  const put = (sql: string, ...params: unknown[]) => database.query(sql, [student, ...params]);
  await put(
    `insert into deck (id, user_id, name, created_at) values ($2, $1, 'Cells', '2026-01-01'), ($3, $1, ' cells', '2026-02-01')`,
    deck,
    second,
  );
  await put(
    `insert into flashcard (id, user_id, deck_id, front, back, due, stability, difficulty)
     values ($3, $1, $2, 'What is it?', 'A cell.', 'infinity', 'NaN', 400)`,
    second,
    card,
  );
  await put(`insert into availability_block (user_id, dow, start_min, end_min, timezone)
    values ($1, 1, 60, 120, 'UTC'), ($1, 1, 60, 120, 'UTC'), ($1, 2, 900, 60, '')`);
  await put(`insert into quiz (id, user_id, topic, items) values ($2, $1, 'Cells', '[{"id": "q1"}]')`, quiz);
  await put(
    `insert into quiz_attempt (user_id, quiz_id, started_at) values ($1, $2, '2026-01-01'), ($1, $2, '2026-01-02')`,
    quiz,
  );
  await put(`insert into study_plan (user_id, title, time_per_day_min, days_per_week, created_at)
    values ($1, 'Old', 30, 5, '2026-01-01'), ($1, 'New', 30, 5, '2026-01-02')`);
  await put(`insert into thread (id, user_id) values ($2, $1)`, thread);
  const parts = (secret: object, why: object) => [
    { type: 'text', text: 'Here it is.' },
    {
      type: 'tool-generateQuiz',
      output: {
        quizId: quiz,
        items: [{ id: 'q1', q: '?', choices: [{ id: 'a', text: 'A', ...why }], ...secret }],
      },
    },
  ];
  await put(
    `insert into message (user_id, thread_id, role, parts) values ($1, $2, 'assistant', $3::jsonb)`,
    thread,
    JSON.stringify(parts({ answer: 'a', explanation: 'So.', source: { quote: 'A' } }, { why: 'Right.' })),
  );

  const { repairs } = await start();
  const all = (sql: string) => database.query(sql);
  expect(await all('select id, name from deck')).toEqual([{ id: deck, name: 'Cells' }]);
  expect(
    await all(
      "select id, deck_id, front, due = '2300-01-01 00:00+00' as due, stability, difficulty from flashcard",
    ),
  ).toEqual([{ id: card, deck_id: deck, front: 'What is it?', due: true, stability: 0, difficulty: 10 }]);
  expect(await all('select dow, start_min, end_min, timezone from availability_block order by 1')).toEqual([
    { dow: 1, start_min: 60, end_min: 120, timezone: 'UTC' },
    { dow: 1, start_min: 60, end_min: 120, timezone: 'UTC' },
    { dow: 2, start_min: 60, end_min: 900, timezone: 'UTC' },
  ]);
  expect(
    await all(
      'select finished_at is null as open, extract(day from started_at)::int as day from quiz_attempt order by 2',
    ),
  ).toEqual([
    { open: false, day: 1 },
    { open: true, day: 2 },
  ]);
  expect(await all('select title from study_plan where archived_at is null')).toEqual([{ title: 'New' }]);
  expect(await all('select parts from message')).toEqual([{ parts: parts({}, {}) }]);
  expect(repairs.find(({ rule }) => rule === 'answers of a quiz')).toEqual({
    table: 'message',
    rule: 'answers of a quiz',
    rows: 1,
    isRemoved: false,
  });
});

test("a row that is merely too large is nobody's to throw away: the whole is refused, and stays", async () => {
  await makeOlder();
  await database.query(`insert into persona (user_id, title, instructions) values ($1, '', 'a')`, [student]);
  await database.query(
    `insert into agent_memory (user_id, scope, key, value)
     select $1, 'long', 'k', to_jsonb(string_agg(md5(n::text), '')) from generate_series(1, 1000) n`,
    [student],
  );
  const before = await readCatalog(database.query);
  await expect(start()).rejects.toThrow('agent_memory_value_check');
  expect(await readCatalog(database.query)).toEqual(before);
  expect(await database.query('select title from persona where user_id is not null')).toEqual([
    { title: '' },
  ]);
});
