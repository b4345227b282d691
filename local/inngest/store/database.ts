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

/** Columns that hold JSON, in whatever table. */
const JSON_COLUMNS = new Set(['body', 'config', 'error', 'events', 'memo', 'output', 'payload']);

type Values = Record<string, unknown>;

const columnOf = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const nameOf = (column: string) => column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

function encode(name: string, value: unknown): SQLInputValue {
  if (value === undefined || value === null) return null;
  if (JSON_COLUMNS.has(name)) return JSON.stringify(value);
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new TypeError(`${name} holds text and numbers, not ${typeof value}.`);
}

const encoded = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encode(name, value)]));

function decode<Row>(row: Record<string, SQLOutputValue>): Row {
  const fields = Object.entries(row).map(([column, value]) => [
    nameOf(column),
    value !== null && JSON_COLUMNS.has(column) ? JSON.parse(String(value)) : value,
  ]);
  // The caller names the type that this store itself wrote there.
  return Object.fromEntries(fields) as Row;
}

/** A thin layer over node:sqlite: cached statements, rows in the names of the code, transactions that nest. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  constructor(file: string) {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    this.#connection = new DatabaseSync(file);
    // Two servers on one file would run every step twice; the second fails here. A killed process holds no lock.
    this.#connection.exec('pragma locking_mode = exclusive;');
    // With a write-ahead log, "normal" hands every commit to the operating system before it returns: killing this process
    // loses nothing. Only a power cut may drop the last commits, and it leaves the file consistent.
    this.#connection.exec(
      'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma busy_timeout = 2000;',
    );
    this.#connection.exec(SCHEMA);
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  all<Row>(sql: string, values: Values = {}): Row[] {
    return this.#prepare(sql)
      .all(encoded(values))
      .map(decode<Row>);
  }

  get<Row>(sql: string, values: Values = {}): Row | null {
    return this.all<Row>(sql, values)[0] ?? null;
  }

  has(sql: string, values: Values): boolean {
    return this.#prepare(sql).get(encoded(values)) !== undefined;
  }

  run(sql: string, values: Values = {}): void {
    this.#prepare(sql).run(encoded(values));
  }

  /** Inserts one row of the columns that are given; `conflict` says what follows the values. */
  insert(table: string, values: Values, conflict = ''): void {
    const names = Object.keys(values);
    const columns = names.map(columnOf).join(', ');
    this.run(`insert into ${table} (${columns}) values (:${names.join(', :')}) ${conflict}`, values);
  }

  transaction<Result>(work: () => Result): Result {
    if (this.#depth > 0) return work();
    this.#connection.exec('begin immediate');
    this.#depth += 1;
    try {
      const result = work();
      this.#connection.exec('commit');
      return result;
    } catch (error) {
      this.#connection.exec('rollback');
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  close(): void {
    this.#connection.close();
  }
}
