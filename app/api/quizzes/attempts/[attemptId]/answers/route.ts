import { after } from 'next/server';
import { z } from 'zod';
import { recordEvidence } from '@/inngest/notify';
import { answerQuestion } from '@/lib/db/queries/quiz';
import { confidenceSchema, quizPartId } from '@/lib/domain/quiz';
import { parseId, parseJson, withUser } from '@/lib/http';
import { solutionOf } from '@/lib/study/quiz/disclose';

const MAX_DURATION_MS = 24 * 60 * 60 * 1_000;

const body = z.object({
  itemId: quizPartId,
  /** Null skips the question. */
  optionId: quizPartId.nullable(),
  confidence: confidenceSchema.nullish(),
  durationMs: z.number().int().min(0).max(MAX_DURATION_MS).nullish(),
});

/** Grades an answer by the id of its option. The first answer to a question is the one that counts. */
export const POST = withUser<{ attemptId: string }>(async ({ request, db, user, params }) => {
  const attemptId = parseId(params.attemptId);
  const { itemId, optionId, confidence, durationMs } = await parseJson(request, body);
  const { isNew, item, graded, attempt } = await answerQuestion(db, {
    attemptId,
    itemId,
    optionId,
    confidence: confidence ?? null,
    durationMs: durationMs ?? null,
  });
  if (isNew && attempt.finishedAt !== null) {
    after(() => recordEvidence({ userId: user.id, kind: 'attempt' }));
  }
  return Response.json({ correct: graded.correct, graded, ...solutionOf(item), attempt });
});
