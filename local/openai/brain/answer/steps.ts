import { terms } from '../text/terms.ts';
import type { Candidate, Ranking } from './candidates.ts';

const NEIGHBOUR =
  /^(?:what|which)\b.*?\b(?:(?<after>after|follows|succeeds)|(?<before>before|precedes))\s+(?<step>.+?)[\s?.!]*$/i;
/** A step is named at its beginning. */
const NAMED_WITHIN = 6;

/** "What comes after X?", when X is a step of a numbered list: both steps, in their order. */
export function findNeighbouringSteps(question: string, { candidates }: Ranking): Candidate[] | null {
  const { after, before, step } = NEIGHBOUR.exec(question)?.groups ?? {};
  const named = terms(step ?? '');
  if (named.length === 0) return null;
  const steps = candidates.filter(isNumbered);
  const isNamed = ({ words }: Candidate): boolean => {
    const first = new Set([...words].slice(0, NAMED_WITHIN));
    return named.every((term) => first.has(term));
  };
  for (const known of steps.filter(isNamed)) {
    const next = steps
      .filter(
        ({ passage, index }) =>
          passage === known.passage && (after ? index > known.index : index < known.index),
      )
      .sort((a, b) => Math.abs(a.index - known.index) - Math.abs(b.index - known.index))[0];
    if (next && (after || before)) return after ? [known, next] : [next, known];
  }
  return null;
}

const isNumbered = ({ sentence, passage }: Candidate): boolean =>
  sentence.kind === 'item' && /(?:^|\n)\s*\d{1,2}[.)]\s+$/.test(passage.text.slice(0, sentence.start));
