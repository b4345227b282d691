import { terms } from '../../retrieval/tokenizer.ts';
import type { Rejection } from './assemble.ts';

const SECONDS_A_QUESTION = 45;

/** About how long a quiz takes, in whole minutes. */
export const minutesFor = (questions: number) =>
  Math.max(1, Math.round((questions * SECONDS_A_QUESTION) / 60));

/** Whether two topics share a word, or are the same one in a script without words. */
export function sameTopic(one: string, other: string): boolean {
  if (one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase()) return true;
  const held = new Set(terms(one));
  return terms(other).some((term) => held.has(term));
}

/** How many drafts broke which rule. */
export function countRejections(rejected: readonly Rejection[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule } of rejected) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

/** Says what was not made; null when nothing is missing. */
export function shortfall({ asked, made }: { asked: number; made: number }): string | null {
  if (made >= asked) return null;
  return `${made} of ${asked}: your notes on this hold no more sound questions.`;
}

/** Why there is no quiz, and what would make one possible. */
export const noneHeld = (topic: string) =>
  `The model’s questions on “${topic}” could not be used: none of them held against your notes. Try again.`;
export const noQuestions = (topic: string) =>
  `I found your notes on “${topic}”, but no sound question could be made from them. Try a broader topic, or add notes in full sentences.`;
