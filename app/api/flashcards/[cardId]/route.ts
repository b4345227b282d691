import { z } from 'zod';
import { changeFlashcard, deleteFlashcard } from '@/lib/db/queries/flashcard';
import { parseId, parseJson, withUser } from '@/lib/http';

type Params = { cardId: string };

const change = z
  .object({
    front: z.string().trim().min(1).max(10_000).optional(),
    back: z.string().trim().max(10_000).optional(),
    topic: z.string().trim().min(1).max(200).nullable().optional(),
    deckId: z.uuid().optional(),
    suspended: z.boolean().optional(),
  })
  .refine((fields) => Object.keys(fields).length > 0, 'Name what to change.');

export const PATCH = withUser<Params>(async ({ request, db, params }) => {
  const id = parseId(params.cardId);
  return Response.json(await changeFlashcard(db, { id, change: await parseJson(request, change) }));
});

export const DELETE = withUser<Params>(async ({ db, params }) => {
  await deleteFlashcard(db, { id: parseId(params.cardId) });
  return new Response(null, { status: 204 });
});
