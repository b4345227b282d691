import { after } from 'next/server';
import { reviewUndoSchema } from '@/app/api/requests';
import { recordEvidence } from '@/inngest/notify';
import { undoReview } from '@/lib/db/queries/review';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Takes back a review, by its request or, without one, the latest of the last day. */
export const POST = withUser(async ({ request, db, user }) => {
  const { requestId } = await parseJson(request, reviewUndoSchema);
  const result = await undoReview(db, { requestId, now: new Date() });
  if (result.outcome === 'undone') after(() => recordEvidence({ userId: user.id, kind: 'review' }));
  return Response.json(result);
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
