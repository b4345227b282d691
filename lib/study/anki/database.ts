import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';

/** Whatever a collection holds, only these tables are read, and only where they are plain tables. */
const TABLES = ['col', 'notes', 'cards', 'revlog', 'decks', 'notetypes', 'templates', 'fields'] as const;
export type AnkiTable = (typeof TABLES)[number];

export type AnkiDatabase = {
  has(table: AnkiTable): boolean;
  rows(sql: string): Record<string, unknown>[];
  close(): void;
};

/**
 * Opens somebody's collection in memory. It is data: its triggers and views are never run, it can reach no file, and
 * what is damaged says so.
 */
export function openCollection(bytes: Uint8Array): AnkiDatabase {
  const database = new DatabaseSync(':memory:', { allowExtension: false });
  const damaged = (cause: unknown) => new AppError('file_damaged', { cause });
  let tables: Set<string>;
  try {
    database.deserialize(bytes);
    if (nameSorted(database)) {
      renameCollation(database);
      database.deserialize(database.serialize());
    }
    database.exec('pragma trusted_schema = off; pragma query_only = on; pragma cell_size_check = on');
    const found = database
      .prepare(`select name from sqlite_master where type = 'table' and sql not like '%virtual%'`)
      .all();
    tables = new Set(found.map(({ name }) => String(name)));
  } catch (cause) {
    database.close();
    throw damaged(cause);
  }
  return {
    has: (table) => tables.has(table),
    rows(sql) {
      try {
        const statement = database.prepare(sql);
        // Ids are milliseconds and fit a number; a hash of another program may not, and loses nothing we need.
        statement.setReadBigInts(true);
        return statement
          .all()
          .map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)])));
      } catch (cause) {
        throw damaged(cause);
      }
    },
    close: () => database.close(),
  };
}

/** Anki sorts names by a collation of its own; without it SQLite can plan no query on those tables. */
const nameSorted = (database: DatabaseSync) =>
  database.prepare(`select 1 from sqlite_master where sql like '%unicase%'`).get() !== undefined;

/** Nothing is sorted here, so that any collation does: the copy in memory gets one that there is. */
function renameCollation(database: DatabaseSync): void {
  database.enableDefensive(false);
  database.exec(`pragma writable_schema = on;
    update sqlite_master set sql = replace(sql, 'unicase', 'nocase') where sql like '%unicase%';
    pragma writable_schema = off`);
  database.enableDefensive(true);
}

const plain = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
