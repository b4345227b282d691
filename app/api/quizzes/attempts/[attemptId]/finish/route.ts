import { after } from 'next/server';
import { recordEvidence } from '@/inngest/notify';
import { finishAttempt } from '@/lib/db/queries/quiz';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Ends an attempt early; what was not answered counts as skipped. */
export const POST = withUser<{ attemptId: string }>(async ({ db, user, params }) => {
  const { isNew, attempt } = await finishAttempt(db, { attemptId: parseId(params.attemptId) });
  if (isNew) after(() => recordEvidence({ userId: user.id, kind: 'attempt' }));
  return Response.json({ attempt });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
