import type { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite/vector';
import { z } from 'zod';
import type { Backend } from './backend.ts';
import { createKysely, createQueue } from './driver-lock.ts';
import { createPgliteConnection } from './lite.ts';
import { isoTimestamp } from './postgres-session.ts';
import { loadSnapshot, saveSnapshot } from './snapshot.ts';

const TIMESTAMP = 1114;
const TIMESTAMP_WITH_ZONE = 1184;

/** Rows of each table, and a checksum over all of them. */
export const tablesSchema = z.record(z.string(), z.object({ rows: z.int(), checksum: z.string() }));
export type Dump = { image: Blob; tables: z.infer<typeof tablesSchema>; schema: string };
export type Embedded = Backend & {
  driver: PGlite;
  tables: () => Promise<Dump['tables']>;
  /** The database as a file, as it is in one moment. */
  dump: () => Promise<Dump>;
};

/** A checksum over every column and its type. */
export const COLUMNS = `
  select md5(string_agg(format('%I.%I.%I %s', n.nspname, c.relname, a.attname, t.typname || a.atttypmod), ',' order by n.nspname, c.relname, a.attnum)) as schema
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
  where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^(pg_|information_schema)'`;

/** Rows of one table, and a checksum over those columns of them. */
export const countOf = (table: string, columns: readonly string[] = ['*']) =>
  `select '${table}' as name, count(*)::int as rows,
    md5(coalesce(string_agg(md5(x::text), '' order by md5(x::text)), '')) as checksum from (select ${columns.join(', ')} from ${table}) x`;

/** One statement over every table that is kept. */
async function tablesQuery(driver: PGlite): Promise<string> {
  const { rows } = await driver.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^(pg_|information_schema)' order by 1`,
  );
  const each = rows.map(({ name }) => countOf(name));
  return `select jsonb_object_agg(name, jsonb_build_object('rows', rows, 'checksum', checksum)) as tables from (${each.join(' union all ')}) t`;
}

/**
 * Postgres inside this process. Only one process may have a data folder open; the gateway holds the lock for it. Without
 * a folder the database is in memory, and starts from the first of those copies that exists.
 */
export async function openEmbedded(
  dataDir: string | undefined,
  copies: readonly string[],
  image: Blob | null = null,
): Promise<Embedded> {
  const inMemory = dataDir === undefined;
  let kept = '';
  let start = image;
  for (const key of inMemory ? copies : []) {
    start ??= await loadSnapshot(key);
    if (start && kept === '') kept = key;
  }
  const connection = await createPgliteConnection({
    url: dataDir,
    pgliteOptions: {
      extensions: { vector, pg_trgm },
      parsers: { [TIMESTAMP]: isoTimestamp, [TIMESTAMP_WITH_ZONE]: isoTimestamp },
      ...(start ? { loadDataDir: start } : {}),
    },
  });
  const driver = connection.driver;
  await driver.waitReady;
  const { lend, exclusive } = createQueue(driver);
  connection.kysely = createKysely(lend);

  const tables = async () =>
    tablesSchema.parse((await driver.query<{ tables: unknown }>(await tablesQuery(driver))).rows[0]?.tables);
  return {
    connection,
    driver,
    exclusive,
    tables: () => exclusive(tables),
    // Alone with the database, what is counted is what is copied.
    dump: () =>
      exclusive(async () => {
        await driver.exec('checkpoint');
        const columns = await driver.query<{ schema: string }>(COLUMNS);
        const schema = columns.rows[0]?.schema ?? '';
        return { tables: await tables(), schema, image: await driver.dumpDataDir('gzip') };
      }),
    prepare: (work) => work(driver),
    keepCopy: async (key) => {
      if (inMemory && kept !== copies[0]) await saveSnapshot(key, driver);
    },
    keptSigning: async () => null,
    takeSeat: async () => ({
      exclusive,
      lost: new Promise(() => undefined),
      leave: async () => undefined,
    }),
    // Waiting for the turn lets a transaction in flight end before the files are closed.
    close: () => exclusive(() => connection.close()),
  };
}
