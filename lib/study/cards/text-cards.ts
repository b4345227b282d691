import { createHash } from 'node:crypto';
import { MAX_SIDE_CHARACTERS } from '../../domain/bounds.ts';
import { AppError } from '../../errors.ts';
import type { PortableCard } from '../anki/types.ts';
import { newCardState } from './card-state.ts';
import { cardsFromCsv, cardsFromLines, MAX_TEXT_CARDS, type ReadText } from './deck-text.ts';
import { readyCards } from './new-card.ts';

const DEFAULT_DECK = 'Imported';

/** The same line in the same deck has the same name, so that a list pasted twice adds nothing. */
const guidOf = (deck: string, front: string, back: string) =>
  createHash('sha1')
    .update(JSON.stringify([deck.toLowerCase(), front, back]))
    .digest('hex');

/** Lines of a text file as new cards. */
export function textCards(text: string, kind: 'csv' | 'lines', deckName: string | null, now: Date) {
  const read: ReadText = kind === 'csv' ? cardsFromCsv(text) : cardsFromLines(text);
  if (read.cards.length > MAX_TEXT_CARDS) {
    throw new AppError('file_too_large', {
      message: `This has ${read.cards.length} cards, and ${MAX_TEXT_CARDS} fit at a time. Split it.`,
    });
  }
  if (read.cards.length === 0) {
    throw new AppError('file_empty', {
      message: 'No line has a front and a back. Put a tab between them, or a comma in a CSV file.',
    });
  }
  const cards = read.cards.flatMap((card): PortableCard[] => {
    const deck = (deckName ?? card.deck ?? DEFAULT_DECK).slice(0, 120).trim() || DEFAULT_DECK;
    const guid = guidOf(deck, card.front, card.back);
    return readyCards(card)
      .filter(({ front, back }) => front.length <= MAX_SIDE_CHARACTERS && back.length <= MAX_SIDE_CHARACTERS)
      .map((ready) => ({
        ...ready,
        guid,
        topic: card.topic?.slice(0, 200) ?? null,
        deck,
        suspended: false,
        state: newCardState(now),
        reviews: [],
      }));
  });
  return { cards, skipped: read.skipped.length, skippedLines: read.skipped.slice(0, 20), media: 0 };
}
