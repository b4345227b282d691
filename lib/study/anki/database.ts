import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';
import { refuseWhatComputes, treeCheck } from './plain-data.ts';

/** Whatever a collection holds, only these tables are read, and only where they are plain tables. */
const TABLES = ['col', 'notes', 'cards', 'revlog', 'decks', 'notetypes', 'templates', 'fields'] as const;
export type AnkiTable = (typeof TABLES)[number];

export type AnkiDatabase = {
  has(table: AnkiTable): boolean;
  /** One after the other: a collection of years fits into memory once, and a reading can be ended between two of them. */
  rows(sql: string): Iterable<Record<string, unknown>>;
  close(): void;
};

/**
 * Opens somebody's collection in memory. It is data: nothing in it is run, it can reach no file, and what is damaged says
 * so. SQLite cannot be stopped in the middle of a step, so a file that could make one last is refused before.
 */
export function openCollection(bytes: Uint8Array): AnkiDatabase {
  const database = new DatabaseSync(':memory:', { allowExtension: false, defensive: true });
  const damaged = (cause: unknown) =>
    cause instanceof AppError ? cause : new AppError('file_damaged', { cause });
  let tables: Set<string>;
  try {
    const checkTree = treeCheck(bytes);
    checkTree(1);
    database.deserialize(bytes);
    database.exec('pragma trusted_schema = off; pragma cell_size_check = on');
    refuseWhatComputes(database);
    const roots = database.prepare('select distinct rootpage from sqlite_master where rootpage > 0').all();
    for (const { rootpage } of roots) checkTree(Number(rootpage));
    renameCollation(database);
    database.exec('pragma query_only = on');
    const found = database.prepare(`select name from sqlite_master where type = 'table'`).all();
    tables = new Set(found.map(({ name }) => String(name)));
  } catch (cause) {
    database.close();
    throw damaged(cause);
  }
  return {
    has: (table) => tables.has(table),
    *rows(sql) {
      try {
        const statement = database.prepare(sql);
        // Ids are milliseconds and fit a number; a hash of another program may not, and loses nothing we need.
        statement.setReadBigInts(true);
        for (const row of statement.iterate()) {
          yield Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)]));
        }
      } catch (cause) {
        throw damaged(cause);
      }
    },
    close: () => database.close(),
  };
}

/**
 * Anki sorts names by a collation of its own; without it SQLite can plan no query on those tables. Nothing is sorted here,
 * so that any collation does: the copy in memory gets one that there is.
 */
function renameCollation(database: DatabaseSync): void {
  database.enableDefensive(false);
  database.exec(`pragma writable_schema = on;
    update sqlite_master set sql = replace(sql, 'unicase', 'nocase') where sql like '%unicase%';
    pragma writable_schema = reset`);
  database.enableDefensive(true);
}

const plain = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
