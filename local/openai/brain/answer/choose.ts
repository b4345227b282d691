import type { Candidate, Ranking } from './rank.ts';

/** A further sentence is shown while it scores within so much of the best one: wider where the question asks for more. */
const SCORE_GAP = 2.5;
const MOST_SENTENCES = 3;
const NEAR_REPEAT = 0.75;
const LONGEST_CHAIN = 2;
/** So much of the question the best sentence and what is shown beside it have to hold, each by itself. */
const OWN_SHARE = 0.25;

const holds = ({ words, carried }: Candidate, term: string): boolean => words.has(term) || carried.has(term);

/** The best sentence, what it needs in front to be understood, and what answers almost as well. */
export function choose(best: Candidate, { candidates, units }: Ranking, most = MOST_SENTENCES): Candidate[] {
  const main = units.filter(({ forms }) => forms.some((form) => holds(best, form)));
  // What else is shown speaks of the same: it holds some of the asked words that the best sentence holds.
  const isOnSubject = (candidate: Candidate): boolean =>
    candidate.features.headed > 0 ||
    (candidate.features.covered >= OWN_SHARE &&
      main.some(({ forms }) => forms.some((form) => holds(candidate, form))));
  const chosen = [...predecessors(best, candidates), best];
  for (const candidate of candidates.slice(1, 10)) {
    if (chosen.length >= most || candidate.score < best.score - SCORE_GAP) break;
    if (candidate.features.isBroken || candidate.pointsBack || !isOnSubject(candidate)) continue;
    if (!chosen.some((other) => other === candidate || repeats(other, candidate))) chosen.push(candidate);
  }
  return chosen;
}

/** A sentence about "it" or "this" is not understood alone, nor is the one before it when that says "it" too. */
function predecessors(candidate: Candidate, candidates: Candidate[]): Candidate[] {
  const chain: Candidate[] = [];
  for (let first = candidate; first.pointsBack && chain.length < LONGEST_CHAIN; ) {
    const { passage, index } = first;
    const before = candidates.find(
      (other) => other.passage === passage && other.index === index - 1 && other.features.isBroken < 1,
    );
    if (!before) break;
    chain.unshift(before);
    first = before;
  }
  return chain;
}

function repeats(a: Candidate, b: Candidate): boolean {
  const shared = [...a.words].filter((word) => b.words.has(word)).length;
  return shared / Math.max(1, Math.min(a.words.size, b.words.size)) > NEAR_REPEAT;
}
