import { attemptRequestSchema } from '@/app/api/requests';
import { startAttempt } from '@/lib/db/queries/quiz';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Begins an attempt, or gives the open one: asked twice it starts once. */
export const POST = withUser<{ quizId: string }>(async ({ request, db, params }) => {
  const quizId = parseId(params.quizId);
  const { itemIds } = await parseJson(request, attemptRequestSchema);
  return Response.json({ attempt: await startAttempt(db, { quizId, itemIds: itemIds ?? undefined }) });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
