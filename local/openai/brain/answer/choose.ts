import { terms } from '../text/terms.ts';
import { type Candidate, type Ranking, subjectOf } from './candidates.ts';

/** A further sentence is shown while it scores within so much of the best one. */
const SCORE_GAP = 1.5;
const MOST_SENTENCES = 3;
const LONGEST_RUN = 7;
const NEAR_REPEAT = 0.75;

/** Reasons, ways and lists take more than one sentence. What another language asks for is not recognised, so it gets more too. */
const wantsMore = ({ kind, asked }: Ranking): boolean =>
  !asked.isEnglish || kind === 'list' || kind === 'reason' || kind === 'manner';

function gapFor(ranking: Ranking): number {
  if (!ranking.asked.isEnglish) return SCORE_GAP * 1.6;
  return wantsMore(ranking) ? SCORE_GAP : SCORE_GAP * 0.75;
}

/** The best sentence, what it needs in front to be understood, and what answers almost as well. */
export function choose(best: Candidate, ranking: Ranking): Candidate[] {
  const { candidates } = ranking;
  const members = membersAround(best, ranking);
  if (members.length > 0) return members;
  const chosen = [...predecessors(best, candidates), ...figureBefore(best, ranking), best];
  const after = successor(best, chosen, ranking);
  if (after) chosen.push(after);
  const most = wantsMore(ranking) ? MOST_SENTENCES : MOST_SENTENCES - 1;
  const gap = gapFor(ranking);
  for (const candidate of candidates.slice(1, 10)) {
    if (chosen.length >= most || candidate.score < best.score - gap) break;
    if (candidate.features.isBroken || candidate.features.startsWithPronoun) continue;
    if (chosen.some((other) => other === candidate || repeats(other, candidate))) continue;
    chosen.push(candidate);
  }
  return chosen;
}

const LONGEST_CHAIN = 2;

/** A sentence about "it" or "this" is not understood alone, nor is the one before it when that says "it" too. */
export function predecessors(candidate: Candidate, candidates: Candidate[]): Candidate[] {
  const chain: Candidate[] = [];
  let first = candidate;
  while (first.features.startsWithPronoun && chain.length < LONGEST_CHAIN) {
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

/** The year or the number that was asked for may stand in the sentence before the one that fits best. */
function figureBefore(
  { passage, index, sentence, features }: Candidate,
  { kind, candidates }: Ranking,
): Candidate[] {
  if ((kind !== 'time' && kind !== 'number') || features.strongKind > 0 || features.startsWithPronoun)
    return [];
  return candidates.filter(
    (other) =>
      other.passage === passage &&
      other.index === index - 1 &&
      other.sentence.heading === sentence.heading &&
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
  const lacking = units.filter(({ forms }) => !forms.some((form) => said.has(form)));
  return candidates.find(
    ({ passage, index, features, words }) =>
      passage === best.passage &&
      index === best.index + 1 &&
      features.startsWithPronoun > 0 &&
      features.isBroken < 1 &&
      lacking.some(({ forms }) => forms.some((form) => words.has(form))),
  );
}

const ASKS_KINDS = /\b(?:kinds|types|forms|sorts) of\b/i;

/** Members of a list that the notes spell out as sentences: "The first gate …. The second gate …." after "Gates …." */
function membersAround(best: Candidate, { kind, units, asked, candidates }: Ranking): Candidate[] {
  // Kinds of long-term memory are called some memory; the gates of a cell are called some gate.
  const isOfKinds = ASKS_KINDS.test(asked.question);
  const forms = units.at(isOfKinds ? -1 : 0)?.forms;
  if (kind !== 'list' || !forms || (best.features.kind > 0 && !isOfKinds)) return [];
  const names = ({ line }: Candidate): boolean =>
    terms(subjectOf(line.clean)).some((term) => forms.includes(term));
  if (!names(best)) return [];
  const run = [best];
  const beside = (step: 1 | -1): void => {
    for (let index = best.index + step; run.length < LONGEST_RUN; index += step) {
      const next = candidates.find((other) => other.passage === best.passage && other.index === index);
      const belongs = next && next.sentence.heading === best.sentence.heading && !next.features.isBroken;
      if (!next || !belongs || !names(next)) return;
      if (step > 0) run.push(next);
      else run.unshift(next);
    }
  };
  beside(-1);
  beside(1);
  return run.length > 2 ? run : [];
}

function repeats(a: Candidate, b: Candidate): boolean {
  let shared = 0;
  for (const word of a.words) if (b.words.has(word)) shared++;
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
    const next = nearest(known, candidates, after ? number + 1 : number - 1);
    if (next) return after ? [known, next] : [next, known];
  }
  return null;
}

/** Several lists of a passage may hold a step of that number: the one beside the known step is meant. */
const nearest = (known: Candidate, candidates: Candidate[], number: number): Candidate | undefined =>
  candidates
    .filter((other) => other.passage === known.passage && numberOf(other) === number)
    .sort((a, b) => Math.abs(a.index - known.index) - Math.abs(b.index - known.index))[0];

function numberOf({ sentence, passage }: Candidate): number | null {
  if (sentence.kind !== 'item') return null;
  const marker = /(?:^|\n)[ \t]*(\d{1,2})[.)]\s+$/.exec(passage.text.slice(0, sentence.start))?.[1];
  return marker ? Number(marker) : null;
}
