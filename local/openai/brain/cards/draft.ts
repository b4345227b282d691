import type { Unit } from '../facts/types.ts';
import { topicOf } from '../quiz/index.ts';
import { FORMULA } from '../text/plain.ts';

/** What a card shows. */
export type Sides = {
  kind: 'basic' | 'cloze';
  /** How it asks, so that a deck does not ask everything in one way. */
  form: 'term' | 'short form' | 'question' | 'cloze' | 'table';
  front: string;
  back: string;
  weight: number;
};

/** A card drafted from one place of the notes. `quote` stands so in the passage with the number `n`. */
export type Draft = Sides & { quote: string; n: number; topic: string };

/** A formula counts as one word. */
export const wordsIn = (text: string): number =>
  text.replace(FORMULA, 'x').split(/\s+/).filter(Boolean).length;

/** The heading's subject, else what was asked for; empty where neither names anything. */
export function topicFor(unit: Pick<Unit, 'heading' | 'passage'>, asked: string): string {
  const topic = topicOf(unit, asked);
  return topic === 'Notes' ? asked : topic;
}
