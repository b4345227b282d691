import type { Passage } from '../answer/passages.ts';
import { FORMULA, plainWithMath, withoutMath } from '../text/math.ts';
import { sentences } from '../text/sentences.ts';
import { topicFor } from './from-facts.ts';
import type { Draft } from './types.ts';

const LONGEST = 220;
const FEWEST_WORDS = 4;
const RELATION = /=|\\(?:approx|propto|leq|geq|le|ge|equiv|to|rightarrow)\b|[<>≤≥≈∝→]/;
const LEANS =
  /^(?:It|They|This|These|That|Those|Here|There|Then|Now|So|We|You|If|When|Where|Thus|Hence|Therefore|Let|Consider|Suppose|For example|Note|Using|Substitut\w+|Solv\w+|Find|Calculate|Show|Prove)\b|\b(?:we|you|our|your|above|below|figure|equation \d)\b|\?$/i;

/** "The kinetic energy is $E = …$.": the formula is what is to be remembered, so it is what is hidden. */
export function formulaDrafts(passages: readonly Passage[], asked: string): Draft[] {
  return passages.flatMap((passage) =>
    sentences(passage.text).flatMap((sentence): Draft[] => {
      const said = plainWithMath(sentence.text);
      const formulas = said.match(FORMULA) ?? [];
      const telling = formulas.filter((formula) => RELATION.test(formula));
      const [formula] = telling;
      const words = withoutMath(said).match(/\p{L}{2,}/gu)?.length ?? 0;
      const isCard =
        formula !== undefined &&
        telling.length === 1 &&
        said.length <= LONGEST &&
        words >= FEWEST_WORDS &&
        !LEANS.test(said);
      if (!isCard || sentence.kind === 'heading') return [];
      const unit = {
        passage,
        text: sentence.text,
        clean: said,
        kind: sentence.kind,
        heading: sentence.heading,
        order: 0,
        keys: '',
        opensSection: false,
      };
      return [
        {
          kind: 'cloze',
          form: 'cloze',
          // A replacement text would read the dollar signs of the formula as its own.
          front: said.replace(formula, () => `{{c1::${formula}}}`),
          back: '',
          quote: sentence.text,
          n: passage.n,
          topic: topicFor(unit, asked),
          weight: 2.4,
        },
      ];
    }),
  );
}
