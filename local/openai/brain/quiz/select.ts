import { keyOf, likeness, rootsOf, shared } from '../facts/words.ts';
import { hash32 } from '../text/terms.ts';
import type { Difficulty, Draft } from './items.ts';

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
  const spent = new Set(drafts.filter((draft) => isAvoided(draft, request)).map(({ unit }) => unit));
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
        if (spent.has(draft.unit) || chosen.some((other) => isSame(other, draft))) continue;
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

function isSame(a: Draft, b: Draft): boolean {
  if (a.unit === b.unit) return true;
  return keyOf(a.concept) === keyOf(b.concept) || likeness(a.question, b.question) > SAME_QUESTION;
}

function isAvoided({ concept, question }: Draft, { avoid }: QuizRequest): boolean {
  return avoid.some((text) => keyOf(text) === keyOf(concept) || likeness(text, question) > SAME_QUESTION);
}
