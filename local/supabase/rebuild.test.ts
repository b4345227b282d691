import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readCatalog } from '../../scripts/compare-catalog.ts';
import { migrationFolder, type TemporaryFolder, temporaryFolder } from '../../tests/setup/database.ts';
import { type LocalDatabase, openDatabase } from './database.ts';
import { startGateway } from './gateway.ts';
import { applyMigrations, readMigrations } from './migrations.ts';
import type { Migration } from './rebuild.ts';

const OURS = new URL('../../supabase/migrations/', import.meta.url).pathname;

const note = (columns: string, more = '') => `
  create table public.note (id bigint generated always as identity primary key,
    user_id uuid not null default auth.uid() references auth.users on delete cascade, ${columns});
  alter table public.note enable row level security;
  grant select, insert on public.note to authenticated;
  create policy own on public.note for select to authenticated using (user_id = (select auth.uid()));
  create policy add on public.note for insert to authenticated with check (user_id = (select auth.uid()));
  create function public.notes() returns setof public.note language sql stable set search_path = ''
    as 'select * from public.note'; ${more}`;

const files = (sql: string) => [{ version: '20260101000000', name: 'note', sql }] satisfies Migration[];

describe('a database that was made by other migrations', () => {
  let folder: TemporaryFolder;
  let database: LocalDatabase;
  let student: string;

  beforeEach(async () => {
    folder = await migrationFolder({
      '20260101000000_note.sql': note('body text, mood text'),
    });
    database = await openDatabase({ migrationsDir: folder.path });
    student = (await database.createUser()).id;
    await database.asUser(student, (query) => query("insert into note (body) values ('first'), ('second')"));
  });
  afterEach(async () => {
    await database.close();
    await folder.remove();
  });

  const apply = (sql: string) =>
    database.exclusive((driver) =>
      applyMigrations(driver, [
        ...files(sql),
        { version: '20260101000001', name: 'tag', sql: 'create table public.tag (id int)' },
      ]),
    );

  test('of the same text is left as it is, and takes what is new', async () => {
    expect(await apply(note('body text, mood text'))).toEqual({
      applied: ['20260101000001_tag'],
      isRebuilt: false,
      repairs: [],
    });
  });

  test('keeps every row under the edited text, and says that it was built anew', async () => {
    const edited = note("body text, kind text not null default 'plain', mood text");
    expect((await apply(edited)).isRebuilt).toBe(true);
    const rows = await database.asUser(student, async (query) => {
      await query("insert into note (body) values ('third')");
      return query('select id, body, kind from notes() order by id');
    });
    expect(rows).toEqual([
      { id: 1, body: 'first', kind: 'plain' },
      { id: 2, body: 'second', kind: 'plain' },
      { id: 3, body: 'third', kind: 'plain' },
    ]);
    expect((await apply(edited)).isRebuilt).toBe(false);
  });

  test.for([
    { why: 'a column is gone', sql: note('body text'), reason: 'no place any more for note.mood' },
    {
      why: 'a row breaks a rule',
      sql: note("body text not null check (body <> 'second'), mood text"),
      reason: 'check',
    },
    { why: 'a file fails', sql: note('body text, mood text', 'select nonsense;'), reason: 'nonsense' },
  ])('is refused and stays as it was when $why', async ({ sql, reason }) => {
    const before = await readCatalog(database.query);
    await expect(apply(sql)).rejects.toThrow(reason);
    expect(await readCatalog(database.query)).toEqual(before);
    expect((await apply(note('body text, mood text'))).isRebuilt).toBe(false);
    expect(await database.query('select body from note order by id')).toHaveLength(2);
  });
});

test('a kept folder of the many small files becomes exactly what the files of today make', async () => {
  const database = await openDatabase();
  try {
    const fresh = await readCatalog(database.query);
    const { id } = await database.createUser({ displayName: 'Ada' });
    await database.asUser(id, (query) => query("insert into thread (title) values ('Cells')"));
    await database.asUser(id, (query) =>
      query("insert into message (thread_id, role) select id, 'user' from thread returning seq"),
    );
    // As it was then: 84 names that no file bears now, and functions of an older text.
    await database.query(`drop function public.list_nudges cascade`);
    await database.query(`delete from supabase_migrations.schema_migrations`);
    await database.query(`insert into supabase_migrations.schema_migrations (version, name, statements)
      select (20261120090000 + n)::text, 'create_part_' || n, array['select ' || n] from generate_series(1, 84) n`);

    const migrations = await readMigrations(OURS);
    const { isRebuilt } = await database.exclusive((driver) => applyMigrations(driver, migrations));
    expect(isRebuilt).toBe(true);
    expect(await readCatalog(database.query)).toEqual(fresh);
    expect(await database.query('select version from supabase_migrations.schema_migrations')).toHaveLength(
      migrations.length,
    );
    expect(
      await database.query(
        'select t.title, m.seq, p.display_name from thread t join message m on m.thread_id = t.id join profile p on p.user_id = t.user_id',
      ),
    ).toEqual([{ title: 'Cells', seq: 1, display_name: 'Ada' }]);
    const [next] = await database.asUser(id, (query) =>
      query("insert into message (thread_id, role) select id, 'user' from thread returning seq"),
    );
    expect(next).toEqual({ seq: 2 });
  } finally {
    await database.close();
  }
});

describe('a kept folder', () => {
  let data: TemporaryFolder;
  beforeAll(async () => {
    data = await temporaryFolder();
  });
  afterAll(() => data.remove());

  test('that cannot be taken over is named, with what to do, and still opens as before', async () => {
    const then = await migrationFolder({ '20260101000000_note.sql': note('body text, mood text') });
    const now = await migrationFolder({ '20260101000000_note.sql': note('body text') });
    const start = (migrationsDir: string) => startGateway({ port: 0, dataDir: data.path, migrationsDir });
    const first = await start(then.path);
    const { id } = await first.database.createUser();
    await first.database.query('insert into note (user_id) values ($1)', [id]);
    await first.close();

    await expect(start(now.path)).rejects.toThrow(
      `The data folder ${data.path} was made by other migrations, and these cannot take its rows over: ` +
        'there is no place any more for note.mood. Nothing in it was changed. Move the folder away to start anew, ' +
        'or go back to the version that made it.',
    );

    const again = await start(then.path);
    expect(again.database.applied).toEqual([]);
    expect(await again.database.query('select * from note')).toHaveLength(1);
    await again.close();
    await then.remove();
    await now.remove();
  });
});
