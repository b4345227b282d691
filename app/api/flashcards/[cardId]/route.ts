import { changeFlashcard, deleteFlashcard } from '@/lib/db/queries/flashcard';
import { cardChangeSchema } from '@/lib/domain/card';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { cardId: string };

export const PATCH = withUser<Params>(async ({ request, db, params }) => {
  const id = parseId(params.cardId);
  return Response.json(await changeFlashcard(db, { id, change: await parseJson(request, cardChangeSchema) }));
});

export const DELETE = withUser<Params>(async ({ db, params }) => {
  await deleteFlashcard(db, { id: parseId(params.cardId) });
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, OPTIONS } = otherMethods('PATCH', 'DELETE');
