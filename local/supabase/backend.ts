import type { Driver, Exclusive, TakeSeat } from './driver.ts';
import type { createPgliteConnection, createPostgresConnection } from './lite.ts';
import type { SigningKeys } from './tokens.ts';

/** What holds the data: Postgres in this process, or a server that other gateways use as well. */
export type Backend = {
  connection:
    | Awaited<ReturnType<typeof createPgliteConnection>>
    | ReturnType<typeof createPostgresConnection>;
  /** Runs on one session, while no other gateway prepares the same database. */
  prepare: <T>(work: (driver: Driver) => Promise<T>) => Promise<T>;
  /** Keeps what was prepared so far for databases that start the same. */
  keepCopy: (key: string) => Promise<void>;
  /** The keys that all gateways of this database sign with; null where there is only one. */
  keptSigning: (driver: Driver) => Promise<SigningKeys | null>;
  exclusive: Exclusive;
  takeSeat: TakeSeat;
  close: () => Promise<void>;
};
