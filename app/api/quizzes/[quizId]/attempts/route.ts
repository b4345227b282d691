import { z } from 'zod';
import { startAttempt } from '@/lib/db/queries/quiz';
import { MAX_QUESTIONS } from '@/lib/domain/bounds';
import { quizPartId } from '@/lib/domain/quiz';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

const body = z.object({
  /** Only these questions; all that were not reported when left out. An open attempt keeps its own. */
  itemIds: z.array(quizPartId).min(1).max(MAX_QUESTIONS).nullish(),
});

/** Begins an attempt, or gives the open one: asked twice it starts once. */
export const POST = withUser<{ quizId: string }>(async ({ request, db, params }) => {
  const quizId = parseId(params.quizId);
  const { itemIds } = await parseJson(request, body);
  return Response.json({ attempt: await startAttempt(db, { quizId, itemIds: itemIds ?? undefined }) });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
