import { terms } from '../text/terms.ts';
import { patterns, rewritten, says } from '../words.ts';
import type { Candidate, Ranking } from './rank.ts';

/** The words that only one of the two compared things has, in the order asked. */
export type Sides = [string[], string[]];

/** What "the difference between A and B", "compare A and B" or "A or B" puts side by side. */
export function sidesOf(question: string): Sides | null {
  const asked = question.trim().replace(/[\s?.!]+$/, '');
  for (const { pattern } of patterns('comparison')) {
    const { a = '', b = '' } = pattern.exec(asked)?.groups ?? {};
    const first = new Set(terms(a));
    const second = new Set(terms(rewritten('afterthought', b)));
    const own = (mine: Set<string>, other: Set<string>) => [...mine].filter((term) => !other.has(term));
    const sides: Sides = [own(first, second), own(second, first)];
    if (sides.every((side) => side.length > 0)) return sides;
  }
  return null;
}

const SUBJECT_BONUS = 2;
const OPENING_BONUS = 1;
const OTHER_SIDE_MALUS = 1.5;
/** So much may a sentence that contrasts both score below the best sentence of one side. */
const CONTRAST_MARGIN = 0.5;

/** In "animal and plant cells" the last words belong to both sides: only as many as the first side has are the second's own. */
const withoutSharedEnd = ([first, second]: Sides): Sides => [first, second.slice(0, first.length)];

/** Every side's own words stand in some of the sentences. */
const hold = (sides: Sides, chosen: Candidate[]): boolean =>
  sides.flat().every((term) => chosen.some(({ words, carried }) => words.has(term) || carried.has(term)));

type Compared = { chosen: Candidate[]; isWhole: boolean };

/** The sentences of a comparison, and whether they speak of both sides. */
export function compare(sides: Sides, ranking: Ranking): Compared {
  for (const asked of [sides, withoutSharedEnd(sides)]) {
    const chosen = chooseForSides(asked, ranking);
    if (chosen.length > 0 && hold(asked, chosen)) return { chosen, isWhole: true };
  }
  return { chosen: chooseForSides(sides, ranking), isWhole: false };
}

/** One sentence that sets both sides against each other, or one for each in the order asked; fewer when a side is not there. */
function chooseForSides(sides: Sides, { candidates }: Ranking): Candidate[] {
  const whole = candidates.filter(({ features }) => !features.isBroken && !features.isQuestion);
  const [first, second] = sides.map((side, i) => bestFor(side, sides[1 - i] ?? [], whole));
  const best = Math.max(first?.score ?? 0, second?.score ?? 0);
  const both = whole.find(
    ({ words, features, sentence, score }) =>
      sides.flat().every((term) => words.has(term)) &&
      features.context > 0.95 &&
      says('contrast', sentence.text) &&
      score >= best - CONTRAST_MARGIN,
  );
  if (both) return [both];
  return [first, second].filter((candidate) => candidate !== undefined);
}

function bestFor(own: string[], other: string[], candidates: Candidate[]): Candidate | undefined {
  let best: Candidate | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const { words, carried, score } = candidate;
    if (!own.every((term) => words.has(term) || carried.has(term))) continue;
    const subject = new Set([...words].slice(0, own.length + 2));
    const isSubject = own.every((term) => subject.has(term));
    const fit =
      score +
      (isSubject ? SUBJECT_BONUS : 0) +
      (isSubject && candidate.isFirst ? OPENING_BONUS : 0) -
      (other.some((term) => words.has(term)) ? OTHER_SIDE_MALUS : 0) -
      (candidate.pointsBack ? OPENING_BONUS : 0);
    if (fit <= bestScore) continue;
    best = candidate;
    bestScore = fit;
  }
  return best;
}
