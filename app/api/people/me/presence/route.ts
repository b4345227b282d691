import { z } from 'zod';
import { ACTIVITIES, touchPresence } from '@/lib/db/queries/people';
import { parseJson, withUser } from '@/lib/http';

const presence = z.object({
  /** Left out, what the student does stays as it was. */
  activity: z.enum(ACTIVITIES).nullish(),
  isOnline: z.boolean().default(true),
});

/** One write: that the student is here and what they do, or, with `isOnline: false`, that they leave. */
export const PUT = withUser(async ({ request, db }) => {
  const { activity, isOnline } = await parseJson(request, presence);
  return Response.json(await touchPresence(db, { activity: activity ?? null, isOnline }));
});
