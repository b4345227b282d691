import { terms } from '../text/terms.ts';
import type { Candidate, Ranking } from './candidates.ts';
import { coverage } from './features.ts';
import type { Band, SearchResult } from './passages.ts';

const FIT = {
  bias: -2.6,
  covered: 3.2,
  passage: 1.5,
  context: 1,
  defines: 0.6,
  pairs: 0.5,
  missingNames: -0.9,
  close: -1,
};

/** From 0 to 1: how likely the best sentences are to answer, as far as words can tell. Sentences shown `together` share what they cover. */
export function confidenceOf({ candidates, units }: Ranking, together: Candidate[] = []): number {
  const best = (together[0] ?? candidates[0])?.features;
  if (!best) return 0;
  const words = new Set(together.flatMap((candidate) => [...candidate.words, ...candidate.line.carried]));
  const covered = Math.max(best.covered, coverage(units, words));
  const passage = Math.max(...candidates.slice(0, 8).map((candidate) => candidate.features.passage));
  const sum =
    FIT.bias +
    FIT.covered * covered +
    FIT.passage * passage +
    FIT.context * best.context +
    FIT.defines * best.defines +
    FIT.pairs * best.pairs +
    FIT.missingNames * best.missingNames +
    FIT.close * best.close;
  return 1 / (1 + Math.exp(-sum));
}

export type Verdict = 'answer' | 'closest' | 'absent';

type Needed = { answer: number; closest: number };

/** What retrieval saw of the whole library weighs against what the sentences show. */
const NEEDED: Record<Band, Needed> = {
  none: { answer: 2, closest: 2 },
  weak: { answer: 0.5, closest: 0.33 },
  strong: { answer: 0.45, closest: 0.25 },
};

/** Weak evidence, and an asked word that stands nowhere in the notes: the question is likely about something else. */
const NEEDED_WHEN_LACKING: Needed = { answer: 0.7, closest: 0.6 };

/** Less than this of the question around a sentence, and it is about something else. */
const NEAR_CONTEXT = 0.3;

/** A term whose words never stand together is not the term. */
const NEEDED_WHEN_SCATTERED: Needed = { answer: 2, closest: 0.85 };

export function judge(
  ranking: Ranking,
  result: SearchResult,
  together: Candidate[] = [],
): { verdict: Verdict; confidence: number } {
  const confidence = confidenceOf(ranking, together);
  const isLacking = result.band === 'weak' && lacksAskedWord(ranking, result);
  const needed = isScattered(ranking)
    ? NEEDED_WHEN_SCATTERED
    : isLacking
      ? NEEDED_WHEN_LACKING
      : NEEDED[result.band];
  const isNear = (ranking.candidates[0]?.features.context ?? 0) >= NEAR_CONTEXT;
  const verdict =
    confidence >= needed.answer ? 'answer' : confidence >= needed.closest && isNear ? 'closest' : 'absent';
  return { verdict, confidence };
}

/** Words that part two things: "cytokinesis in plants" is no term of two words. */
const JOINED = /\S\s+(?:of|in|for|by|and|on|at|with|from|to)\s/i;

/** "What is opportunity cost?" is not answered by an opportunity here and a cost there. */
function isScattered({ asked, kind, units, candidates }: Ranking): boolean {
  const isTerm = kind === 'definition' && units.length === 2 && !JOINED.test(asked.question);
  return isTerm && candidates.every((candidate) => candidate.features.close < 0.99);
}

function lacksAskedWord({ units, candidates }: Ranking, { missing }: SearchResult): boolean {
  const absent = new Set(missing.flatMap((word) => terms(word)));
  return units.some(
    ({ forms }) =>
      forms.some((form) => absent.has(form)) &&
      !candidates.some((candidate) => forms.some((form) => candidate.words.has(form))),
  );
}
