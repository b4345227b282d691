import { MAX_LABEL_CHARACTERS, MAX_TITLE_CHARACTERS } from '../../domain/bounds.ts';
import type { KeptCard } from '../../domain/card.ts';
import type { StudySource } from '../../domain/citation.ts';
import { DEFAULT_DECK } from '../../domain/deck.ts';
import { headingSubject } from '../heading-subject.ts';
import { type SourcePassage, sourceOf } from '../source.ts';
import { clozeAnswers, clozePlain } from './cloze.ts';
import { type DraftCard, type ReadyCard, readyCards } from './new-card.ts';

/** A card as the agent proposes it, with the passage it was made from. */
export type ProposedCard = DraftCard & {
  topic?: string | null;
  deck?: string | null;
  passage?: SourcePassage | undefined;
  quote?: string | null;
};

export type PreparedCard = KeptCard & { guid: string | null };

/** The words of the passage that prove the card: the quote given, else what the card itself says. */
function proofOf(card: ProposedCard, ready: ReadyCard): StudySource | null {
  const { passage, quote } = card;
  if (!passage) return null;
  const tries = [quote ?? '', ...(ready.kind === 'cloze' ? [clozePlain(ready.front)] : []), card.back];
  for (const words of tries) {
    // One word stands in many places and proves none of them.
    if (words.trim().split(/\s+/).length < 2) continue;
    const source = sourceOf(passage, words);
    if (source) return source;
  }
  return null;
}

const shortened = (text: string | null | undefined, length: number): string | null =>
  text?.replace(/\s+/g, ' ').trim().slice(0, length).trim() || null;

/**
 * What a proposed card is kept as; empty where a side is missing. Topic and deck default to what the passage is about
 * and the document it comes from. `newGuid` names the cards of one cloze text alike.
 */
export function prepareCard(card: ProposedCard, newGuid: () => string): PreparedCard[] {
  const heading = card.passage?.headingPath.at(-1);
  const topic =
    shortened(card.topic, MAX_TITLE_CHARACTERS) ?? (heading === undefined ? null : headingSubject(heading));
  const deck =
    shortened(card.deck, MAX_LABEL_CHARACTERS) ??
    shortened(card.passage?.source, MAX_LABEL_CHARACTERS) ??
    DEFAULT_DECK;
  const ready = readyCards(card);
  const guid = ready.length > 1 ? newGuid() : null;
  return ready.map((one) => ({ ...one, guid, topic, deck, source: proofOf(card, one) }));
}

/** Whether the answer of a card stands in the words that prove it, so that it may be marked as proven. */
export const isProvenAnswer = (card: {
  front: string;
  clozeIndex: number;
  source: StudySource | null;
}): boolean => {
  const { source } = card;
  if (!source) return false;
  const said = source.quote.toLowerCase();
  const answers = clozeAnswers(card.front, card.clozeIndex);
  return answers.length > 0 && answers.every((answer) => said.includes(answer.trim().toLowerCase()));
};
