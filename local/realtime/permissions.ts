import type { LocalDatabase } from '../supabase/database.ts';
import type { Identity } from './identity.ts';
import { type Fields, isFields } from './protocol.ts';

export type Permissions = {
  broadcastRead: boolean;
  broadcastWrite: boolean;
  presenceRead: boolean;
  presenceWrite: boolean;
};

const all = (allowed: boolean): Permissions => ({
  broadcastRead: allowed,
  broadcastWrite: allowed,
  presenceRead: allowed,
  presenceWrite: allowed,
});
/** In a public channel everybody may do everything. */
export const PUBLIC = all(true);
const NOTHING = all(false);

type Database = Pick<LocalDatabase, 'exclusive'>;

/** Tries what the policies on `realtime.messages` allow, as that identity, and takes everything back. */
export async function readPermissions(
  database: Database,
  identity: Identity,
  topic: string,
  headers: Fields,
  log: (code: string, detail: string) => void,
): Promise<Permissions> {
  try {
    const row = await database.exclusive((driver) =>
      driver.transaction(async (transaction) => {
        const { rows } = await transaction.query<Fields>(
          'select * from realtime.permissions($1, $2, $3, $4)',
          [topic, identity.role, JSON.stringify(identity.claims), JSON.stringify(headers)],
        );
        await transaction.rollback();
        return rows[0];
      }),
    );
    if (typeof row?.failure === 'string') log('RlsPolicyError', row.failure);
    return {
      broadcastRead: row?.broadcast_read === true,
      broadcastWrite: row?.broadcast_write === true,
      presenceRead: row?.presence_read === true,
      presenceWrite: row?.presence_write === true,
    };
  } catch (error) {
    // A role that does not exist, a topic that is no text: nobody gets in by an error.
    log('UnableToSetPolicies', error instanceof Error ? error.message : String(error));
    return NOTHING;
  }
}

export type ArchivedMessage = { id: string; event: string; payload: unknown; bytes: Uint8Array | null };

const MOST_REPLAYED = 25;

/** The last messages of a private channel since a moment, oldest first; `null` when the wish makes no sense. */
export async function readReplay(
  database: Database,
  topic: string,
  wish: unknown,
): Promise<ArchivedMessage[] | null> {
  if (!isFields(wish)) return null;
  const since = wish.since ?? 0;
  const limit = wish.limit ?? MOST_REPLAYED;
  if (!Number.isSafeInteger(since) || !Number.isSafeInteger(limit)) return null;
  const { rows } = await database.exclusive((driver) =>
    driver.query<{ id: string; event: string | null; payload: unknown; binary_payload: Uint8Array | null }>(
      `select id, event, payload, binary_payload from realtime.messages
       where topic = $1 and private and extension = 'broadcast'
         and inserted_at >= to_timestamp($2::float8 / 1000) at time zone 'utc'
       order by inserted_at desc, seq desc limit $3`,
      [topic, Number(since), Math.min(MOST_REPLAYED, Math.max(1, Number(limit)))],
    ),
  );
  return rows
    .toReversed()
    .flatMap(({ id, event, payload, binary_payload }) =>
      event === null ? [] : [{ id, event, payload, bytes: binary_payload }],
    );
}
