import { isFiniteVerb } from '../facts/clause.ts';
import { inNumber } from '../facts/number-form.ts';
import { tokensOf } from '../facts/tags.ts';
import type {
  ClozeFact,
  DefinitionFact,
  Fact,
  FigureFact,
  ListFact,
  ReasonFact,
  SubjectFact,
  Unit,
} from '../facts/types.ts';
import { topicOf } from '../quiz/topic.ts';
import { jaccard, sharesWords } from '../text/similarity.ts';
import { terms } from '../text/terms.ts';
import type { Draft } from './types.ts';

type Sides = Pick<Draft, 'kind' | 'form' | 'front' | 'back' | 'weight'>;

/** Sides that need the sentence before them to be understood. */
const POINTS_BACK =
  /\b(?:it|they|he|she|this|these|those|his|her|them|such|its|their|here|there|above|below|latter|former)\b/i;
const MOST_MEMBERS = 7;
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
    case 'subject':
      return fromSubject(fact);
    case 'year':
    case 'number':
      return fromFigure(fact);
    case 'reason':
      return fromReason(fact);
    case 'list':
      return fromList(fact);
    case 'cloze':
      return fromCloze(fact);
    // Steps are asked for by the form of their own sentences.
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
  return { kind: 'basic', form: 'term', front: capital(name), back: capital(meaning), weight: weight + 1 };
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

/** A finite verb that stands well after "What": a base form would need a plural subject. */
const THIRD_PERSON =
  /^(?:is|was|has|had|can|could|may|might|will|would|should|must|does|did|\w+s|\w+ed|became|began|led|made|took|gave|held|won|wrote|built|brought|came|found|grew|ran|rose|saw|sent|spoke|taught|thought|went|fell|chose|kept|lost|met|paid|said)\b/;

/** True of many things, and so no question about one. */
const DULL =
  /\b(?:in (?:several|many|various|different) ways|a (?:wide )?(?:number|variety|range) of|as well as other|and so on|among others|plays? (?:an?|the) (?:\w+ )?(?:part|role)|ha(?:s|ve) (?:commands|features|options|support|ways))\b/i;

/** "What moves water across a membrane?": asked only of what the notes themselves mark as a term. */
function fromSubject({ term, form, predicate, isPlural, rival, weight }: SubjectFact): Sides | null {
  const isPerson = term.nameKind === 'person';
  const isMarked = term.isKey || term.definition !== null || (term.isName && term.units.size > 1);
  if (!isMarked || rival || POINTS_BACK.test(predicate) || terms(predicate).length < 4) return null;
  // "IoT | services also implement": the verb was a noun of the subject.
  // "What combines with each other" asks one thing to do what takes two.
  if (isPlural && /\b(?:each other|one another|together)\b/.test(predicate)) return null;
  if (
    DULL.test(predicate) ||
    /^(?!(?:is|are|was|were|has|have|had|can|could|may|must|will|does|do)\b)\w+ (?:also|\w+ly) \w+/.test(
      predicate,
    )
  )
    return null;
  if (terms(form).some((word) => terms(predicate).includes(word))) return null;
  if (/^(?:is|are|was|were) (?:one|the case|that|needed|discussed|defined to be|also|not)\b/.test(predicate))
    return null;
  const asked = isPlural && !isPerson ? singularVerb(predicate) : predicate;
  if (!asked || !THIRD_PERSON.test(asked)) return null;
  const front = `${isPerson ? 'Who' : 'What'} ${asked.replace(/[.\s]+$/, '')}?`;
  return {
    kind: 'basic',
    form: 'question',
    front,
    back: capital(form),
    weight: weight - 0.4 + (term.isKey ? 0.5 : 0),
  };
}

/** "What" asks in the singular. */
function singularVerb(predicate: string): string | null {
  const [verb = '', ...rest] = predicate.split(' ');
  // "are members of …" would become "What is members of …".
  if (
    /^(?:are|were)$/.test(verb) &&
    !/^(?:\w+ly )?\w+(?:ed|en|wn|nt|lt)$|^(?:made|built|found|known|used)$/.test(rest[0] ?? '')
  )
    return null;
  const single = new Map([
    ['are', 'is'],
    ['were', 'was'],
    ['have', 'has'],
    ['do', 'does'],
  ]).get(verb);
  if (single) return [single, ...rest].join(' ');
  if (/^(?:can|could|may|might|will|would|should|must|had|did|was|is|has|\w+ed)$/.test(verb))
    return predicate;
  if (!/^[a-z]+$/.test(verb) || /s$/.test(verb)) return null;
  const third = /(?:sh|ch|x|z|o)$/.test(verb)
    ? `${verb}es`
    : /[^aeiou]y$/.test(verb)
      ? `${verb.slice(0, -1)}ies`
      : `${verb}s`;
  return [third, ...rest].join(' ');
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
    back: capital(answer),
    weight: kind === 'year' ? weight : weight + 0.1,
  };
}

/** A key term hidden in its own sentence: for where the notes say nothing that could be asked outright. */
const fromCloze = ({ before, form, after, weight }: ClozeFact): Sides => ({
  kind: 'cloze',
  form: 'cloze',
  front: `${before}{{c1::${form}}}${after}`,
  back: '',
  weight: weight - 0.5,
});

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

function fromList({ category, all, weight }: ListFact): Sides | null {
  if (
    all.length > MOST_MEMBERS ||
    /\b(?:whereas|while|but|both|three|two|four|several)\b/i.test(category) ||
    sharesWords(category, all.join(' ')) > 1
  )
    return null;
  const last = all.at(-1) ?? '';
  return {
    kind: 'basic',
    form: 'question',
    front: `Name the ${category} that your notes list (${all.length}).`,
    back: capital(`${all.slice(0, -1).join(', ')} and ${last}`),
    weight,
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Two drafts that ask or answer the same thing; "A: b" beside "b: A" gives each other away. */
export function areAlike(one: Draft, other: Draft): boolean {
  if (one.quote === other.quote && one.n === other.n) return true;
  if (jaccard(one.front, other.front) > 0.6) return true;
  if (one.back && other.back && terms(one.back).length > 3 && jaccard(one.back, other.back) > 0.75)
    return true;
  if (one.form === 'cloze' || other.form === 'cloze') return false;
  return jaccard(one.front, other.back) > 0.5 || jaccard(one.back, other.front) > 0.5;
}
