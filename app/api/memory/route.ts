import { deleteFacts, isMemoryPaused, listFacts } from '@/lib/db/queries/memory';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** What is remembered of the student, and whether that is paused. */
export const GET = withUser(async ({ db, user }) => {
  const [facts, paused] = await Promise.all([
    listFacts(db, { now: new Date() }),
    isMemoryPaused(db, { userId: user.id }),
  ]);
  return Response.json({ facts, paused });
});

/** Forgets everything. */
export const DELETE = withUser(async ({ db, user }) =>
  Response.json({ deleted: await deleteFacts(db, { userId: user.id }) }),
);

export const { POST, PUT, PATCH, OPTIONS } = otherMethods('GET', 'DELETE');
