import { after } from 'next/server';
import { z } from 'zod';
import { recordEvidence } from '@/inngest/notify';
import { storeReviews } from '@/lib/db/queries/review';
import { MAX_REVIEWS_SENT } from '@/lib/domain/bounds';
import { madeReviewSchema } from '@/lib/domain/card';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

const made = z.object({ reviews: z.array(madeReviewSchema).min(1).max(MAX_REVIEWS_SENT) });

/**
 * Reviews in the order they were made, also those of a device that was offline. Each says by `requestId` that it is
 * the same when it is sent again, and by `expectedReps` which state of the card it was made from.
 */
export const POST = withUser(async ({ request, db, user }) => {
  const { reviews } = await parseJson(request, made);
  const results = await storeReviews(db, { reviews, now: new Date() });
  if (results.some(({ outcome }) => outcome === 'stored')) {
    after(() => recordEvidence({ userId: user.id, kind: 'review' }));
  }
  return Response.json({ results });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
