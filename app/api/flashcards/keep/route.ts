import { keptCardsSchema } from '@/app/api/requests';
import { keepFlashcards } from '@/lib/db/queries/flashcard';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Decides on proposed cards: keeps some, changed or as they are, and drops others. */
export const POST = withUser(async ({ request, db }) =>
  Response.json(await keepFlashcards(db, await parseJson(request, keptCardsSchema))),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
