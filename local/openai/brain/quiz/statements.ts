import type { Saying } from '../facts/sayings.ts';
import { asSentence } from '../facts/sayings.ts';
import type { Knowledge, StatementFact, Unit } from '../facts/types.ts';
import { isFit } from '../facts/units.ts';
import { likeness, withoutEnd } from '../facts/words.ts';
import { OPENS_LOOSELY, POINTS_BACK } from '../text/leaning.ts';
import { hash32 } from '../text/terms.ts';
import { CHOICES_BESIDE_ANSWER, remembered } from './distractors.ts';
import type { Draft } from './types.ts';
import { contradictions, denied } from './variants.ts';
import { finished } from './write-drafts.ts';

const LONGEST = 170;
const FEWEST_WORDS = 6;
const LENGTHS = 1.6;
/** What stands beyond belongs to another part of the notes. */
const REACH = 40;
const LEADS_IN =
  /^(?:When|If|While|Where|Whereas|Because|Although|Unlike|Since|Once|As|No|Not|Most|All|Only)\b/;

/** What a sentence says, where it can be understood alone. */
function aloneIn(unit: Unit, statement: string): string | null {
  const said = withoutEnd(statement);
  const leans =
    OPENS_LOOSELY.test(said.replace(LEADS_IN, 'The')) ||
    POINTS_BACK.test(said.replace(/\b(?:such as|its|their|both)\b/g, ''));
  const isWhole =
    isFit(unit) &&
    said.length <= LONGEST &&
    said.split(' ').length >= FEWEST_WORDS &&
    !/[“”"():;]/.test(said);
  return isWhole && !leans ? said : null;
}

type False = { unit: Unit; text: string; right: string; isDenied: boolean };

/** Every sentence of the notes turned into what it contradicts. */
const falseOnes = remembered((knowledge: Knowledge): False[] =>
  knowledge.facts.flatMap((fact): False[] => {
    if (fact.kind !== 'statement') return [];
    const { unit } = fact;
    const right = aloneIn(unit, fact.statement);
    const turned = right ? contradictions(right, unit.clean) : [];
    const [text] = turned;
    if (right && text) return [{ unit, text, right, isDenied: false }];
    const deed = knowledge.sayings.find(
      (saying): saying is Saying => saying.unit === unit && saying.form === 'deed',
    );
    const not = deed && denied(deed);
    return deed && not
      ? [{ unit, text: asSentence({ ...deed, says: not }), right: asSentence(deed), isDenied: true }]
      : [];
  }),
);

const ASKS = [
  (about: string) => `Which of these statements on “${about}” do the notes make?`,
  (about: string) => `“${about}”: which of these is right by what was noted?`,
  (about: string) => `Which sentence about “${about}” is true?`,
  (about: string) => `Which of these holds in the part on “${about}”?`,
];
const opensWithArticle = (text: string): boolean => /^(?:an?|the)\s/i.test(text);

/** A sentence as it stands, beside three of the same part of the notes that are turned into what they contradict. */
export function rightOfFour(knowledge: Knowledge, { unit, statement, weight }: StatementFact): Draft[] {
  const right = aloneIn(unit, statement);
  const about = unit.heading.replace(/^[\d.]+\s+/, '');
  if (!right || about === '' || about.length > 50) return [];
  const near = falseOnes(knowledge)
    .filter(
      (other) =>
        other.unit !== unit &&
        other.unit.passage.title === unit.passage.title &&
        Math.abs(other.unit.order - unit.order) <= REACH &&
        Math.max(other.text.length, right.length) / Math.min(other.text.length, right.length) <= LENGTHS &&
        opensWithArticle(other.text) === opensWithArticle(right) &&
        likeness(other.text, right) < 0.6,
    )
    .map((other) => ({
      ...other,
      rank:
        (other.unit.heading === unit.heading ? 0 : 2) +
        (other.isDenied ? 1 : 0) +
        hash32(right + other.text) / 2 ** 32 +
        Math.abs(other.unit.order - unit.order) / REACH,
    }))
    .sort((a, b) => a.rank - b.rank);
  // More than one "not" among the wrong ones would tell them.
  const wrong = near
    .filter(({ isDenied }, i) => !isDenied || near.findIndex((one) => one.isDenied) === i)
    .slice(0, CHOICES_BESIDE_ANSWER);
  const question = ASKS[unit.order % ASKS.length]?.(about) ?? '';
  return finished(
    { unit, kind: 'statement', weight },
    {
      concept: right.split(' ').slice(0, 8).join(' '),
      question,
      answer: right,
      distractors: wrong.map(({ text, right: instead }) => ({ text, why: `The notes say: “${instead}”` })),
      difficulty: 'hard',
    },
  );
}
