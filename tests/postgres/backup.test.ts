import { appendFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { createClient } from '@supabase/supabase-js';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBackup, restoreBackup } from '../../local/backup/backup.ts';
import { type Gateway, startGateway } from '../../local/supabase/gateway.ts';
import { createTemporaryDatabase } from '../../local/supabase/temporary.ts';
import { type TemporaryFolder, temporaryFolder } from '../setup/database.ts';

type Temporary = Awaited<ReturnType<typeof createTemporaryDatabase>>;
const PASSWORD = 'a long test password';

const folders: TemporaryFolder[] = [];
const databases: Temporary[] = [];
const gateways: Gateway[] = [];

async function folder() {
  const made = await temporaryFolder();
  folders.push(made);
  return made.path;
}
/** An empty database of a role that is no superuser. */
async function emptyDatabase() {
  const made = await createTemporaryDatabase(
    process.env.TEST_POSTGRES_URL ?? '',
    'empty',
    async () => undefined,
  );
  databases.push(made);
  return made.url;
}
async function open(url: string, storageDir: string) {
  const gateway = await startGateway({ port: 0, server: { url }, storageDir });
  gateways.push(gateway);
  const admin = createClient(gateway.url, gateway.secretKey, { auth: { persistSession: false } });
  return { gateway, admin, hosted: { url, files: { url: gateway.url, secretKey: gateway.secretKey } } };
}
const textOf = async ({ admin }: Awaited<ReturnType<typeof open>>, name: string) =>
  (await admin.storage.from('documents').download(name)).data?.text();

let source: { url: string; files: string } & Awaited<ReturnType<typeof open>>;
let file: string;
let backups: string;
let writing: Promise<void>;
let isWriting = true;
const begun = Promise.withResolvers<void>();

beforeAll(async () => {
  const [url, files] = [await emptyDatabase(), await folder()];
  source = { url, files, ...(await open(url, files)) };
  backups = await folder();
  const { database } = source.gateway;
  const { id } = await database.createUser({ email: 'ada@example.com', password: PASSWORD });
  file = `${id}/one/original.md`;
  await source.admin.storage
    .from('documents')
    .upload(file, Buffer.from('bytes'), { contentType: 'text/markdown', cacheControl: '60' });
  // Two rows that belong together: a backup in between would have one of them.
  writing = (async () => {
    for (let n = 0; isWriting && n < 1_000; n += 1) {
      await setTimeout(10);
      await database.asUser(id, async (query) => {
        const [thread] = await query<{ id: string }>(
          `insert into public.thread (title) values ($1) returning id`,
          [`t${n}\t\\N "ünï"`],
        );
        await query(`insert into public.message (thread_id, role) values ($1, 'user')`, [thread?.id]);
      });
      if (n === 5) begun.resolve();
    }
  })();
  await begun.promise;
});
afterAll(async () => {
  isWriting = false;
  await writing;
  for (const gateway of gateways) await gateway.close();
  for (const database of databases) await database.drop();
  for (const made of folders) await made.remove();
});

