import { z } from 'zod';
import { cardSearchSchema } from '@/app/api/requests';
import { findFlashcards, getFlashcards, tagFlashcards } from '@/lib/db/queries/flashcard';
import { cardTagsSchema } from '@/lib/domain/card';
import { AppError } from '@/lib/errors';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { addNewCards, newCards } from './new-cards';

const ids = z.array(z.uuid()).max(100);

/** `?ids=a,b` gives those cards as they are now; without it, a page of cards that hold the words of `q`. */
export const GET = withUser(async ({ request, db }) => {
  const query = new URL(request.url).searchParams;
  const asked = query.get('ids');
  if (asked !== null) {
    const parsed = ids.safeParse(asked === '' ? [] : asked.split(','));
    if (!parsed.success)
      throw new AppError('invalid_request', { message: 'ids is a list of up to 100 ids.' });
    return Response.json({ cards: await getFlashcards(db, { ids: parsed.data }) });
  }
  const given = cardSearchSchema.safeParse(Object.fromEntries(query));
  if (!given.success) throw new AppError('invalid_request', { message: z.prettifyError(given.error) });
  const { deck, q, which, tag, offset, limit } = given.data;
  return Response.json(await findFlashcards(db, { deckId: deck, query: q, which, tag, offset, limit }));
});

export const POST = withUser(async ({ request, db }) =>
  Response.json(await addNewCards(db, await parseJson(request, newCards)), { status: 201 }),
);

/** Tags for many cards at once. */
export const PATCH = withUser(async ({ request, db }) =>
  Response.json({ changed: await tagFlashcards(db, await parseJson(request, cardTagsSchema)) }),
);

export const { PUT, DELETE, OPTIONS } = otherMethods('GET', 'POST', 'PATCH');
