import { itemReportSchema } from '@/app/api/requests';
import { reportQuestion, withdrawReport } from '@/lib/db/queries/quiz';
import { quizPartId } from '@/lib/domain/quiz';
import { AppError } from '@/lib/errors';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { quizId: string; itemId: string };

/** Calls a question unsound. It stays in the attempt it is in, and is left out of everything later. */
export const POST = withUser<Params>(async ({ request, db, params }) => {
  const quizId = parseId(params.quizId);
  if (!quizPartId.safeParse(params.itemId).success) throw new AppError('not_found');
  const { reason } = await parseJson(request, itemReportSchema);
  await reportQuestion(db, { quizId, itemId: params.itemId, reason: reason ?? null });
  return Response.json({ itemId: params.itemId, reported: true });
});

/** Takes the report back. */
export const DELETE = withUser<Params>(async ({ db, params }) => {
  await withdrawReport(db, { quizId: parseId(params.quizId), itemId: params.itemId });
  return new Response(null, { status: 204 });
});

export const { GET, PUT, PATCH, OPTIONS } = otherMethods('POST', 'DELETE');
