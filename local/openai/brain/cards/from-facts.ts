import { isFiniteVerb } from '../facts/clause.ts';
import { tokensOf } from '../facts/tags.ts';
import type { DefinitionFact, Fact, FigureFact, ReasonFact, Unit } from '../facts/types.ts';
import { inNumber, likeness } from '../facts/words.ts';
import { topicOf } from '../quiz/index.ts';
import { POINTS_BACK } from '../text/leaning.ts';
import { capitalised } from '../text/plain.ts';
import { terms } from '../text/terms.ts';
import type { Draft } from './draft.ts';

type Sides = Pick<Draft, 'kind' | 'form' | 'front' | 'back' | 'weight'>;

const BLANK = '_____';

/** A line of a list of sources: "Lastname, A. B. (1999). Title. Journal, 12(3), 4–5." */
const REFERENCE =
  /\p{Lu}\p{L}+, \p{Lu}\.|\(\d{4}[a-z]?\)\.|\b\d+\(\d+\)|\bdoi\b|\b(?:Press|Erlbaum|Academic|Publishers?|Journal of|Ed\.|Eds\.|Retrieved from)\b/u;

/** The heading's subject, else what was asked for; empty where neither names anything. */
export const topicFor = (unit: Unit, asked: string): string => {
  const topic = topicOf(unit, asked);
  return topic === 'Notes' ? asked : topic;
};

/** The card that a fact makes, or none where it would puzzle rather than ask. */
export function draftFrom(fact: Fact, asked: string): Draft | null {
  const sides = sidesOf(fact);
  if (!sides) return null;
  const { unit } = fact;
  if (REFERENCE.test(unit.text)) return null;
  return { ...sides, quote: unit.text, n: unit.passage.n, topic: topicFor(unit, asked) };
}

function sidesOf(fact: Fact): Sides | null {
  switch (fact.kind) {
    case 'definition':
      return fromDefinition(fact);
    case 'year':
    case 'number':
      return fromFigure(fact);
    case 'reason':
      return fromReason(fact);
    // These are asked for by the form of their own sentences.
    case 'subject':
    case 'sequence':
      return null;
  }
}

function fromDefinition({ term, form, meaning, isPlural, weight }: DefinitionFact): Sides | null {
  const name = term.isName ? term.text : inNumber(form, isPlural);
  if (
    /^(?:After|Before|During|In|On|At|By|For|With|From|Under)\b|^\w+ly$|s[’']s /i.test(name) ||
    holdsVerb(name) ||
    !isWhole(meaning)
  )
    return null;
  const own = terms(name);
  const isTold = own.length > 0 && own.every((word) => terms(meaning).includes(word));
  if (isTold || POINTS_BACK.test(meaning.slice(0, 60))) return null;
  return {
    kind: 'basic',
    form: 'term',
    front: capitalised(name),
    back: capitalised(meaning),
    weight: weight + 1,
  };
}

/** "Aerobic exercise promotes growth" is a statement, and no term. */
const holdsVerb = (name: string): boolean =>
  tokensOf(name)
    .slice(1, -1)
    .some((token) => isFiniteVerb(token) && !token.tags.has('Noun'));

/** "supported by evidence that the spread of viruses": what follows has lost its verb. */
function isWhole(meaning: string): boolean {
  if (/^(?:under|in|on|at|with|for|by|from|to|about) /i.test(meaning)) return false;
  const clause = /\bthat (?=the |an? |\w+s )([^,]+)$/.exec(meaning)?.[1];
  return (
    clause === undefined || tokensOf(clause).some(({ tags }) => tags.has('Verb') || tags.has('Auxiliary'))
  );
}

function fromFigure({ kind, question, answer, weight }: FigureFact): Sides | null {
  const blanked = /“(.*_____.*)”$/.exec(question)?.[1];
  // A share of the people of one trial says nothing without the trial.
  if (blanked && /\b(?:volunteers|participants|respondents|subjects|interviewees)\b/.test(blanked))
    return null;
  if (blanked)
    return {
      kind: 'cloze',
      form: 'cloze',
      front: blanked.replace(BLANK, () => `{{c1::${answer}}}`),
      back: '',
      weight: weight - 0.3,
    };
  return {
    kind: 'basic',
    form: 'question',
    front: question,
    back: capitalised(answer),
    weight: kind === 'year' ? weight : weight + 0.1,
  };
}

function fromReason({ claim, reason, weight }: ReasonFact): Sides | null {
  // "The notes were sour because …" is a sentence of an experiment: it names nothing that could be known.
  if (POINTS_BACK.test(claim) || terms(claim).length < 4) return null;
  // "Most was lost": of what, only the sentence before could say.
  if (/^(?:Most|Some|All|Many|Few|None|Several|One|Others?)\b(?! of\b| \w+s\b)/.test(claim)) return null;
  const statement = claim.replace(/[,.\s]+$/, '');
  return {
    kind: 'basic',
    form: 'question',
    front: `Why is this so: “${statement}”?`,
    back: `Because ${reason.replace(/[.\s]+$/, '')}`,
    weight,
  };
}

/** Two drafts that ask or answer the same thing; "A: b" beside "b: A" gives each other away. */
export function areAlike(one: Draft, other: Draft): boolean {
  if (one.quote === other.quote && one.n === other.n) return true;
  if (likeness(one.front, other.front) > 0.6) return true;
  if (one.back && other.back && terms(one.back).length > 3 && likeness(one.back, other.back) > 0.75)
    return true;
  if (one.form === 'cloze' || other.form === 'cloze') return false;
  return likeness(one.front, other.back) > 0.5 || likeness(one.back, other.front) > 0.5;
}
