import { freshLearningProfile } from '@/lib/db/queries/learning-profile';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** What the student's answers say about them, as true as the answers there are. */
export const GET = withUser(async ({ db, user }) => {
  const { profile } = await freshLearningProfile(db, { userId: user.id, now: new Date() });
  return Response.json(profile);
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
