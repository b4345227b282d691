import { after } from 'next/server';
import { z } from 'zod';
import { recordEvidence } from '@/inngest/evidence';
import { storeReviews } from '@/lib/db/queries/review';
import { parseJson, withUser } from '@/lib/http';

const HALF_HOUR_MS = 1_800_000;

const made = z.object({
  reviews: z
    .array(
      z.object({
        requestId: z.uuid(),
        cardId: z.uuid(),
        rating: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
        reviewedAt: z.iso.datetime({ offset: true }),
        durationMs: z.int().min(0).max(HALF_HOUR_MS),
        expectedReps: z.int().min(0),
        expectedLastReview: z.iso.datetime({ offset: true }).nullable(),
      }),
    )
    .min(1)
    .max(50),
});

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
