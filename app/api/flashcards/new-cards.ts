import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { DatabaseClient } from '@/lib/db/clients';
import { addFlashcards, deckFronts } from '@/lib/db/queries/flashcard';
import { newCardSchema } from '@/lib/domain/card';
import { InvalidRequestError } from '@/lib/http/problem';
import { withoutDuplicates } from '@/lib/study/cards/duplicates';
import { prepareCard } from '@/lib/study/cards/prepare';

export const newCards = z.object({
  cards: z.array(newCardSchema).min(1).max(100),
  proposed: z.boolean().default(false),
});
type NewCards = z.output<typeof newCards>;

/** Adds the cards the deck does not have yet, and names those it has. */
export async function addNewCards(db: DatabaseClient, { cards, proposed }: NewCards) {
  const prepared = cards.map((card, index) => {
    const { front, back, kind, topic, deck, source } = card;
    const ready = prepareCard(
      { front, back, kind: kind ?? null, topic: topic ?? null, deck: deck ?? null },
      randomUUID,
    );
    if (ready.length > 0)
      return { front, back, ready: ready.map((one) => ({ ...one, source: source ?? null })) };
    const field = `cards.${index}.back`;
    throw new InvalidRequestError([{ field, message: 'Write a back, or hide part of the front.' }]);
  });
  const decks = [...new Set(prepared.flatMap(({ ready }) => ready.map(({ deck }) => deck)))];
  const { fresh, duplicates } = withoutDuplicates(prepared, await deckFronts(db, { decks }));
  const kept = fresh.flatMap(({ ready }) => ready);
  const flashcardIds =
    kept.length === 0 ? [] : await addFlashcards(db, { cards: kept, proposed, sourceDocId: null });
  return { flashcardIds, duplicates: duplicates.map(({ front }) => ({ front })) };
}
