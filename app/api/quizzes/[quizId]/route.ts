import { deleteQuiz, readQuiz } from '@/lib/db/queries/quiz';
import { AppError } from '@/lib/errors';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { askedQuiz } from '@/lib/study/quiz/disclose';

type Params = { quizId: string };

/** The quiz as far as the student has answered it: no answer, reason or source before. */
export const GET = withUser<Params>(async ({ db, params }) => {
  const quiz = await readQuiz(db, { quizId: parseId(params.quizId) });
  if (quiz === null) throw new AppError('not_found');
  return Response.json(askedQuiz(quiz));
});

export const DELETE = withUser<Params>(async ({ db, params }) => {
  if (!(await deleteQuiz(db, { quizId: parseId(params.quizId) }))) throw new AppError('not_found');
  return new Response(null, { status: 204 });
});

export const { POST, PUT, PATCH, OPTIONS } = otherMethods('GET', 'DELETE');
