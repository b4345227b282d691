import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import postgres from 'postgres';
import { z } from 'zod';
import { StartError } from '../supabase/data-folder.ts';
import { COLUMNS, countOf, type Dump } from '../supabase/embedded.ts';
import { explainRefusal } from '../supabase/postgres-check.ts';
import { SIDECAR } from '../supabase/storage-adapter.ts';

/** A PostgreSQL by its address, and where its files are: a folder, or the Storage of a hosted project. */
export type Server = {
  url: string;
  files: string | { url: string; secretKey: string };
};

/** What a dump of a server says beside its tables: which columns their parts hold, and where the counters stand. */
export const serverSchema = z.object({
  columns: z.record(z.string(), z.array(z.string())),
  sequences: z.record(z.string(), z.string()),
});
type ServerDump = Omit<Dump, 'image'> & { server: z.infer<typeof serverSchema> };

const SCHEMAS = `('public', 'private', 'auth', 'storage')`;
/** What migrations and the platform make stays theirs; signing keys of a server of one's own lie beside them. */
const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name, array_agg(format('%I', a.attname) order by a.attnum) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relkind = 'r' and c.relpersistence = 'p' and (
    n.nspname in ${SCHEMAS} and (n.nspname, c.relname) not in (('auth', 'schema_migrations'), ('storage', 'migrations'))
    or n.nspname = 'supabase_migrations' and c.relname = 'local_signing')
  group by 1 order by 1`;
const SEQUENCES = `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value
  from pg_sequences where schemaname in ${SCHEMAS} and last_value is not null`;

const PART = (table: string) => path.join('tables', `${table}.copy.gz`);
/** These follow by themselves when a hosted project is given its files. */
const isOfFiles = (table: string) => table.startsWith('storage.') && table !== 'storage.buckets';
const AT_ONCE = 8;

type Transaction = postgres.TransactionSql;

/**
 * One transaction with texts as every server writes them. Prepared statements and settings of a session do not outlive
 * a pooler, so neither is used.
 */
async function inTransaction<T>(url: string, options: string, work: (sql: Transaction) => Promise<T>) {
  const ssl = new URL(url).searchParams.has('sslmode') ? {} : { ssl: 'prefer' as const };
  const sql = postgres(url, { max: 1, prepare: false, onnotice: () => undefined, ...ssl });
  try {
    return (await sql.begin(options, async (transaction) => {
      await transaction.unsafe(
        `set local timezone = 'UTC'; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`,
      );
      return work(transaction);
    })) as T;
  } catch (error) {
    throw explainRefusal(error, url);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const tablesOf = async (sql: Transaction) =>
  new Map(
    (await sql.unsafe<{ name: string; columns: string[] }[]>(TABLES)).map(({ name, columns }) => [
      name,
      columns,
    ]),
  );

async function count(sql: Transaction, table: string, columns: readonly string[]) {
  const [row] = await sql.unsafe<{ rows: number; checksum: string }[]>(countOf(table, columns));
  return { rows: row?.rows ?? 0, checksum: row?.checksum ?? '' };
}

/** Every table into a file of its own, read in one snapshot; then the files of a hosted project as that snapshot names them. */
export async function dumpServer({ url, files }: Server, into: string): Promise<ServerDump> {
  await mkdir(path.join(into, 'tables'), { recursive: true });
  const { objects, ...dump } = await inTransaction(
    url,
    'isolation level repeatable read read only',
    async (sql) => {
      const columns = await tablesOf(sql);
      if (!columns.has('public.profile')) throw new StartError('There are no tables of Clerva in it.');
      const tables: ServerDump['tables'] = {};
      for (const [table, names] of columns) {
        const rows = await sql.unsafe(`copy (select ${names.join(', ')} from ${table}) to stdout`).readable();
        await pipeline(rows, createGzip(), createWriteStream(path.join(into, PART(table))));
        tables[table] = await count(sql, table, names);
      }
      const [schema] = await sql.unsafe<{ schema: string }[]>(COLUMNS);
      const sequences = await sql.unsafe<{ name: string; value: string }[]>(SEQUENCES);
      return {
        tables,
        schema: schema?.schema ?? '',
        server: {
          columns: Object.fromEntries(columns),
          sequences: Object.fromEntries(sequences.map(({ name, value }) => [name, value])),
        },
        objects: await sql.unsafe<StoredObject[]>(OBJECTS),
      };
    },
  );
  if (typeof files !== 'string') await download(storageOf(files), objects, path.join(into, 'storage'));
  return dump;
}

const OBJECTS = `select bucket_id as bucket, name, metadata ->> 'mimetype' as mimetype, metadata ->> 'cacheControl' as "cacheControl"
  from storage.objects order by 1, 2`;
type StoredObject = { bucket: string; name: string; mimetype: string | null; cacheControl: string | null };

const storageOf = ({ url, secretKey }: { url: string; secretKey: string }) =>
  createClient(url, secretKey, { auth: { persistSession: false } }).storage;
type Storage = SupabaseClient['storage'];

async function inTurns<T>(list: readonly T[], work: (item: T) => Promise<void>) {
  for (let at = 0; at < list.length; at += AT_ONCE) await Promise.all(list.slice(at, at + AT_ONCE).map(work));
}

/** As a folder of one's own keeps them, each with what it is beside it. */
async function download(storage: Storage, objects: readonly StoredObject[], folder: string) {
  await inTurns(objects, async ({ bucket, name, mimetype, cacheControl }) => {
    const file = path.resolve(folder, bucket, name);
    if (!file.startsWith(path.resolve(folder, bucket) + path.sep))
      throw new StartError(`The file ${bucket}/${name} has a name that no folder can keep.`);
    const { data, error } = await storage.from(bucket).download(name);
    if (error) {
      // Removed since the snapshot: it is missing in both.
      const { data: isThere, error: unknown } = await storage.from(bucket).exists(name);
      if (!isThere && !(unknown && 'status' in unknown && Number(unknown.status) >= 500)) return;
      throw new StartError(`Storage gave no ${bucket}/${name}: ${error.message}`);
    }
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, data.stream());
    await writeFile(file + SIDECAR, JSON.stringify({ mimetype, cacheControl }));
  });
}

type Restore = { from: string; server: Server; force: boolean } & {
  manifest: Pick<ServerDump, 'tables' | 'server'> & { parts: Record<string, unknown> };
};

/** Puts the rows into tables that are there and empty; all of them as they were, or none. Then a hosted project gets its files. */
export async function restoreServer({ from, server: { url, files }, force, manifest }: Restore) {
  const wanted = Object.entries(manifest.server.columns).filter(
    ([table]) => typeof files === 'string' || !isOfFiles(table),
  );
  await inTransaction(url, '', async (sql) => {
    const there = await tablesOf(sql);
    const homeless = wanted.filter(
      ([table, columns]) =>
        (manifest.tables[table]?.rows ?? 0) > 0 &&
        columns.some((column) => !there.get(table)?.includes(column)),
    );
    if (homeless.length > 0) {
      const names = homeless.map(([table]) => table).join(', ');
      throw new StartError(
        `This database has no place for ${names}: apply the migrations of the version that made the backup.`,
      );
    }
    const [used] = await sql.unsafe('select 1 from auth.users limit 1');
    if (used && !force)
      throw new StartError(
        'There are accounts in this database already. Name an empty one, or add --force to replace all of its rows.',
      );
    await withoutTriggers(sql);
    const tables = wanted.filter(([table]) => there.has(table));
    await sql.unsafe(tables.map(([table]) => `delete from ${table}`).join(';'));
    for (const [table, columns] of tables) await fill(sql, from, table, columns);
    for (const [name, value] of Object.entries(manifest.server.sequences))
      await sql.unsafe('select setval(to_regclass($1), $2::bigint)', [name, value]);
    const differing: string[] = [];
    for (const [table, columns] of tables) {
      const { rows, checksum } = await count(sql, table, columns);
      const kept = manifest.tables[table];
      if (rows !== kept?.rows || checksum !== kept.checksum) differing.push(table);
    }
    if (differing.length > 0)
      throw new StartError(`Nothing was restored, these would differ: ${differing.join(', ')}.`);
  });
  if (typeof files !== 'string') await upload(storageOf(files), from, Object.keys(manifest.parts));
}

/** What a trigger would do stands in the rows already, and a table may come before what it names. */
async function withoutTriggers(sql: Transaction) {
  await sql.unsafe('set local session_replication_role = replica').catch((cause: unknown) => {
    const role = 'grant set on parameter session_replication_role to <role>';
    throw new StartError(
      `To restore, the role of this address has to be allowed it by a superuser: ${role}.`,
      { cause },
    );
  });
}

async function fill(sql: Transaction, from: string, table: string, columns: readonly string[]) {
  const rows = await sql.unsafe(`copy ${table} (${columns.join(', ')}) from stdin`).writable();
  await pipeline(createReadStream(path.join(from, PART(table))), createGunzip(), rows);
}

const besideSchema = z
  .object({ mimetype: z.string().nullable(), cacheControl: z.string().nullable() })
  .partial();

async function upload(storage: Storage, from: string, parts: readonly string[]) {
  const files = parts.filter((part) => part.startsWith(`storage${path.sep}`) && !part.endsWith(SIDECAR));
  await inTurns(files, async (part) => {
    const [, bucket = '', ...name] = part.split(path.sep);
    const beside = parts.includes(part + SIDECAR)
      ? await readFile(path.join(from, part + SIDECAR), 'utf8')
      : '{}';
    const { mimetype, cacheControl } = besideSchema.parse(JSON.parse(beside));
    const { error } = await storage
      .from(bucket)
      .upload(name.join('/'), await readFile(path.join(from, part)), {
        contentType: mimetype ?? undefined,
        cacheControl: /\d+/.exec(cacheControl ?? '')?.[0],
        upsert: true,
      });
    if (error)
      throw new StartError(
        `The rows are restored; Storage did not take ${part}: ${error.message}. Restore again with --force.`,
      );
  });
}
