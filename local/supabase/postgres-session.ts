import postgres from 'postgres';
import type { Driver, ListeningDriver, Row, Transaction } from './driver.ts';

const TIMESTAMPS = [1114, 1184];
/** `2026-11-20 22:55:09.4+00` as the Data API writes it: `2026-11-20T22:55:09.4+00:00`. Lite leaves the former. */
export const isoTimestamp = (text: string) => text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00');

const asIs = (text: string) => text;
const text = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));
/** JSON in a text is JSON already; written once more it would become a string of JSON. */
const json = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
/** An integer as a number while that is exact. */
const integer = (digits: string) => (Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits));
const decimal = (digits: string) => (String(Number(digits)) === digits ? Number(digits) : digits);
const type = (from: number[], parse: (text: string) => unknown, serialize = text) => ({
  to: from[0] ?? 0,
  from,
  parse,
  serialize,
});
const bytes = (value: unknown) =>
  value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value);
/** Values as the embedded database takes and gives them, so that the rest cannot tell the two apart. */
const TYPES = {
  bytea: type([17], (hex) => Buffer.from(hex.slice(2), 'hex'), bytes),
  boolean: type([16], (letter) => letter === 't'),
  bigint: type([20], integer),
  numeric: type([1700], decimal),
  json: type([114, 3802], (content): unknown => JSON.parse(content), json),
  date: type([1082, 1083, 1266], asIs),
  timestamp: type(TIMESTAMPS, isoTimestamp),
};

export type SessionOptions = {
  url: string;
  /** 0 for none. */
  statementMs: number;
  connectSeconds?: number;
};

/**
 * One session of a PostgreSQL server, for one user at a time. A session that was lost never comes back: the driver would
 * connect anew, and the rest of a transaction would run outside of it, with the rights of the owner.
 */
export class PostgresSession implements ListeningDriver {
  /** Resolves when the connection has ended, for whatever reason. */
  readonly lost: Promise<void>;
  readonly #sql: postgres.Sql;
  readonly #listeners = new Map<string, (payload: string) => void>();
  #isLost = false;

  constructor({ url, statementMs, connectSeconds = 10 }: SessionOptions) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.lost = promise;
    this.#sql = postgres(url, {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: connectSeconds,
      onnotice: () => undefined,
      transform: { undefined: null },
      types: TYPES,
      connection: {
        application_name: 'clerva',
        TimeZone: 'UTC',
        search_path: '"$user", public, extensions',
        statement_timeout: statementMs,
        lock_timeout: statementMs,
        idle_in_transaction_session_timeout: 60_000,
      },
      onclose: () => {
        this.#isLost = true;
        resolve();
      },
      // The driver reads it, its declarations leave it out.
      ...{ onnotify: (channel: string, payload: string) => this.#listeners.get(channel)?.(payload) },
    });
  }

  get isLost() {
    return this.#isLost;
  }

  async query<T = Row>(statement: string, params: unknown[] = []) {
    const rows = await this.#run<T[]>(statement, params);
    return { rows: [...rows], affectedRows: rows.count ?? undefined };
  }

  async exec(statements: string) {
    await this.#run(statements, []);
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    let isOpen = true;
    const end = async (how: 'commit' | 'rollback') => {
      isOpen = false;
      await this.exec(how);
    };
    await this.exec('begin');
    try {
      const result = await work({
        query: (statement, params) => this.query(statement, params),
        exec: (statements) => this.exec(statements),
        rollback: () => end('rollback'),
      });
      if (isOpen) await end('commit');
      return result;
    } catch (error) {
      // A connection that is gone has taken the transaction with it.
      if (isOpen) await end('rollback').catch(() => undefined);
      throw error;
    }
  }

  async listen(channel: string, onNotice: (payload: string) => void) {
    this.#listeners.set(channel, onNotice);
    await this.exec(`listen ${channel}`);
    return async () => {
      this.#listeners.delete(channel);
      if (!this.#isLost) await this.exec(`unlisten ${channel}`);
    };
  }

  async end() {
    await this.#sql.end({ timeout: this.#isLost ? 0 : 5 });
  }

  async #run<T extends readonly object[] | unknown[]>(statement: string, params: unknown[]) {
    if (this.#isLost) throw new Error('The connection to PostgreSQL was lost.');
    // Type 0: the server says what a parameter is, not the shape of its value.
    const typed = params.map((value) => this.#sql.typed(value, 0));
    try {
      return await this.#sql.unsafe<T & object[]>(statement, typed as never[]);
    } catch (error) {
      // The socket fails a moment before it closes, and the driver forgets what it is asked in between.
      if (!(error instanceof postgres.PostgresError) || error.severity === 'FATAL') this.#isLost = true;
      throw error;
    }
  }
}

/** Sessions that are kept and lent, so many at most; who comes beyond waits. */
export class SessionPool {
  readonly #options: SessionOptions;
  readonly #size: number;
  readonly #idle: PostgresSession[] = [];
  readonly #waiting: ((session: PostgresSession) => void)[] = [];
  #lent = 0;
  #onReturn: () => void = () => undefined;

  constructor(size: number, options: SessionOptions) {
    this.#size = size;
    this.#options = options;
  }

  lend = async (): Promise<{ session: PostgresSession; release: () => void }> => {
    if (this.#lent >= this.#size) {
      const session = await new Promise<PostgresSession>((resolve) => this.#waiting.push(resolve));
      return { session, release: () => this.#take(session) };
    }
    this.#lent += 1;
    const session = this.#next();
    return { session, release: () => this.#take(session) };
  };

  async use<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    const { session, release } = await this.lend();
    try {
      return await work(session);
    } finally {
      release();
    }
  }

  /** Waits for what is lent. */
  async close(): Promise<void> {
    while (this.#lent > 0) await new Promise<void>((resolve) => (this.#onReturn = resolve));
    await Promise.all(this.#idle.splice(0).map((session) => session.end()));
  }

  /** The one used last: those beyond the need of the moment end by the server's own limit, or stay. */
  #next(): PostgresSession {
    for (let session = this.#idle.pop(); session; session = this.#idle.pop()) {
      if (!session.isLost) return session;
      void session.end();
    }
    return new PostgresSession(this.#options);
  }

  #take(session: PostgresSession) {
    if (session.isLost) void session.end();
    else this.#idle.push(session);
    const next = this.#waiting.shift();
    if (next) return next(this.#next());
    this.#lent -= 1;
    this.#onReturn();
  }
}

/** A driver on a pool: each call takes a session of its own. */
export const pooled = (pool: SessionPool): Driver => ({
  query: (statement, params) => pool.use((session) => session.query(statement, params)),
  exec: (statements) => pool.use((session) => session.exec(statements)),
  transaction: (work) => pool.use((session) => session.transaction(work)),
});
