import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type Driver as KyselyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { Exclusive, Statements } from './driver.ts';

/** A session for one user at a time; `release` may be called once. */
type Lent = { session: Statements; release: () => void };
export type Lend = () => Promise<Lent>;

/**
 * The embedded database counts the values of a statement in 15 bits. One that brings more leaves the session in the middle of
 * its transaction and in its student's role, for whoever comes next.
 */
const MOST_VALUES = 32_767;

class LentConnection implements DatabaseConnection {
  readonly #lent: Lent;

  constructor(lent: Lent) {
    this.#lent = lent;
  }

  release() {
    this.#lent.release();
  }

  async executeQuery<Row>(query: CompiledQuery) {
    if (query.parameters.length > MOST_VALUES) {
      throw Object.assign(new Error('too many values in one request'), { code: 'PT413' });
    }
    const { rows, affectedRows } = await this.#lent.session.query<Row>(query.sql, [...query.parameters]);
    return { rows, numAffectedRows: affectedRows === undefined ? undefined : BigInt(affectedRows) };
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator, nobody here streams.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('The local database does not stream a result.');
  }
}

/** Kysely takes a session per query or transaction, and gives it back after that. */
export function createKysely(lend: Lend): Kysely<unknown> {
  const execute = (statement: string) => async (connection: DatabaseConnection) => {
    await connection.executeQuery(CompiledQuery.raw(statement));
  };
  const driver: KyselyDriver = {
    init: async () => undefined,
    acquireConnection: async () => new LentConnection(await lend()),
    beginTransaction: execute('begin'),
    commitTransaction: execute('commit'),
    rollbackTransaction: execute('rollback'),
    releaseConnection: async (connection) => {
      if (connection instanceof LentConnection) connection.release();
    },
    destroy: async () => undefined,
  };
  return new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

/**
 * The queue before a driver that is one session. Without it two transactions that start in the same tick share the
 * session, and one user's statements run under the other's role.
 */
export function createQueue<D extends Statements>(driver: D): { lend: Lend; exclusive: Exclusive<D> } {
  let tail: Promise<void> = Promise.resolve();
  const lend: Lend = async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const previous = tail;
    tail = promise;
    await previous;
    return { session: driver, release: resolve };
  };
  const exclusive: Exclusive<D> = async (work) => {
    const { release } = await lend();
    try {
      return await work(driver);
    } finally {
      release();
    }
  };
  return { lend, exclusive };
}
