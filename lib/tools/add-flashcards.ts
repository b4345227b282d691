import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deckFronts, addFlashcards as storeFlashcards } from '../db/queries/flashcard.ts';
import { CARD_KINDS, keptCardSchema } from '../domain/card.ts';
import { line } from '../domain/fields.ts';
import { AppError } from '../errors.ts';
import { withoutDuplicates } from '../study/cards/duplicates.ts';
import { MAX_BACK, MAX_FRONT } from '../study/cards/new-card.ts';
import { prepareCard } from '../study/cards/prepare.ts';
import { defineTool, orNull } from './define-tool.ts';

const cardMetadata = z.object({
  kind: orNull(z.enum(CARD_KINDS)).describe(
    'cloze hides part of one sentence: {{c1::answer}} in the front. basic asks and answers.',
  ),
  topic: orNull(z.string().max(200)).describe('What the card is about, in a few words.'),
  deck: orNull(z.string().max(120)).describe('The deck to put it into, by its name.'),
  passage: orNull(z.int().min(1).max(10_000)).describe(
    'The number n of the searchNotes passage the card was made from.',
  ),
  quote: orNull(z.string().max(2_000)).describe(
    'Words of that passage, exactly as they stand there, that prove the answer.',
  ),
});

const input = z.object({
  cards: z
    .array(
      z.object({
        front: line(MAX_FRONT).describe('The question, or the text with {{c1::…}}.'),
        back: z.string().trim().max(MAX_BACK).describe('The answer. May be empty for a cloze.'),
        metadata: orNull(cardMetadata).describe('Kind, topic, deck and proof.'),
      }),
    )
    .min(1)
    .max(100)
    .describe('The cards, one fact each, at most about 25 words a side.'),
  sourceDocId: orNull(z.uuid()).describe('The document all cards come from, by its id; null when unknown.'),
});

const output = z.object({
  count: z.int(),
  flashcardIds: z.array(z.string()),
  duplicates: z.array(z.object({ front: z.string() })),
  cards: z.array(keptCardSchema.extend({ id: z.string() })),
});

export const addFlashcards = defineTool({
  name: 'addFlashcards',
  description:
    'Makes flashcards, question and answer or cloze, and shows them to the student to keep, change or drop. Give each the passage and quote it comes from. Cards the deck has already are skipped and named.',
  input,
  output,
  timeoutSeconds: 20,
  actOf: () => 'cards',
  // What passage a card stands on is numbered by the conversation.
  essenceOf: ({ cards }) => cards.map(({ front }) => front).toSorted(),
  async run({ cards, sourceDocId }, { db, passages }, signal) {
    const prepared = cards.flatMap(({ front, back, metadata }, index) => {
      const { passage: n, ...facts } = metadata ?? cardMetadata.parse({});
      const passage = n === null ? undefined : passages.get(n);
      const ready = prepareCard({ front, back, ...facts, passage }, randomUUID);
      if (ready.length > 0) return [{ front, back, ready }];
      throw new AppError('invalid_request', { message: `Card ${index + 1} has no back, and hides nothing.` });
    });
    const decks = [...new Set(prepared.flatMap(({ ready }) => ready.map(({ deck }) => deck)))];
    const existing = await deckFronts(db, { decks, signal });
    const { fresh, duplicates } = withoutDuplicates(prepared, existing);
    const kept = fresh.flatMap(({ ready }) => ready);
    const given = { cards: kept, proposed: true, sourceDocId, signal };
    const flashcardIds = kept.length === 0 ? [] : await storeFlashcards(db, given);
    return {
      count: flashcardIds.length,
      flashcardIds,
      duplicates: duplicates.map(({ front }) => ({ front })),
      cards: kept.map(({ guid, ...card }, index) => ({
        ...card,
        // One id comes back for every card that was sent, in the same order.
        id: flashcardIds[index] ?? '',
      })),
    };
  },
  toModelText: ({ count, duplicates, cards }) =>
    JSON.stringify({
      count,
      waitingForStudent: count > 0,
      decks: [...new Set(cards.map(({ deck }) => deck))].slice(0, 20),
      withProof: cards.filter(({ source }) => source !== null).length,
      fronts: cards.slice(0, 20).map(({ front }) => front.slice(0, 160)),
      alreadyThere: duplicates.slice(0, 20).map(({ front }) => front.slice(0, 160)),
      alreadyThereCount: duplicates.length,
    }),
});
