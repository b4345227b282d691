import { isInstruction } from '../facts/figures.ts';
import { asSentence } from '../facts/sayings.ts';
import { isOpen } from '../facts/statements.ts';
import type { Knowledge, StatementFact, Unit } from '../facts/types.ts';
import { isFit } from '../facts/units.ts';
import { likeness, withoutEnd } from '../facts/words.ts';
import { OPENS_LOOSELY } from '../text/leaning.ts';
import { hash32 } from '../text/terms.ts';
import { CHOICES_BESIDE_ANSWER, remembered } from './distractors.ts';
import type { Draft } from './types.ts';
import { CONDITION, contradictions, denied, deniedSentence } from './variants.ts';
import { finished } from './write-drafts.ts';

const LONGEST = 170;
const FEWEST_WORDS = 6;
const LENGTHS = 1.9;
const SAME_TEXT = 0.6;
const MOST_DENIED = 2;
/** What stands beyond belongs to another part of the notes. */
const REACH = 40;
const LEADS_IN =
  /^(?:When|If|While|Where|Whereas|Because|Although|Unlike|Since|Once|As|No|Not|Most|All|Only)\b/;

const SAYS_NO =
  /\b(?:no|not|cannot|never|none|neither|nor|nothing|without|kein\w*|nicht|nie|pas|jamais|nunca)\b|n[’']t\b/i;

const THAT_ONE = /\bthat (?:number|year|time|day|process|case|group|figure|period|point|place)\b/;

/** What a sentence says, where it can be understood alone. */
function aloneIn(unit: Unit, statement: string): string | null {
  const said = withoutEnd(statement.replace(/\s*[:;].*$/, ''));
  const leans =
    OPENS_LOOSELY.test(said.replace(LEADS_IN, 'The')) ||
    THAT_ONE.test(said) ||
    isOpen(said.replace(/\b(?:such as|both)\b/g, ''));
  const isWhole =
    isFit(unit) && said.length <= LONGEST && said.split(' ').length >= FEWEST_WORDS && !/[“”"()]/.test(said);
  return isWhole && !leans && !isInstruction(said) ? said : null;
}

type False = { unit: Unit; text: string; right: string; isDenied: boolean };

/** Every sentence of the notes turned into what it contradicts. */
const falseOnes = remembered((knowledge: Knowledge): False[] =>
  knowledge.facts.flatMap((fact): False[] => {
    const right = fact.kind === 'statement' ? aloneIn(fact.unit, fact.statement) : null;
    if (fact.kind !== 'statement' || !right) return [];
    const { unit, clause } = fact;
    const [turned] = contradictions(right, unit.clean);
    if (turned) return [{ unit, text: turned, right, isDenied: false }];
    // Denied once more, it would say neither the one nor the other.
    if (SAYS_NO.test(right)) return [];
    const deed = knowledge.sayings.find((saying) => saying.unit === unit && saying.form === 'deed');
    const deedNot = deed && denied(deed);
    const not =
      clause && !CONDITION.test(right) && denied({ says: clause.predicate, isPlural: clause.isPlural });
    const ofClause = not ? `${clause.lead ? `${clause.lead}, ` : ''}${clause.subject} ${not}` : null;
    const text = deedNot ? asSentence({ ...deed, says: deedNot }) : (ofClause ?? deniedSentence(right));
    return text ? [{ unit, text, right, isDenied: true }] : [];
  }),
);

/** The sentences that are asked for: no more than can be turned, or what is wrong would be seen again and again. */
const askedFor = remembered((knowledge: Knowledge): Set<Unit> => {
  const fit = knowledge.facts.flatMap((fact) =>
    fact.kind === 'statement' && !fact.unit.passage.isContext && aloneIn(fact.unit, fact.statement)
      ? [fact.unit]
      : [],
  );
  const places = fit.toSorted((a, b) => hash32(a.clean) - hash32(b.clean));
  return new Set(places.slice(0, falseOnes(knowledge).length));
});

/** Each in other words, so that one part of the notes may be asked about more than once. */
const ASKS = [
  (on: string) => `Which of these statements${on} do the notes make?`,
  (on: string) => `Which of these four is right${on}?`,
  (on: string) => `Which sentence${on} is true?`,
  (on: string) => `Which of these do your notes say${on}?`,
];

/** A sentence as it stands, beside three of the same part of the notes that are turned into what they contradict. */
export function rightOfFour(knowledge: Knowledge, { unit, statement, weight }: StatementFact): Draft[] {
  const right = aloneIn(unit, statement);
  const about = unit.heading.replace(/^[\d.]+\s+/, '');
  if (!right || !askedFor(knowledge).has(unit)) return [];
  const near = falseOnes(knowledge)
    .filter(
      (other) =>
        other.unit !== unit &&
        other.unit.passage.title === unit.passage.title &&
        Math.abs(other.unit.order - unit.order) <= REACH &&
        Math.max(other.text.length, right.length) / Math.min(other.text.length, right.length) <= LENGTHS,
    )
    .map((other) => ({
      ...other,
      rank:
        (other.unit.heading === unit.heading ? 0 : 2) +
        (other.isDenied ? 1 : 0) +
        (hash32(right + other.text) / 2 ** 32) * 2 +
        Math.abs(Math.log(other.text.length / right.length)) +
        Math.abs(other.unit.order - unit.order) / REACH,
    }))
    .sort((a, b) => a.rank - b.rank);
  // Three with "not" among four would tell them.
  const fit = near.filter(
    ({ isDenied }, i) => !isDenied || near.slice(0, i).filter((one) => one.isDenied).length < MOST_DENIED,
  );
  const drawn: False[] = [];
  for (const one of fit) {
    if (drawn.length === CHOICES_BESIDE_ANSWER) break;
    if (likeness(one.text, right) < SAME_TEXT) drawn.push(one);
  }
  const longer = fit.find(({ text }) => text.length > right.length);
  const wrong =
    longer && drawn.every(({ text }) => text.length <= right.length)
      ? [...drawn.slice(0, -1), longer]
      : drawn;
  const on = about === '' || about.length > 50 ? '' : ` on “${about}”`;
  const question = ASKS[unit.order % ASKS.length]?.(on) ?? '';
  return finished(
    { unit, kind: 'statement', weight },
    {
      concept: right.split(' ').slice(0, 8).join(' '),
      question,
      answer: `“${right}”`,
      distractors: wrong.map(({ text, right: instead }) => ({
        text: `“${text}”`,
        why: `The notes say: “${instead}”`,
      })),
      difficulty: 'hard',
    },
  );
}
