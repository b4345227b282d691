import { beforeAll, expect, test } from 'vitest';
import { migrationFolder } from '../../tests/setup/database.ts';
import { type LocalDatabase, openDatabase } from './database.ts';
import { noteProject } from './test-project.ts';

const project = noteProject();
let database: LocalDatabase;
let owner: unknown;
beforeAll(async () => {
  database = project.database;
  owner = (await database.query('select session_user::text as name'))[0]?.name;
});

test('acts as each persona with its role and claims, and as the owner again afterwards', async () => {
  const { id } = await database.createUser({ displayName: 'Ada' });
  const who = 'select current_user::text as role, auth.uid() as uid, auth.role() as claimed';
  const rows = [
    ...(await database.asUser(id, (query) => query(who))),
    ...(await database.asUser(null, (query) => query(who))),
    ...(await database.asUser('service', (query) => query(who))),
    ...(await database.query('select current_user::text as role, auth.uid() as uid')),
  ];
  expect(rows).toEqual([
    { role: 'authenticated', uid: id, claimed: 'authenticated' },
    { role: 'anon', uid: null, claimed: 'anon' },
    { role: 'service_role', uid: null, claimed: 'service_role' },
    { role: owner, uid: null },
  ]);
});

test('undoes the whole transaction of a persona whose work fails', async () => {
  const { id } = await database.createUser();
  const attempt = database.asUser(id, async (query) => {
    await query("insert into note (body) values ('half')");
    throw new Error('stopped');
  });
  await expect(attempt).rejects.toThrow('stopped');
  expect(await database.asUser(id, (query) => query('select * from note'))).toEqual([]);
});

test('keeps a query of the owner out of a transaction that another has open', async () => {
  const { id } = await database.createUser();
  let outside: Promise<unknown> | undefined;
  await database.asUser(id, async (query) => {
    outside = database.query('select current_user::text as role');
    await query('select pg_sleep(0.01)');
  });
  expect(await outside).toEqual([{ role: owner }]);
});

test('gives the vector and trigram extensions to migrations', async () => {
  const files = await migrationFolder({
    '20260101000000_enable_search.sql': `
      create extension if not exists vector with schema extensions;
      create extension if not exists pg_trgm with schema extensions;
      create table public.item (embedding extensions.vector(3));
      insert into public.item values ('[1,2,3]');`,
  });
  const searching = await openDatabase({ migrationsDir: files.path });
  const rows = await searching.query(
    "select embedding operator(extensions.<->) '[1,2,4]' as distance from item",
  );
  expect(rows).toEqual([{ distance: 1 }]);
  await searching.close();
  await files.remove();
});

test('names the file and the line of a migration that fails, and applies nothing of it', async () => {
  const files = await migrationFolder({
    '20260101000000_create_first.sql': 'create table public.first (id int);',
    '20260101000100_break_second.sql': 'create table public.second (id int);\n\nselect nonsense;',
  });
  await expect(openDatabase({ migrationsDir: files.path })).rejects.toThrow(
    'Migration 20260101000100_break_second.sql failed at line 3: column "nonsense" does not exist',
  );
  await files.remove();
});
