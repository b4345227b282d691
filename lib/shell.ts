import { z } from 'zod';
import type { DatabaseClient } from './db/clients.ts';
import { dueSummary } from './db/queries/flashcard.ts';
import { nudgeInbox, nudgeInboxSchema } from './db/queries/nudge.ts';
import { onlineUsers } from './db/queries/people.ts';
import { getOwnPresence } from './db/queries/presence.ts';
import { listThreads } from './db/queries/thread.ts';
import { RECENT_THREADS } from './domain/bounds.ts';
import { ownPresenceSchema } from './domain/presence.ts';

/** What stands around every page, whichever it is. */
export const shellSchema = z.object({
  due: z.int().min(0),
  here: z.int().min(0),
  inbox: nudgeInboxSchema,
  presence: ownPresenceSchema,
  threads: z.array(z.object({ id: z.string(), title: z.string().nullable() })),
});
export type Shell = z.output<typeof shellSchema>;

/** All of it at once: a page that asked for each part would wait as often as there are parts. */
export async function readShell(db: DatabaseClient): Promise<Shell> {
  const [{ due }, { total }, inbox, presence, { threads }] = await Promise.all([
    dueSummary(db, { now: new Date() }),
    onlineUsers(db, { limit: 1 }),
    nudgeInbox(db),
    getOwnPresence(db),
    listThreads(db, { limit: RECENT_THREADS }),
  ]);
  return { due, here: total, inbox, presence, threads: threads.map(({ id, title }) => ({ id, title })) };
}
