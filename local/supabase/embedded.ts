import type { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite/vector';
import type { Backend } from './backend.ts';
import { createKysely, createQueue } from './driver-lock.ts';
import { createPgliteConnection } from './lite.ts';
import { isoTimestamp } from './postgres-session.ts';
import { loadSnapshot, saveSnapshot } from './snapshot.ts';

const TIMESTAMP = 1114;
const TIMESTAMP_WITH_ZONE = 1184;

/**
 * Postgres inside this process. Only one process may have a data folder open; the gateway holds the lock for it. Without
 * a folder the database is in memory, and starts from the first of those copies that exists.
 */
export async function openEmbedded(
  dataDir: string | undefined,
  copies: readonly string[],
): Promise<Backend & { driver: PGlite }> {
  const inMemory = dataDir === undefined;
  let kept = '';
  let start: Blob | null = null;
  for (const key of inMemory ? copies : []) {
    start ??= await loadSnapshot(key);
    if (start && kept === '') kept = key;
  }
  const connection = await createPgliteConnection({
    url: dataDir,
    pgliteOptions: {
      extensions: { vector, pg_trgm },
      parsers: { [TIMESTAMP]: isoTimestamp, [TIMESTAMP_WITH_ZONE]: isoTimestamp },
      ...(start ? { loadDataDir: start } : {}),
    },
  });
  const driver = connection.driver;
  await driver.waitReady;
  const { lend, exclusive } = createQueue(driver);
  connection.kysely = createKysely(lend);

  return {
    connection,
    driver,
    exclusive,
    prepare: (work) => work(driver),
    keepCopy: async (key) => {
      if (inMemory && kept !== copies[0]) await saveSnapshot(key, driver);
    },
    keptSigning: async () => null,
    takeSeat: async () => ({
      exclusive,
      lost: new Promise(() => undefined),
      leave: async () => undefined,
    }),
    // Waiting for the turn lets a transaction in flight end before the files are closed.
    close: () => exclusive(() => connection.close()),
  };
}
