import { z } from 'zod';
import { changeDeck, deleteDeck } from '@/lib/db/queries/deck';
import { getProfile } from '@/lib/db/queries/profile';
import { parseId, parseJson, withUser } from '@/lib/http';

type Params = { deckId: string };

const change = z
  .object({
    name: z.string().trim().min(1).max(120).optional(),
    examDate: z.iso.date().nullable().optional(),
  })
  .refine((fields) => Object.keys(fields).length > 0, 'Name what to change.');

/** A new exam date moves the cards of the deck; `moved` says how many. */
export const PATCH = withUser<Params>(async ({ request, db, user, params }) => {
  const id = parseId(params.deckId);
  const fields = await parseJson(request, change);
  const profile = await getProfile(db, { userId: user.id });
  const timezone = profile?.timezone ?? 'UTC';
  return Response.json(await changeDeck(db, { id, change: fields, now: new Date(), timezone }));
});

export const DELETE = withUser<Params>(async ({ db, params }) => {
  await deleteDeck(db, { id: parseId(params.deckId) });
  return new Response(null, { status: 204 });
});
