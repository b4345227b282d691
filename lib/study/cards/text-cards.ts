import { createHash } from 'node:crypto';
import { MAX_LABEL_CHARACTERS, MAX_SIDE_CHARACTERS } from '../../domain/bounds.ts';
import type { SkipReasons } from '../../domain/deck.ts';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import type { PortableCard } from '../anki/types.ts';
import { newCardState } from './card-state.ts';
import { clozeIndexes } from './cloze.ts';
import {
  cardsFromCsv,
  cardsFromLines,
  cardsFromRows,
  MAX_TEXT_CARDS,
  type ReadText,
  type TextCard,
} from './deck-text.ts';
import { type ReadyCard, readyCards } from './new-card.ts';

const DEFAULT_DECK = 'Imported';
const MAX_GUID_CHARACTERS = 110;

/** The same line in the same deck has the same name, so that a list pasted twice adds nothing. */
const guidOf = (deck: string, front: string, back: string) =>
  createHash('sha1')
    .update(JSON.stringify([deck.toLowerCase(), front, back]))
    .digest('hex');

/** The cards of a row: one that was a card here before is that card again, to the letter. */
function cardsOf(card: TextCard): ReadyCard[] {
  const { front, back } = card;
  if (card.guid === undefined) {
    const ready = readyCards(card);
    const turned = card.isReversed ? readyCards({ front: back, back: front }) : [];
    return [...ready, ...turned];
  }
  const indexes = card.kind === 'basic' ? [] : clozeIndexes(front);
  if (indexes.length === 0) {
    const sides = [{ front, back }, ...(card.isReversed ? [{ front: back, back: front }] : [])];
    return sides.map((side) => ({ ...side, kind: 'basic', clozeIndex: 1 }));
  }
  const asked = card.clozeIndex === undefined ? indexes : [card.clozeIndex];
  return asked.map((clozeIndex) => ({ front, back, kind: 'cloze', clozeIndex }));
}

/** Which deck cards lie in: the one that was chosen, else the one the file names, else the usual one. */
export type Decks = { deck: string | null; usualDeck?: string | null };

const READERS = { csv: cardsFromCsv, lines: cardsFromLines };

/** Rows of a file as new cards. */
export function textCards(text: string, kind: 'csv' | 'lines', decks: Decks, now: Date) {
  // No text holds it and no database keeps it: another kind of file was named like one of text.
  if (text.includes('\u0000')) throw new AppError('file_mislabelled');
  return kept(READERS[kind](text), decks, now);
}

/** The rows of a workbook as new cards. */
export const sheetCards = (rows: readonly string[][], decks: Decks, now: Date) =>
  kept(cardsFromRows(rows), decks, now);

function kept(read: ReadText, { deck: chosen, usualDeck }: Decks, now: Date) {
  if (read.cards.length > MAX_TEXT_CARDS) {
    throw new AppError('file_too_large', {
      message: () =>
        say('This has {count} cards, and {most} fit at a time. Split it.', {
          count: read.cards.length,
          most: MAX_TEXT_CARDS,
        }),
    });
  }
  if (read.cards.length === 0) {
    throw new AppError('file_empty', {
      message: 'No line has a front and a back. Put a tab between them, or a comma in a CSV file.',
    });
  }
  const reasons: SkipReasons = {};
  const skip = (reason: keyof SkipReasons, line?: number) => {
    reasons[reason] = (reasons[reason] ?? 0) + 1;
    return line;
  };
  const lines = read.skipped.map(({ line, reason }) => skip(reason, line));
  const cards = read.cards.flatMap((card): PortableCard[] => {
    const named = chosen ?? card.deck ?? usualDeck ?? DEFAULT_DECK;
    const deck = named.slice(0, MAX_LABEL_CHARACTERS).trim() || DEFAULT_DECK;
    const known = card.guid !== undefined && card.guid.length <= MAX_GUID_CHARACTERS ? card.guid : undefined;
    const ready = cardsOf(card);
    if (ready.length === 0) lines.push(skip('empty', card.line));
    return ready.flatMap((side, index) => {
      if (Math.max(side.front.length, side.back.length) > MAX_SIDE_CHARACTERS) {
        lines.push(skip('too_long', card.line));
        return [];
      }
      const isTurned = card.isReversed && index === ready.length - 1;
      const guid = known ?? guidOf(deck, card.front, card.back);
      return [
        {
          ...side,
          guid: isTurned ? `${guid}:1` : guid,
          topic: card.topic?.slice(0, 200) ?? null,
          tags: card.tags ?? [],
          deck,
          suspended: card.suspended ?? false,
          state: newCardState(now),
          reviews: [],
        },
      ];
    });
  });
  const skippedLines = [...new Set(lines)].filter((line) => line !== undefined).sort((a, b) => a - b);
  return {
    cards,
    skipped: lines.length,
    skippedLines: skippedLines.slice(0, 20),
    reasons,
    media: read.media,
  };
}