/** What stands in a database, counted by nothing that the backup uses. */
async function rowsOf(url: string) {
  const sql = postgres(url, { max: 1 });
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('public', 'private', 'auth') and table_type = 'BASE TABLE' order by 1`;
  const rows: Record<string, string[]> = {};
  for (const { name } of tables)
    rows[name] = (await sql.unsafe(`select x::text as row from ${name} x order by 1`)).map(({ row }) => row);
  await sql.end();
  return rows;
}

test('of a server while students write, a backup is one moment, and comes back into an empty database row by row', async () => {
  const [dataFolder, target] = [await folder(), await folder()];
  const jobs = new DatabaseSync(path.join(dataFolder, 'inngest.sqlite'));
  jobs.exec("pragma journal_mode = wal; create table run (id text); insert into run values ('waits')");
  const common = { dataFolder, into: backups, running: null, keepDays: 7, server: source };
  const { folder: from, manifest } = await makeBackup({ ...common, now: new Date('2026-01-09T00:00:00Z') });
  jobs.close();
  const threads = manifest.tables['public.thread']?.rows ?? 0;
  expect(threads).toBeGreaterThan(0);
  expect(manifest.tables['public.message']?.rows).toBe(threads);

  const url = await emptyDatabase();
  const server = { url, files: path.join(target, 'files') };
  await restoreBackup({ from, dataFolder: target, server });
  const counted = Object.entries(await rowsOf(url)).filter(([name]) => manifest.tables[name]);
  expect(counted.length).toBeGreaterThan(50);
  expect(counted.map(([name, rows]) => [name, rows.length])).toEqual(
    counted.map(([name]) => [name, manifest.tables[name]?.rows]),
  );
  const waiting = new DatabaseSync(path.join(target, 'inngest.sqlite'));
  expect(waiting.prepare('select id from run').all()).toEqual([{ id: 'waits' }]);
  waiting.close();
  await expect(restoreBackup({ from, dataFolder: target, server })).rejects.toThrow('has files already');

  const restored = await open(url, server.files);
  expect(await textOf(restored, file)).toBe('bytes');
  const session = await source.admin.auth.signInWithPassword({
    email: 'ada@example.com',
    password: PASSWORD,
  });
  // Signed with keys of the old one, which came along.
  expect((await restored.admin.auth.getClaims(session.data.session?.access_token)).error).toBeNull();
  const { data, error } = await restored.admin.auth.signInWithPassword({
    email: 'ada@example.com',
    password: PASSWORD,
  });
  expect([data.user?.email, error]).toEqual(['ada@example.com', null]);
  // Counters go on where they stood.
  await restored.gateway.database.asUser(data.user?.id ?? null, (query) =>
    query(`insert into public.thread (title) values ('after')`),
  );
});

test('of a hosted project the files come through its Storage, and go back the same way', async () => {
  const nothing = await folder();
  const { hosted } = source;
  const common = { dataFolder: nothing, into: backups, running: null, keepDays: 7 };
  const {
    folder: from,
    manifest,
    removed,
  } = await makeBackup({
    ...common,
    server: hosted,
    now: new Date('2026-01-17T00:00:00Z'),
  });
  expect(removed).toEqual(['clerva-2026-01-09T00-00-00Z']);
  expect(await readdir(from)).not.toContain('keys');
  isWriting = false;
  await writing;

  const fresh = await open(await emptyDatabase(), await folder());
  const server = fresh.hosted;
  await restoreBackup({ from, dataFolder: nothing, server });
  expect(await textOf(fresh, file)).toBe('bytes');
  const [object] = await fresh.gateway.database.query<{ metadata: { mimetype: string; size: number } }>(
    'select metadata from storage.objects where name = $1',
    [file],
  );
  expect(object?.metadata).toMatchObject({ mimetype: 'text/markdown', size: 5 });
  const threads = (await rowsOf(server.url))['public.thread'];
  expect(threads).toHaveLength(manifest.tables['public.thread']?.rows ?? -1);
  expect((await rowsOf(source.url))['public.thread']).toEqual(expect.arrayContaining(threads ?? []));

  await expect(restoreBackup({ from, dataFolder: nothing, server })).rejects.toThrow('There are accounts');
  await restoreBackup({ from, dataFolder: nothing, server, force: true });
  await expect(restoreBackup({ from, dataFolder: nothing })).rejects.toThrow('of a PostgreSQL server');

  // What cannot come back whole changes nothing.
  const sql = postgres(server.url, { max: 1 });
  await sql`alter table public.thread rename column title to name`;
  await expect(restoreBackup({ from, dataFolder: nothing, server, force: true })).rejects.toThrow(
    'no place for public.thread',
  );
  expect(await sql`select 1 from public.thread`).toHaveLength(threads?.length ?? -1);
  await sql.end();
  await appendFile(path.join(from, 'tables', 'public.thread.copy.gz'), 'x');
  await expect(restoreBackup({ from, dataFolder: nothing, server, force: true })).rejects.toThrow(
    'not what was backed up',
  );
});

test('says what is in the way, and leaves nothing half done', async () => {
  const [into, dataFolder] = [await folder(), await folder()];
  const to = (url: string) =>
    makeBackup({ dataFolder, into, running: null, keepDays: 7, server: { url, files: dataFolder } });
  await expect(to(await emptyDatabase())).rejects.toThrow('no tables of Clerva');
  await expect(to('postgres://clerva@127.0.0.1:1/clerva')).rejects.toThrow('No PostgreSQL answers');
  expect(await readdir(into)).toEqual([]);
});
