import type { PGlite } from '@electric-sql/pglite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';

/** Runs `work` while nothing else talks to the database. */
export type Exclusive = <T>(work: (driver: PGlite) => Promise<T>) => Promise<T>;

/** One turn at the single session; `release` may be called once. */
class Turn implements DatabaseConnection {
  readonly release: () => void;
  readonly #driver: PGlite;

  constructor(driver: PGlite, release: () => void) {
    this.#driver = driver;
    this.release = release;
  }

  async executeQuery<Row>(query: CompiledQuery) {
    const result = await this.#driver.query<Row>(query.sql, [...query.parameters]);
    return {
      rows: result.rows,
      numAffectedRows: result.affectedRows === undefined ? undefined : BigInt(result.affectedRows),
    };
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator, PGlite cannot stream.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('The embedded database cannot stream a result.');
  }
}

/**
 * PGlite is one session. Without a lock two transactions that start in the same tick share it, and one user's
 * statements run under the other's role. Kysely takes a connection per query or transaction; here it waits in a
 * queue until the one before it has been given back.
 */
export function createSerialKysely(driver: PGlite): { kysely: Kysely<unknown>; exclusive: Exclusive } {
  let tail: Promise<void> = Promise.resolve();
  const acquire = async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const previous = tail;
    tail = promise;
    await previous;
    return new Turn(driver, resolve);
  };

  const serial: Driver = {
    init: async () => undefined,
    acquireConnection: acquire,
    beginTransaction: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('begin'));
    },
    commitTransaction: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('commit'));
    },
    rollbackTransaction: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('rollback'));
    },
    releaseConnection: async (connection) => {
      if (connection instanceof Turn) connection.release();
    },
    destroy: async () => undefined,
  };

  const kysely = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => serial,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });

  const exclusive: Exclusive = async (work) => {
    const turn = await acquire();
    try {
      return await work(driver);
    } finally {
      turn.release();
    }
  };
  return { kysely, exclusive };
}
