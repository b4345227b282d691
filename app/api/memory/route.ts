import { forgetFacts, isMemoryPaused, listFacts } from '@/lib/db/queries/memory';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** What is remembered of the student, and whether that is paused. */
export const GET = withUser(async ({ db, user }) => {
  const [facts, paused] = await Promise.all([listFacts(db), isMemoryPaused(db, { userId: user.id })]);
  return Response.json({ facts, paused });
});

/** Forgets everything. */
export const DELETE = withUser(async ({ db }) => Response.json({ deleted: await forgetFacts(db) }));

export const { POST, PUT, PATCH, OPTIONS } = otherMethods('GET', 'DELETE');
