import { numberBefore } from '../text/sentences.ts';
import { terms } from '../text/terms.ts';
import { type Candidate, type Ranking, subjectOf } from './rank.ts';

/** A further sentence is shown while it scores within so much of the best one: wider where the question asks for more. */
const SCORE_GAP = 2.5;
const MOST_SENTENCES = 3;
const LONGEST_RUN = 7;
const NEAR_REPEAT = 0.75;
const LONGEST_CHAIN = 2;

const isNext = (before: Candidate, after: Candidate): boolean =>
  before.passage === after.passage && before.index === after.index - 1;

/** The best sentence, what it needs in front to be understood, and what answers almost as well. */
export function choose(best: Candidate, ranking: Ranking): Candidate[] {
  const { candidates } = ranking;
  const members = membersAround(best, ranking);
  if (members.length > 0) return members;
  const chosen = [...predecessors(best, candidates), ...figureBefore(best, ranking), best];
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

/** The year or the number that was asked for may stand in the sentence before the one that fits best. */
function figureBefore(best: Candidate, { kind, candidates }: Ranking): Candidate[] {
  const isFigure = kind === 'time' || kind === 'number';
  if (!isFigure || best.features.strongKind > 0 || best.pointsBack) return [];
  return candidates.filter(
    (other) =>
      isNext(other, best) &&
      other.sentence.heading === best.sentence.heading &&
      other.features.strongKind === 1 &&
      other.features.isBroken === 0,
  );
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

const ASKS_KINDS = /\b(?:kinds|types|forms|sorts) of\b/i;

/** Members of a list that the notes spell out as sentences: "The first gate …. The second gate …." after "Gates …." */
function membersAround(best: Candidate, { kind, units, asked, candidates }: Ranking): Candidate[] {
  // Kinds of long-term memory are called some memory; the gates of a cell are called some gate.
  const isOfKinds = ASKS_KINDS.test(asked.question);
  const forms = units.at(isOfKinds ? -1 : 0)?.forms;
  if (kind !== 'list' || !forms || (best.features.kind > 0 && !isOfKinds)) return [];
  const names = ({ clean }: Candidate): boolean =>
    terms(subjectOf(clean)).some((term) => forms.includes(term));
  if (!names(best)) return [];
  const run = [best];
  for (const step of [-1, 1])
    for (let index = best.index + step; run.length < LONGEST_RUN; index += step) {
      const next = candidates.find((other) => other.passage === best.passage && other.index === index);
      const belongs = next && next.sentence.heading === best.sentence.heading && !next.features.isBroken;
      if (!next || !belongs || !names(next)) break;
      if (step > 0) run.push(next);
      else run.unshift(next);
    }
  return run.length > 2 ? run : [];
}

function repeats(a: Candidate, b: Candidate): boolean {
  const shared = [...a.words].filter((word) => b.words.has(word)).length;
  return shared / Math.max(1, Math.min(a.words.size, b.words.size)) > NEAR_REPEAT;
}

const NEIGHBOUR =
  /^(?:what|which)\b.*?\b(?:(?<after>after|follows|succeeds)|(?:before|precedes))\s+(?<step>.+?)[\s?.!]*$/i;
/** A step is named at its beginning. */
const NAMED_WITHIN = 6;

/** "What comes after X?", when X is a step of a numbered list: both steps, in their order. */
export function findNeighbouringSteps(question: string, { candidates }: Ranking): Candidate[] | null {
  const { after, step } = NEIGHBOUR.exec(question)?.groups ?? {};
  const named = terms(step ?? '');
  if (named.length === 0) return null;
  for (const known of candidates) {
    const number = numberOf(known);
    const opening = new Set([...known.words].slice(0, NAMED_WITHIN));
    if (number === null || !named.every((term) => opening.has(term))) continue;
    // Several lists of a passage may hold a step of that number: the one beside the known step is meant.
    const [next] = candidates
      .filter((other) => other.passage === known.passage && numberOf(other) === number + (after ? 1 : -1))
      .sort((a, b) => Math.abs(a.index - known.index) - Math.abs(b.index - known.index));
    if (next) return after ? [known, next] : [next, known];
  }
  return null;
}

const numberOf = ({ sentence, passage }: Candidate): number | null =>
  sentence.kind === 'item' ? numberBefore(passage.text, sentence.start) : null;
