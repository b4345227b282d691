import { keyOf, keysOf, likeness, rootsOf, shared, wordsOf } from '../facts/words.ts';
import { hash32 } from '../text/terms.ts';
import { readsAlike } from './distractors.ts';
import type { Draft, QuizRequest } from './types.ts';

const SAME_QUESTION = 0.6;
/** Two sentences that give one figure for one thing. */
const SAME_FIGURE = 0.3;
/** The most that one kind may take of a quiz while others are to be had. */
const LARGEST_SHARE = 0.35;
/** One list would fill a quiz with itself, and all pairs are asked for in the same words. */
const MOST_OF_KIND: Partial<Record<Draft['kind'], number>> = { sequence: 2, matching: 1 };
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
        if (isAvoided(draft, request) || chosen.some((other) => isSame(other, draft))) continue;
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
  if (a.kind === 'number' && a.answer === b.answer && likeness(a.question, b.question) > SAME_FIGURE)
    return true;
  return keyOf(a.concept) === keyOf(b.concept) || likeness(a.question, b.question) > SAME_QUESTION;
}

function isAvoided({ concept, question }: Draft, { avoid }: QuizRequest): boolean {
  return avoid.some((text) => keyOf(text) === keyOf(concept) || likeness(text, question) > SAME_QUESTION);
}

const LONGEST_SHORT_CHOICE = 5;

/** What a draft must keep to before the product judges it by every published rule: distinct choices of like length, and an answer that stands in the quote. */
export function isSound({ kind, answer, distractors, unit }: Draft): boolean {
  // Its terms were judged as those of any question; "True" is as short as it is.
  if (kind === 'true or false') return true;
  const wrong = distractors.map(({ text }) => text);
  const choices = [answer, ...wrong];
  const areDistinct = choices.every((a, i) =>
    choices.every(
      (b, j) =>
        j <= i ||
        (a.toLowerCase() !== b.toLowerCase() &&
          (/^[\d.,]/.test(a) || wordsOf(a).length > LONGEST_SHORT_CHOICE || !readsAlike(a, b))),
    ),
  );
  const key = keyOf(answer.replace(/^(?:Because|When|If|Unless|Until|By) /, '').replace(/%$/, ''));
  const isQuoted = answer.length >= 60 || ` ${keysOf(unit.text)} `.includes(key);
  const lengths = choices.map(({ length }) => length);
  const longest = Math.max(...lengths);
  const mean = wrong.reduce((sum, { length }) => sum + length, 0) / Math.max(1, wrong.length);
  const isLike = answer.length <= 12 || (answer.length <= mean * 1.6 && answer.length >= mean / 2.2);
  return areDistinct && isQuoted && isLike && (longest <= 45 || longest / Math.min(...lengths) <= 2.5);
}
