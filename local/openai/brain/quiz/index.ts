import { lineOf, readSearchResult } from '../answer/passages.ts';
import { learn } from '../facts/index.ts';
import type { Unit } from '../facts/types.ts';
import { readable } from '../facts/units.ts';
import { keyOf, likeness, rootsOf, shared, withoutEnd } from '../facts/words.ts';
import { hash32 } from '../text/terms.ts';
import { rewritten, says } from '../words.ts';
import {
  type Difficulty,
  type Draft,
  draftsOfFigure,
  draftsOfGap,
  draftsOfSaying,
  draftsOfSequence,
} from './items.ts';

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
    difficulty: (['easy', 'medium', 'hard'] as const).find((level) => level === difficulty) ?? 'mixed',
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

export type QuizRequest = {
  topic: string;
  difficulty: Difficulty | 'mixed';
  questions: number;
  /** Concepts and questions that are not to come again. */
  avoid: string[];
};

const SAME_QUESTION = 0.6;
/** The most that one kind may take of a quiz while others are to be had. */
const LARGEST_SHARE = 0.35;
/** One list would fill a quiz with itself. */
const MOST_OF_KIND: Partial<Record<Draft['kind'], number>> = { sequence: 2 };
/** A wrong choice that comes again and again is known for one. */
const MOST_SHOWN = 3;
/** How far chance may move a question, so that another request does not bring the same ones. */
const CHANCE = 0.4;

/** The questions of one quiz: those on the topic and of the asked difficulty first, each concept and sentence once. */
export function selectDrafts(drafts: readonly Draft[], request: QuizRequest): Draft[] {
  const topic = new Set(rootsOf(request.topic));
  const ranked = drafts
    .map((draft) => ({ draft, rank: rankOf(draft, topic, request) }))
    .sort((a, b) => b.rank - a.rank || (a.draft.question < b.draft.question ? -1 : 1))
    .map(({ draft }) => draft);
  // A sentence that was asked about in one way is not asked about in another.
  const spent = new Set(
    drafts
      .filter((draft) => request.avoid.some((text) => isSame(draft, { concept: text, question: text })))
      .map(({ unit }) => unit),
  );
  const chosen: Draft[] = [];
  const counts = new Map<string, number>();
  const shown = new Map<string, number>();
  const most = Math.max(2, Math.ceil(request.questions * LARGEST_SHARE));
  const isAsked = ({ difficulty }: Draft): boolean =>
    request.difficulty === 'mixed' || difficulty === request.difficulty;
  // What was asked for comes before variety, and variety before what is left.
  for (const isDue of [isAsked, () => true])
    for (const limit of [most, Number.POSITIVE_INFINITY])
      for (const draft of ranked) {
        if (chosen.length >= request.questions) return chosen;
        const count = counts.get(draft.kind) ?? 0;
        if (!isDue(draft) || count >= Math.min(limit, MOST_OF_KIND[draft.kind] ?? limit)) continue;
        if (
          spent.has(draft.unit) ||
          chosen.some((other) => other.unit === draft.unit || isSame(other, draft))
        )
          continue;
        if (draft.distractors.some(({ text }) => (shown.get(text) ?? 0) >= MOST_SHOWN)) continue;
        for (const { text } of draft.distractors) shown.set(text, (shown.get(text) ?? 0) + 1);
        counts.set(draft.kind, count + 1);
        chosen.push(draft);
      }
  return chosen;
}

/** How far up a question comes by what it asks about, and by how near its passage is to what was searched for. */
function rankOf(draft: Draft, topic: ReadonlySet<string>, request: QuizRequest): number {
  const { difficulty, topic: asked } = request;
  const words = rootsOf(`${draft.unit.clean} ${draft.unit.heading}`);
  const onTopic = topic.size === 0 ? 0 : shared(words, topic) / topic.size;
  const nearness = 1 / Math.sqrt(draft.unit.passage.n);
  const asWanted = difficulty === 'mixed' || difficulty === draft.difficulty ? 1 : 0;
  const chance = (hash32(`${asked}|${draft.question}`) / 2 ** 32) * CHANCE;
  return draft.worth + onTopic * 1.6 + nearness + asWanted * 1.5 + chance;
}

type Asked = Pick<Draft, 'concept' | 'question'>;
const isSame = (a: Asked, b: Asked): boolean =>
  keyOf(a.concept) === keyOf(b.concept) || likeness(a.question, b.question) > SAME_QUESTION;
