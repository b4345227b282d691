import { after } from 'next/server';
import { madeReviewsSchema } from '@/app/api/requests';
import { recordEvidence } from '@/inngest/notify';
import { storeReviews } from '@/lib/db/queries/review';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/**
 * Reviews in the order they were made, also those of a device that was offline. Each says by `requestId` that it is
 * the same when it is sent again, and by `expectedReps` which state of the card it was made from.
 */
export const POST = withUser(async ({ request, db, user }) => {
  const { reviews } = await parseJson(request, madeReviewsSchema);
  const results = await storeReviews(db, { reviews, now: new Date() });
  if (results.some(({ outcome }) => outcome === 'stored')) {
    after(() => recordEvidence({ userId: user.id, kind: 'review' }));
  }
  return Response.json({ results });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
