import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';

const SCHEMA = `
  create table if not exists function (
    id text primary key,
    app text not null,
    config text not null
  );
  create table if not exists event (
    seq integer primary key,
    id text not null,
    name text not null,
    body text not null,
    received_at integer not null,
    dispatched integer not null default 0
  );
  create index if not exists event_id on event (id, received_at);
  create index if not exists event_undispatched on event (seq) where dispatched = 0;
  create table if not exists run (
    id text primary key,
    function_id text not null,
    status text not null,
    events text not null,
    output text,
    error text,
    parent_run_id text,
    parent_step_id text,
    sort_key integer not null,
    singleton_key text,
    created_at integer not null,
    started_at integer,
    ended_at integer
  );
  create index if not exists run_status on run (status, function_id);
  create index if not exists run_singleton on run (singleton_key) where status = 'running';
  create table if not exists run_event (
    event_id text not null,
    run_id text not null references run (id) on delete cascade,
    primary key (event_id, run_id)
  );
  create index if not exists run_event_run on run_event (run_id);
  create table if not exists step (
    run_id text not null references run (id) on delete cascade,
    id text not null,
    name text not null,
    op text not null,
    status text not null,
    race integer not null default 0,
    memo text,
    error text,
    attempts integer not null default 0,
    position integer,
    created_at integer not null,
    ended_at integer,
    primary key (run_id, id)
  );
  create table if not exists job (
    id integer primary key autoincrement,
    kind text not null,
    state text not null,
    due_at integer not null,
    run_id text references run (id) on delete cascade,
    step_id text,
    attempt integer not null default 0,
    interruptions integer not null default 0,
    key text,
    payload text not null default '{}'
  );
  create index if not exists job_due on job (due_at) where state = 'later';
  create index if not exists job_run on job (run_id);
  create index if not exists job_key on job (kind, key);
  create table if not exists tally (
    key text not null,
    at integer not null,
    expires_at integer not null
  );
  create index if not exists tally_key on tally (key, at);
`;

export type Row = Record<string, SQLOutputValue>;

/** A thin layer over node:sqlite: cached statements and transactions that nest. */
export type Database = {
  all(sql: string, ...values: SQLInputValue[]): Row[];
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  /** Runs a statement and returns the id of the row it inserted. */
  run(sql: string, ...values: SQLInputValue[]): number;
  transaction<Result>(work: () => Result): Result;
  close(): void;
};

export function openDatabase(file: string): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const connection = new DatabaseSync(file);
  // Two servers on one file would run every step twice; the second fails here. A killed process holds no lock.
  connection.exec('pragma locking_mode = exclusive;');
  // With a write-ahead log, "normal" hands every commit to the operating system before it returns: killing this process
  // loses nothing. Only a power cut may drop the last commits, and it leaves the file consistent.
  connection.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma busy_timeout = 2000;',
  );
  connection.exec(SCHEMA);

  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  let depth = 0;
  return {
    all: (sql, ...values) => prepare(sql).all(...values),
    get: (sql, ...values) => prepare(sql).get(...values),
    run: (sql, ...values) => Number(prepare(sql).run(...values).lastInsertRowid),
    transaction(work) {
      if (depth > 0) return work();
      connection.exec('begin immediate');
      depth += 1;
      try {
        const result = work();
        connection.exec('commit');
        return result;
      } catch (error) {
        connection.exec('rollback');
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close: () => connection.close(),
  };
}

export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** Reads back a column that this store wrote with `toJson`; the caller names the type it stored there. */
export function fromJson<Value>(column: SQLOutputValue | undefined): Value {
  return JSON.parse(String(column)) as Value;
}
