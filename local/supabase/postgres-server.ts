import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Backend } from './backend.ts';
import type { Driver, Seat, TakeSeat } from './driver.ts';
import { createKysely, createQueue } from './driver-lock.ts';
import { createPostgresConnection } from './lite.ts';
import { explainRefusal, requireFitServer } from './postgres-check.ts';
import { PostgresSession, pooled, SessionPool } from './postgres-session.ts';
import { createSigningKeys, signingKeysSchema } from './tokens.ts';

export type ServerDatabase = {
  url: string;
  /** How many requests are worked on at a time. */
  sessions?: number;
  /** As long as a hosted project lets a statement of a request run, or wait for a lock. */
  statementMs?: number;
};

/** Locks of this database by number; the first half of each is the product's own. */
const PREPARING = "hashtext('clerva'), 1";
const REALTIME = "hashtext('clerva'), 2";
const REALTIME_PIDS = `select l.pid from pg_locks l join pg_database d on d.oid = l.database
  where d.datname = current_database() and l.locktype = 'advisory' and l.granted
    and l.classid = hashtext('clerva')::oid and l.objid = 2`;
const LEADER_STATEMENT_MS = 60_000;

/** A PostgreSQL server that any number of gateways share. */
export function openServer({ url, sessions = 10, statementMs = 8_000 }: ServerDatabase): Backend {
  const pool = new SessionPool(sessions, { url, statementMs });
  const connection = createPostgresConnection({ url });
  const kysely = createKysely(pool.lend);
  connection.kysely = kysely;
  const driver = pooled(pool);

  return {
    connection,
    // Each call has a session of its own here: there is nothing to wait for.
    exclusive: (work) => work(driver),
    prepare: async (work) => {
      const session = new PostgresSession({ url, statementMs: 0 });
      try {
        await requireFitServer(session, url);
        await session.exec(`select pg_advisory_lock(${PREPARING})`);
        // Lite opens transactions statement by statement: all of them have to reach the same session.
        connection.kysely = createKysely(createQueue(session).lend);
        return await work(session);
      } catch (error) {
        throw explainRefusal(error, url);
      } finally {
        connection.kysely = kysely;
        await session.end();
      }
    },
    keepCopy: async () => undefined,
    keptSigning,
    takeSeat: (address) => takeSeat(address, url, driver),
    close: () => pool.close(),
  };
}

/** Made by the first gateway, which has the lock; in a schema that the API's roles may not enter. */
async function keptSigning(driver: Driver) {
  await driver.exec(
    `create table if not exists supabase_migrations.local_signing
       (is_one boolean primary key default true check (is_one), keys jsonb not null);
     revoke all on schema supabase_migrations from public, anon, authenticated;
     revoke all on supabase_migrations.local_signing from public, anon, authenticated, service_role;`,
  );
  const read = () => driver.query<{ keys: unknown }>('select keys from supabase_migrations.local_signing');
  if ((await read()).rows.length === 0) {
    const keys = JSON.stringify(await createSigningKeys());
    await driver.query('insert into supabase_migrations.local_signing (keys) values ($1)', [keys]);
  }
  return signingKeysSchema.parse((await read()).rows[0]?.keys);
}

const heldBy = z.array(z.object({ address: z.string().nullable(), isHeld: z.boolean() }));

/** The lock lives as long as its session, so a gateway that was killed or cut off has lost it. */
async function takeSeat(address: string, url: string, driver: Driver): ReturnType<TakeSeat> {
  // Who has just taken it may not have said yet where it is.
  for (;;) {
    const { rows } = await driver.query(
      `select (select address from realtime.leader where pid in (${REALTIME_PIDS})) as address,
         exists (${REALTIME_PIDS}) as "isHeld"`,
    );
    const [row] = heldBy.parse(rows);
    if (row?.isHeld && row.address !== null) return { leader: row.address };
    const seat = row?.isHeld ? null : await tryToLead(address, url);
    if (seat) return seat;
    await delay(50);
  }
}

async function tryToLead(address: string, url: string): Promise<Seat | null> {
  const session = new PostgresSession({ url, statementMs: LEADER_STATEMENT_MS });
  const leave = () => session.end();
  try {
    const { rows } = await session.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(${REALTIME}) as taken`,
    );
    if (rows[0]?.taken !== true) {
      await leave();
      return null;
    }
    await session.query(
      `insert into realtime.leader (address, pid) values ($1, pg_backend_pid())
       on conflict (is_one) do update set address = excluded.address, pid = excluded.pid`,
      [address],
    );
    return { exclusive: createQueue(session).exclusive, lost: session.lost, leave };
  } catch (error) {
    await leave();
    throw error;
  }
}
