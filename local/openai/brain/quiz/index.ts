import { lineOf, readSearchResult } from '../answer/passages.ts';
import { learn } from '../facts/index.ts';
import type { Unit } from '../facts/types.ts';
import { readable } from '../facts/units.ts';
import { withoutEnd } from '../facts/words.ts';
import { rewritten, says } from '../words.ts';
import { type Draft, draftsOfFigure, draftsOfGap, draftsOfSaying, draftsOfSequence } from './items.ts';
import { type QuizRequest, selectDrafts } from './select.ts';

/**
 * Items for a quiz from the passages of the prompt. Only what is sound is returned: where the notes hold less
 * than was asked for, there are fewer items.
 */
export function writeQuizItems(prompt: string) {
  const request = readRequest(prompt);
  const knowledge = learn(readSearchResult(prompt)?.passages ?? []);
  const { sayings, gaps, figures, sequences } = knowledge;
  const isOwn = ({ unit }: { unit: Unit }): boolean => !unit.passage.isContext;
  const drafts = [
    ...sayings.filter(isOwn).flatMap((saying) => draftsOfSaying(knowledge, saying)),
    ...gaps.filter(isOwn).flatMap((gap) => draftsOfGap(knowledge, gap)),
    ...figures.filter(isOwn).flatMap((figure) => draftsOfFigure(knowledge, figure)),
    ...sequences.flatMap(draftsOfSequence).filter(isOwn),
  ];
  return { items: selectDrafts(drafts, request).map((draft) => asItem(draft, request.topic)) };
}

/** As the structured output asks for it. */
const asItem = ({ unit, worth: _, ...draft }: Draft, asked: string) => ({
  ...draft,
  topic: topicOf(unit, asked) || 'Notes',
  passage: unit.passage.n,
  quote: unit.text,
});

const MOST_QUESTIONS = 60;
const DEFAULT_QUESTIONS = 10;

/** Reads what is wanted from the lines above the passages. Words inside a passage are never orders. */
export function readRequest(prompt: string): QuizRequest {
  const [head = ''] = prompt.split('<passage', 1);
  const difficulty = lineOf(prompt, 'Difficulty').toLowerCase();
  const questions = Number(/\d+/.exec(lineOf(prompt, 'Questions'))?.[0] ?? DEFAULT_QUESTIONS);
  const rejected = head.split(/^\s*Rejected:\s*$/im)[1] ?? '';
  return {
    topic: lineOf(prompt, 'Topic'),
    difficulty:
      difficulty === 'easy' || difficulty === 'medium' || difficulty === 'hard' ? difficulty : 'mixed',
    questions: Math.max(0, Math.min(MOST_QUESTIONS, questions)),
    avoid: [
      ...lineOf(prompt, 'Already asked').split(/\s*;\s*/),
      ...[...rejected.matchAll(/^\s*-\s+(.+)$/gm)].map(([, line = '']) => questionOf(line)),
    ].filter(Boolean),
  };
}

/** "- <question>: <rule and reason>": the question ends with its own mark, or where the last colon is. */
const questionOf = (line: string): string =>
  /^.*?[?”](?=:\s|\s*$)/.exec(line)?.[0] ?? line.replace(/:\s[^:]*$/, '');

/** What a unit is about: the nearest heading that names a subject, else the one that was asked for. */
export function topicOf({ heading, passage }: Pick<Unit, 'heading' | 'passage'>, asked: string): string {
  const subjects = [heading, ...passage.heading.split(' > ').reverse()].map((title) =>
    withoutEnd(rewritten('numbered-part', readable(title))),
  );
  const isSubject = (title: string): boolean =>
    /\p{L}{2}.*\p{L}{2}/u.test(title) && title.length <= LONGEST && !/[!;{}<>=|\\?]/.test(title);
  return subjects.find((title) => isSubject(title) && !says('part-of-book', title)) ?? asked.trim();
}

const LONGEST = 60;
