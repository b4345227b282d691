import { z } from 'zod';
import { keepFlashcards } from '@/lib/db/queries/flashcard';
import { cardWordsSchema } from '@/lib/domain/card';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

const decision = z.object({
  keep: z
    .array(cardWordsSchema.extend({ id: z.uuid() }))
    .max(200)
    .default([]),
  drop: z.array(z.uuid()).max(200).default([]),
});

/** Decides on proposed cards: keeps some, changed or as they are, and drops others. */
export const POST = withUser(async ({ request, db }) =>
  Response.json(await keepFlashcards(db, await parseJson(request, decision))),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
