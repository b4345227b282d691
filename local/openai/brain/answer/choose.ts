import type { Candidate, Ranking } from './rank.ts';

/** A further sentence is shown while it scores within so much of the best one: wider where the question asks for more. */
const SCORE_GAP = 2.5;
const MOST_SENTENCES = 3;
const NEAR_REPEAT = 0.75;
const LONGEST_CHAIN = 2;

const isNext = (before: Candidate, after: Candidate): boolean =>
  before.passage === after.passage && before.index === after.index - 1;

/** The best sentence, what it needs in front to be understood, and what answers almost as well. */
export function choose(best: Candidate, ranking: Ranking): Candidate[] {
  const { candidates } = ranking;
  const chosen = [...predecessors(best, candidates), best];
  const after = successor(best, chosen, ranking);
  if (after) chosen.push(after);
  const isOnSubject = sameSubject(best, ranking);
  for (const candidate of candidates.slice(1, 10)) {
    if (chosen.length >= MOST_SENTENCES || candidate.score < best.score - SCORE_GAP) break;
    if (candidate.features.isBroken || candidate.pointsBack || !isOnSubject(candidate)) continue;
    if (chosen.some((other) => other === candidate || repeats(other, candidate))) continue;
    chosen.push(candidate);
  }
  return chosen;
}

/** So much of the question the best sentence and what is shown beside it have to hold, each by itself. */
const OWN_SHARE = 0.25;

/** What else is shown speaks of the same: it holds some of the asked words that the best sentence holds. */
function sameSubject(best: Candidate, { units }: Ranking): (candidate: Candidate) => boolean {
  const holds = ({ words, carried }: Candidate, forms: string[]): boolean =>
    forms.some((form) => words.has(form) || carried.has(form));
  const main = units.filter(({ forms }) => holds(best, forms));
  return (candidate) =>
    candidate.features.headed > 0 ||
    (candidate.features.covered >= OWN_SHARE && main.some(({ forms }) => holds(candidate, forms)));
}

/** A sentence about "it" or "this" is not understood alone, nor is the one before it when that says "it" too. */
export function predecessors(candidate: Candidate, candidates: Candidate[]): Candidate[] {
  const chain: Candidate[] = [];
  let first = candidate;
  while (first.pointsBack && chain.length < LONGEST_CHAIN) {
    const after = first;
    const before = candidates.find((other) => isNext(other, after) && other.features.isBroken < 1);
    if (!before) break;
    chain.unshift(before);
    first = before;
  }
  return chain;
}

/** A sentence that goes on about the best one with "It …" and holds what is still lacking. */
function successor(
  best: Candidate,
  chosen: Candidate[],
  { candidates, units }: Ranking,
): Candidate | undefined {
  const said = new Set(chosen.flatMap(({ words }) => [...words]));
  const lacking = units.flatMap(({ forms }) => (forms.some((form) => said.has(form)) ? [] : forms));
  return candidates.find(
    (other) =>
      isNext(best, other) &&
      other.pointsBack &&
      other.features.isBroken < 1 &&
      lacking.some((form) => other.words.has(form)),
  );
}

function repeats(a: Candidate, b: Candidate): boolean {
  const shared = [...a.words].filter((word) => b.words.has(word)).length;
  return shared / Math.max(1, Math.min(a.words.size, b.words.size)) > NEAR_REPEAT;
}
