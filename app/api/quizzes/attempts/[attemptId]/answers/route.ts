import { after } from 'next/server';
import { recordEvidence } from '@/inngest/notify';
import { answerQuestion } from '@/lib/db/queries/quiz';
import { givenAnswerSchema } from '@/lib/domain/quiz';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { solutionOf } from '@/lib/study/quiz/disclose';

/** Grades an answer by the id of its option. The first answer to a question is the one that counts. */
export const POST = withUser<{ attemptId: string }>(async ({ request, db, user, params }) => {
  const attemptId = parseId(params.attemptId);
  const given = await parseJson(request, givenAnswerSchema);
  const { isNew, item, graded, attempt } = await answerQuestion(db, { attemptId, ...given });
  if (isNew && attempt.finishedAt !== null) {
    after(() => recordEvidence({ userId: user.id, kind: 'attempt' }));
  }
  return Response.json({ correct: graded.correct, graded, ...solutionOf(item), attempt });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
