import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { addFlashcards, deckFronts } from '../db/queries/flashcard.ts';
import { MAX_QUESTIONS } from '../domain/bounds.ts';
import { title } from '../domain/fields.ts';
import { saidSchema } from '../domain/said.ts';
import { AppError } from '../errors.ts';
import { listening, say } from '../language/said.ts';
import { sentence } from '../language/text.ts';
import { findMaterial } from '../retrieval/material.ts';
import { withoutDuplicates } from '../study/cards/duplicates.ts';
import { CARD_INSTRUCTIONS, cardDraftsSchema, cardsPrompt, MAX_CARD_DRAFTS } from '../study/cards/order.ts';
import { prepareCard } from '../study/cards/prepare.ts';
import { defineTool, orNull } from './define-tool.ts';

const MOST_PASSAGES = 60;
/** Some quotes do not hold, and some cards are there already. */
const withSpare = (cards: number) => Math.min(MAX_CARD_DRAFTS, cards + 2 + Math.ceil(cards * 0.3));

const range = z.object({ from: z.int().min(0), to: z.int().min(0) });

/**
 * Cards from chosen notes, for a page that asks for them. No tool of the conversation: there the model reads the passages
 * and writes the cards itself.
 */
export const makeCards = defineTool({
  name: 'makeCards',
  description: 'Makes flashcards from the student’s own notes, each with the words that prove it.',
  input: z.object({
    topic: title,
    n: z.int().min(1).max(MAX_QUESTIONS),
    sources: orNull(z.array(z.object({ docId: z.uuid(), ordRange: orNull(range) })).max(20)),
  }),
  output: z.object({
    flashcardIds: z.array(z.uuid()),
    asked: z.int(),
    made: z.int(),
    note: z.string().nullable(),
    said: saidSchema.optional(),
  }),
  timeoutSeconds: 58,
  async run({ topic, n, sources }, context, signal, report) {
    report({ stage: 'searching' });
    const { db, retrieval, userId, generate, random } = context;
    const spread = sources?.map(({ docId, ordRange }) => ({
      docId,
      from: ordRange?.from ?? null,
      to: ordRange?.to ?? null,
    }));
    const { chunks, absent } = await findMaterial(
      { db, ...retrieval },
      {
        userId,
        topic,
        sources: spread ?? null,
        lastDocId: null,
        count: Math.min(MOST_PASSAGES, 2 * n + 10),
        offset: random(),
        signal,
      },
    );
    if (absent !== null) throw new AppError('no_material', { message: absent });
    const passages = chunks.map((chunk, index) => ({ ...chunk, n: index + 1, source: chunk.title }));
    const existing = await deckFronts(db, {
      decks: [...new Set(chunks.map((chunk) => chunk.title))],
      signal,
    });
    report({ stage: 'writing', done: 0, of: n });
    const { cards: drafts } = await generate({
      name: 'study_cards',
      schema: cardDraftsSchema,
      instructions: CARD_INSTRUCTIONS,
      prompt: cardsPrompt({
        topic,
        cards: withSpare(n),
        known: existing.map(({ front }) => front),
        passages,
      }),
      signal,
      onPartial: ({ cards }) =>
        report({ stage: 'writing', done: Math.min(n, Array.isArray(cards) ? cards.length : 0), of: n }),
    });
    const proven = drafts.flatMap(({ passage: number, ...draft }) => {
      const passage = passages.find((one) => one.n === number);
      const ready = prepareCard({ ...draft, passage }, randomUUID);
      // What nothing proves is no card of the student's notes.
      return ready.length > 0 && ready.every(({ source }) => source !== null) ? [{ ...draft, ready }] : [];
    });
    const { fresh, duplicates } = withoutDuplicates(proven, existing);
    const kept = fresh.slice(0, n).flatMap(({ ready }) => ready);
    if (kept.length === 0) {
      const message =
        duplicates.length > 0
          ? sentence('Your decks have the cards that these notes give already. Choose another section.')
          : sentence(
              'No sound card could be made from these notes. Choose more of them, or add notes in full sentences.',
            );
      throw new AppError('no_material', { message });
    }
    const flashcardIds = await addFlashcards(db, { cards: kept, proposed: true, sourceDocId: null, signal });
    const made = Math.min(n, fresh.length);
    const { made: note, said } = listening(() =>
      made < n ? say('{made} of {n}: these notes hold no more sound cards that are new.', { made, n }) : null,
    );
    return { flashcardIds, asked: n, made, note, said };
  },
});
