import { terms } from '../text/terms.ts';
import { patterns, rewritten, says } from '../words.ts';
import { holds } from './choose.ts';
import type { Candidate, Ranking } from './rank.ts';

/** The words that only one of the two compared things has, in the order asked. */
export type Sides = [string[], string[]];

/** What "the difference between A and B", "compare A and B" or "A or B" puts side by side. */
export function sidesOf(question: string): Sides | null {
  const asked = question.trim().replace(/[\s?.!]+$/, '');
  for (const { pattern } of patterns('comparison')) {
    const { a = '', b = '' } = pattern.exec(asked)?.groups ?? {};
    const [first, second] = [terms(a), terms(rewritten('afterthought', b))];
    const own = (mine: string[], other: string[]) =>
      [...new Set(mine)].filter((term) => !other.includes(term));
    const sides: Sides = [own(first, second), own(second, first)];
    if (sides.every((side) => side.length > 0)) return sides;
  }
  return null;
}

const SUBJECT_BONUS = 2;
/** So much may a sentence that contrasts both score below the best sentence of one side. */
const CONTRAST_MARGIN = 0.5;

type Compared = { chosen: Candidate[]; isWhole: boolean };

/** The sentences of a comparison, and whether they speak of both sides. */
export function compare([first, second]: Sides, { candidates }: Ranking): Compared {
  const whole = candidates.filter(({ features }) => !features.isBroken && !features.isQuestion);
  // In "animal and plant cells" the last words belong to both sides: only as many as the first side has are the second's own.
  const ways: Sides[] = [
    [first, second],
    [first, second.slice(0, first.length)],
  ];
  const compared = ways.map((sides): Compared => {
    const chosen = chooseForSides(sides, whole);
    const isWhole = sides.flat().every((term) => chosen.some((candidate) => holds(candidate, term)));
    return { chosen, isWhole: isWhole && chosen.length > 0 };
  });
  return compared.find(({ isWhole }) => isWhole) ?? compared[0] ?? { chosen: [], isWhole: false };
}

/** One sentence that sets both sides against each other, or one for each in the order asked; fewer when a side is not there. */
function chooseForSides(sides: Sides, whole: Candidate[]): Candidate[] {
  const found = sides.flatMap((side) => bestFor(side, whole) ?? []);
  const best = Math.max(0, ...found.map(({ score }) => score));
  const both = whole.find(
    ({ words, features, sentence, score }) =>
      sides.flat().every((term) => words.has(term)) &&
      features.context > 0.95 &&
      says('contrast', sentence.text) &&
      score >= best - CONTRAST_MARGIN,
  );
  return both ? [both] : found;
}

/** The best sentence that holds a side's words, rather with them as its subject. */
function bestFor(own: string[], candidates: Candidate[]): Candidate | undefined {
  const worth = ({ words, score }: Candidate): number => {
    const start = [...words].slice(0, own.length + 2);
    return score + (own.every((term) => start.includes(term)) ? SUBJECT_BONUS : 0);
  };
  const fitting = candidates.filter((candidate) => own.every((term) => holds(candidate, term)));
  return fitting.sort((a, b) => worth(b) - worth(a))[0];
}
