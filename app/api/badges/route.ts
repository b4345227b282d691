import { dueSummary } from '@/lib/db/queries/flashcard';
import { onlineUsers } from '@/lib/db/queries/people';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The numbers beside the destinations: cards that are due, and people who are here. */
export const GET = withUser(async ({ db }) => {
  const [{ due }, { total }] = await Promise.all([
    dueSummary(db, { now: new Date() }),
    onlineUsers(db, { limit: 1 }),
  ]);
  return Response.json({ due, here: total });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
