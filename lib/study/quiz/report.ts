import { say } from '../../language/said.ts';
import { terms } from '../../retrieval/tokenizer.ts';
import { headingSubject } from '../heading-subject.ts';
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

type Origin = {
  asked: number;
  made: number;
  /** The section that was the topic. */
  heading: string | null;
  /** What the section around it gave besides. */
  around: { heading: string; made: number } | null;
};

/** Says what was not made, and what came from where; null when all is of the asked subject and nothing is missing. */
export function shortfall({ asked, made, heading, around }: Origin): string | null {
  const isShort = made < asked;
  const nameOf = (text: string) => headingSubject(text) ?? text;
  if (heading !== null && around !== null && around.made > 0) {
    return say(
      'The section “{section}” gave {own, plural, one {# question} other {# questions}}, the rest of “{around}” around it {more} more{end}.',
      {
        section: nameOf(heading),
        own: made - around.made,
        around: nameOf(around.heading),
        more: around.made,
        end: isShort ? say('; they hold no more sound ones than {made} of {asked}', { made, asked }) : '',
      },
    );
  }
  if (!isShort) return null;
  if (heading === null)
    return say(
      '{made} of {asked}: your notes on this hold no more sound questions. Definitions and whole sentences give the most.',
      { made, asked },
    );
  return say(
    'The section “{section}” gave {made, plural, one {# question} other {# questions}} of {asked}: it holds no more sound ones. Ask about the chapter around it, or the whole document, for more.',
    { section: nameOf(heading), made, asked },
  );
}

/** Why there is no quiz, and what would make one possible. */
export const noneHeld = (topic: string) =>
  say(
    'The model’s questions on “{topic}” could not be used: none of them held against your notes. Try again.',
    {
      topic,
    },
  );
export const noQuestions = (topic: string) =>
  say(
    'I found your notes on “{topic}”, but no sound question could be made from them. Try a broader topic, or add notes in full sentences.',
    { topic },
  );
