import { LRUCache } from 'lru-cache';
import type { DatabaseClient } from '../db/clients.ts';
import { logger } from '../observability/logger.ts';

/** So long a session that was ended elsewhere may still be believed here. */
const BELIEVED_MS = 20_000;
const REMEMBERED_SESSIONS = 20_000;

const known = new LRUCache<string, boolean, DatabaseClient>({
  max: REMEMBERED_SESSIONS,
  ttl: BELIEVED_MS,
  // A page asks for several things at once; they share one look-up.
  fetchMethod: async (_sessionId, _known, { context: db }) => {
    const { data, error } = await db.rpc('session_is_open');
    // The Data API may have noticed first.
    if (error?.code === 'PGRST303') return false;
    if (error) throw error;
    return data;
  },
});

/**
 * Whether a token's student has not signed out or changed the password since: its signature alone holds for up to an hour.
 * Where the database does not answer, what is asked fails by itself.
 */
export async function isSessionOpen(sessionId: string, db: DatabaseClient): Promise<boolean> {
  try {
    return (await known.fetch(sessionId, { context: db })) === true;
  } catch (error) {
    logger().warn({ err: error }, 'it could not be looked up whether a session was ended');
    return true;
  }
}
