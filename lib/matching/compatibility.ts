import type { Compatibility, FacetName } from '../domain/person.ts';
import { exchangeOf } from './complement.ts';
import { type Measures, measure, type Prepared, prepare } from './measures.ts';
import { explain } from './reasons.ts';
import type { Student } from './types.ts';

export const WEIGHTS: Readonly<Record<FacetName, number>> = {
  subjects: 0.4,
  learning_style: 0.2,
  grade: 0.15,
  complementary: 0.25,
};
/** What is not known neither helps nor harms. */
export const NEUTRAL = 0.5;

/** Four digits: what is left over by arithmetic must not order people. */
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

export function totalOf({ subjects, learning_style, grade, complementary }: Measures): number {
  return rounded(
    WEIGHTS.subjects * (subjects ?? NEUTRAL) +
      WEIGHTS.learning_style * (learning_style ?? NEUTRAL) +
      WEIGHTS.grade * (grade ?? NEUTRAL) +
      WEIGHTS.complementary * (complementary ?? NEUTRAL),
  );
}

function told(mine: Prepared, theirs: Prepared): Compatibility {
  const measures = measure(mine, theirs);
  const { measured, ...exchange } = exchangeOf(mine.skills, theirs.skills);
  return {
    score: totalOf(measures),
    facets: explain(mine, theirs, measures, { ...exchange, measured }).map((said) => ({
      ...said,
      weight: WEIGHTS[said.facet],
      score: rounded(measures[said.facet] ?? NEUTRAL),
    })),
    exchange,
  };
}

/** How well two students who were prepared before fit, as told to the first. */
export const compare = told;

/** How well two students fit, 0–1, with the reasons as told to the first. The scores are the same either way round. */
export const compatibility = (me: Student, other: Student): Compatibility =>
  told(prepare(me), prepare(other));

export type Ranked = { userId: string } & Compatibility;

/** The score that the `topK`-th best has: sorting numbers is many times faster than sorting people. */
function bar(scores: Float64Array, topK: number): number {
  if (topK >= scores.length) return Number.NEGATIVE_INFINITY;
  return scores.toSorted()[scores.length - topK] ?? Number.NEGATIVE_INFINITY;
}

/**
 * Ranks students who were prepared before, the best first and equal scores by id. The reasons are written only for those
 * who are kept.
 */
export function rankPrepared(mine: Prepared, others: readonly Prepared[], topK: number): Ranked[] {
  if (topK <= 0) return [];
  const candidates = others.filter(({ userId }) => userId !== mine.userId);
  const scores = Float64Array.from(candidates, (theirs) => totalOf(measure(mine, theirs)));
  const least = bar(scores, topK);
  return candidates
    .flatMap((theirs, index) => {
      const score = scores[index] ?? 0;
      return score >= least ? [{ theirs, score }] : [];
    })
    .sort((a, b) => b.score - a.score || (a.theirs.userId < b.theirs.userId ? -1 : 1))
    .slice(0, topK)
    .map(({ theirs }) => ({ userId: theirs.userId, ...told(mine, theirs) }));
}
