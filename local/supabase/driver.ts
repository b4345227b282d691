export type Row = Record<string, unknown>;

/** What runs SQL: the embedded Postgres, a session of a server, or a transaction of either. */
export type Statements = {
  query: <T = Row>(sql: string, params?: unknown[]) => Promise<{ rows: T[]; affectedRows?: number }>;
  /** Any number of statements, without parameters. */
  exec: (sql: string) => Promise<unknown>;
};

export type Transaction = Statements & { rollback: () => Promise<void> };

export type Driver = Statements & {
  transaction: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>;
};

/** A driver that is one session, and hears what is notified to it. */
export type ListeningDriver = Driver & {
  /** Gives what ends it. */
  listen: (channel: string, onNotice: (payload: string) => void) => Promise<() => Promise<void>>;
};

/** Runs `work` while nothing else uses the session it is given. */
export type Exclusive<D = Driver> = <T>(work: (driver: D) => Promise<T>) => Promise<T>;

/**
 * The right to run Realtime, which one gateway of a database has at a time: `exclusive` is a session that is lost with
 * it. Whoever comes too late is told the address of the one that has it.
 */
export type Seat = { exclusive: Exclusive<ListeningDriver>; lost: Promise<void>; leave: () => Promise<void> };
export type TakeSeat = (address: string) => Promise<Seat | { leader: string }>;
