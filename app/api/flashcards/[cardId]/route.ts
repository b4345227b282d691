import { z } from 'zod';
import { changeFlashcard, deleteFlashcard } from '@/lib/db/queries/flashcard';
import { cardWordsSchema } from '@/lib/domain/card';
import { namesAField, title } from '@/lib/domain/fields';
import { parseId, parseJson, withUser } from '@/lib/http';

type Params = { cardId: string };

const change = cardWordsSchema
  .extend({
    topic: title.nullable().optional(),
    deckId: z.uuid().optional(),
    suspended: z.boolean().optional(),
  })
  .refine(namesAField, 'Name what to change.');

export const PATCH = withUser<Params>(async ({ request, db, params }) => {
  const id = parseId(params.cardId);
  return Response.json(await changeFlashcard(db, { id, change: await parseJson(request, change) }));
});

export const DELETE = withUser<Params>(async ({ db, params }) => {
  await deleteFlashcard(db, { id: parseId(params.cardId) });
  return new Response(null, { status: 204 });
});
