import { terms } from '../text/terms.ts';
import type { Candidate, Ranking } from './candidates.ts';

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
