import { changeDeck, deleteDeck } from '@/lib/db/queries/deck';
import { getProfile } from '@/lib/db/queries/profile';
import { deckChangeSchema } from '@/lib/domain/deck';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { deckId: string };

/** A new exam date moves the cards of the deck; `moved` says how many. */
export const PATCH = withUser<Params>(async ({ request, db, user, params }) => {
  const id = parseId(params.deckId);
  const fields = await parseJson(request, deckChangeSchema);
  const profile = await getProfile(db, { userId: user.id });
  const timezone = profile?.timezone ?? 'UTC';
  return Response.json(await changeDeck(db, { id, change: fields, now: new Date(), timezone }));
});

export const DELETE = withUser<Params>(async ({ db, params }) => {
  await deleteDeck(db, { id: parseId(params.deckId) });
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, OPTIONS } = otherMethods('PATCH', 'DELETE');
