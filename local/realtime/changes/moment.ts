import type { Transaction } from '../../supabase/driver.ts';

/** What was committed by then: all transactions below `next` that were not still `running`. */
export type Moment = { next: bigint; running: ReadonlySet<bigint> };

export async function readMoment(transaction: Transaction): Promise<Moment> {
  const { rows } = await transaction.query<{ next: string; running: string[] }>(
    `select pg_snapshot_xmax(s)::text as next, array(select pg_snapshot_xip(s)::text) as running
     from pg_current_snapshot() s`,
  );
  const [{ next, running } = { next: '0', running: [] }] = rows;
  return { next: BigInt(next), running: new Set(running.map(BigInt)) };
}

/** Whether a transaction was committed after that, whenever it began. */
export const isAfter = (xid: bigint, { next, running }: Moment) => xid >= next || running.has(xid);
