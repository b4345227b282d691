import type { Passage } from '../answer/passages.ts';
import { FORMULA, plainWithMath, withoutMath } from '../text/plain.ts';
import { sentences } from '../text/sentences.ts';
import { nameSubject } from './antecedent.ts';
import { topicFor } from './from-facts.ts';
import type { Inside } from './inside.ts';
import type { Draft } from './types.ts';
import { unitAt } from './unit-at.ts';

const LONGEST = 220;
const FEWEST_WORDS = 4;
const RELATION = /=|\\(?:approx|propto|leq|geq|le|ge|equiv|to|rightarrow)\b|[<>≤≥≈∝→]/;
/** A bound is told as much as a relation: "$O(n \log n)$". */
const BOUND = /^\$+\s*(?:O|o|\\(?:Theta|Omega|mathcal\{O\}))\s*(?:\\left)?\(/;
const LEANS =
  /^(?:It|They|This|These|That|Those|Here|There|Then|Now|So|We|You|If|When|Where|Thus|Hence|Therefore|Let|Consider|Suppose|For example|Note|Using|Substitut\w+|Solv\w+|Find|Calculate|Show|Prove)\b|\b(?:we|you|our|your|above|below|figure|equation \d)\b|\?$/i;

/** "The kinetic energy is $E = …$.": the formula is what is to be remembered, so it is what is hidden. */
export function formulaDrafts(passages: readonly Passage[], asked: string, inside: Inside): Draft[] {
  return passages.flatMap((passage) => {
    const all = sentences(passage.text);
    return all.flatMap((sentence, i): Draft[] => {
      // A row of a table is asked cell by cell.
      if (sentence.kind === 'heading' || sentence.text.startsWith('|')) return [];
      const previous = all[i - 1];
      const before = previous && previous.kind !== 'heading' ? plainWithMath(previous.text) : null;
      const named = nameSubject(
        plainWithMath(sentence.text),
        before,
        sentence.heading || passage.heading,
        inside,
      );
      if (!named) return [];
      const { said } = named;
      const formulas = said.match(FORMULA) ?? [];
      const telling = formulas.filter((formula) => RELATION.test(formula));
      const bounds = formulas.filter((formula) => BOUND.test(formula));
      const formula = telling[0] ?? bounds[0];
      const words = withoutMath(said).match(/\p{L}{2,}/gu)?.length ?? 0;
      const isCard =
        formula !== undefined &&
        telling.length <= 1 &&
        // The same formula a second time would give the first one away.
        formulas.filter((other) => other === formula).length === 1 &&
        said.length <= LONGEST &&
        words >= FEWEST_WORDS &&
        !LEANS.test(said);
      if (!isCard) return [];
      return [
        {
          kind: 'cloze',
          form: 'cloze',
          // A replacement text would read the dollar signs of the formula as its own.
          front: said.replace(formula, () => `{{c1::${formula}}}`),
          back: '',
          quote: sentence.text,
          n: passage.n,
          topic: topicFor(unitAt(passage, sentence.text, sentence.heading), asked),
          weight: 2.4,
        },
      ];
    });
  });
}
