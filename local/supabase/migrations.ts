import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Driver, Transaction } from './driver.ts';
import { isMadeByOthers, type Migration, rebuild } from './rebuild.ts';
import type { Repair } from './repairs.ts';

const MIGRATION_FILE = /^(\d{14})_(.+)\.sql$/;

/** The migration files of a folder in the order of their time stamps; none when the folder does not exist. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const named = files.toSorted().flatMap((file) => {
    const [, version, name] = MIGRATION_FILE.exec(file) ?? [];
    return version && name ? [{ file, version, name }] : [];
  });
  return Promise.all(
    named.map(async ({ file, version, name }) => ({
      version,
      name,
      sql: await readFile(path.join(folder, file), 'utf8'),
    })),
  );
}

/** A migration may set its own path or checks (dumps do); the one session lives on, so they are put back each time. */
export const SESSION_SETTINGS = 'set search_path to "$user", public, extensions; reset check_function_bodies';

export type Applied = {
  applied: string[];
  /** The database was made by other files: its tables were built anew, and its rows kept. */
  isRebuilt: boolean;
  /** Rows that broke a rule of these files and were brought under it. */
  repairs: Repair[];
};

/** Applies what the history table does not hold yet, each file in a transaction of its own. */
export async function applyMigrations(driver: Driver, migrations: readonly Migration[]): Promise<Applied> {
  const isRebuilt = await isMadeByOthers(driver, migrations);
  if (isRebuilt) {
    return { applied: migrations.map(nameOf), isRebuilt, repairs: await buildAnew(driver, migrations) };
  }
  const { rows } = await driver.query<{ version: string }>(
    'select version from supabase_migrations.schema_migrations',
  );
  const known = new Set(rows.map((row) => row.version));
  const pending = migrations.filter((migration) => !known.has(migration.version));
  for (const migration of pending) {
    await driver.transaction((transaction) => apply(transaction, migration));
    await driver.exec(SESSION_SETTINGS);
  }
  return { applied: pending.map(nameOf), isRebuilt, repairs: [] };
}

/** Builds every table by these files, whatever made them before, and moves each row over. */
export async function buildAnew(driver: Driver, migrations: readonly Migration[]): Promise<Repair[]> {
  const repairs = await rebuild(driver, async (transaction) => {
    for (const migration of migrations) await apply(transaction, migration);
  });
  await driver.exec(SESSION_SETTINGS);
  return repairs;
}

const nameOf = ({ version, name }: Migration) => `${version}_${name}`;

async function apply(transaction: Transaction, migration: Migration) {
  const { version, name, sql } = migration;
  try {
    await transaction.exec(sql);
    await transaction.query(
      'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)',
      [version, name, [sql]],
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${nameOf(migration)}.sql failed${place(error, sql)}: ${reason}`, {
      cause: error,
    });
  }
}

/** Postgres gives the character at which it stopped; a person wants the line. */
function place(error: unknown, sql: string) {
  if (typeof error !== 'object' || error === null || !('position' in error)) return '';
  const position = Number(error.position);
  return Number.isFinite(position) ? ` at line ${sql.slice(0, position).split('\n').length}` : '';
}
