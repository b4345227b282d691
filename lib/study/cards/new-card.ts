import type { CardKind, KeptCard } from '../../domain/card.ts';
import { clozeAnswers, clozeFromBlank, clozeIndexes } from './cloze.ts';

export const MAX_FRONT = 2_000;
export const MAX_BACK = 4_000;

/** A card as somebody writes it: a tool, a form, a file. */
export type DraftCard = { front: string; back: string; kind?: CardKind | null };

export type ReadyCard = Pick<KeptCard, 'front' | 'back' | 'kind' | 'clozeIndex'>;

/**
 * What a draft becomes. Braces make a cloze whatever it was called; a text with a blank becomes one when it was called
 * cloze; anything else is a question and its answer. Empty where a side that is needed is missing.
 */
export function readyCards(draft: DraftCard): ReadyCard[] {
  const front = draft.front.trim();
  const back = draft.back.trim();
  if (front === '') return [];
  const filled = draft.kind === 'cloze' ? clozeFromBlank(front, back) : null;
  const text = filled ?? front;
  const indexes = clozeIndexes(text);
  if (indexes.length > 0) {
    // A back that only repeats the answer adds nothing to a text that shows it in place.
    const answers = indexes.flatMap((index) => clozeAnswers(text, index));
    const extra = filled !== null || answers.some((answer) => answer.trim() === back) ? '' : back;
    return indexes.map((clozeIndex) => ({ front: text, back: extra, kind: 'cloze', clozeIndex }));
  }
  return back === '' ? [] : [{ front, back, kind: 'basic', clozeIndex: 1 }];
}
