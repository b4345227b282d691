import { tokensOf } from '../facts/tags.ts';
import type { DefinitionFact, Knowledge, SubjectFact, Term, Unit } from '../facts/types.ts';
import { keysOf, rootsOf, shared, tells, withoutEnd } from '../facts/words.ts';
import { capitalised } from '../text/plain.ts';
import {
  affinity,
  CHOICES_BESIDE_ANSWER,
  isBroader,
  kinship,
  readsAlike,
  saySame,
  type TermChoice,
  termChoices,
} from './distractors.ts';
import type { Distractor, Draft } from './types.ts';

/** A unit as running text: the two lines of a glossary entry become one. */
const sayingOf = (unit: Unit): string => unit.clean.replace(/\s+:\s+/, ': ').replace(/[\s^]+$/, '');

export const explained = (unit: Unit, lead = ''): string =>
  `${lead} The notes say: “${sayingOf(unit)}”`.trim();

/** Why a term is the wrong choice, by what the notes say of it instead. */
function whyNot(knowledge: Knowledge, term: Term): string {
  if (term.definition) return `${capitalised(term.text)}: ${withoutEnd(term.definition.text)}.`;
  const said = knowledge.facts.find(
    (fact): fact is SubjectFact => fact.kind === 'subject' && fact.term === term,
  );
  if (said) return `Of this the notes say something else: “${sayingOf(said.unit)}”`;
  return `The notes name ${term.text} in another connection.`;
}

const asDistractors = (knowledge: Knowledge, choices: readonly TermChoice[]): Distractor[] =>
  choices.map(({ term, text }) => ({ text, why: whyNot(knowledge, term) }));

/** Choices that differ from the answer in one word, or stand beside it in one list, ask for exact knowledge. */
const isHard = (answer: Term, choices: readonly TermChoice[]): boolean =>
  choices.filter(({ term }) => term.head === answer.head || answer.siblings.has(term.key)).length >= 2;

/** What near wrong choices add to the worth of a question. */
const closeness = (choices: readonly TermChoice[]): number =>
  choices.reduce((sum, { affinity }) => sum + Math.min(affinity, 9), 0) / Math.max(1, choices.length) / 6;

/** A term from its description, and what a term means. The selection takes the better of the two. */
export function writeDefinition(knowledge: Knowledge, fact: DefinitionFact): Draft[] {
  if (!fact.isAskable) return [];
  return [termFromMeaning(knowledge, fact), meaningOfTerm(knowledge, fact)].filter((draft) => draft !== null);
}

function termFromMeaning(knowledge: Knowledge, fact: DefinitionFact): Draft | null {
  const { term, form, meaning, unit, isPlural } = fact;
  const names = [...term.aliases].some((alias) => keysOf(meaning).includes(` ${alias} `));
  const repeated = rootsOf(form).filter((root) => rootsOf(meaning).includes(root));
  if (names || (repeated.length === 0 && tells(meaning, form))) return null;
  if (repeated.length > 0 && repeated.length === rootsOf(form).length) return null;
  const choices = termChoices(knowledge, term, {
    unit,
    form,
    said: meaning,
    isPlural,
    // "the cost of producing one more unit": beside "marginal cost" every choice has to be a cost.
    accepts: (text) => repeated.every((root) => rootsOf(text).includes(root)),
  });
  if (!choices) return null;
  return {
    kind: 'definition',
    unit,
    concept: form,
    question: startsWithVerb(meaning, unit)
      ? `Which of the following ${withoutEnd(meaning)}?`
      : `What do the notes describe as “${withoutEnd(meaning)}”?`,
    answer: form,
    distractors: asDistractors(knowledge, choices),
    explanation: explained(unit, `This describes ${form}.`),
    difficulty: isHard(term, choices) ? 'medium' : 'easy',
    worth: fact.weight + closeness(choices),
  };
}

/** "Router: forwards packets …" says what it does and not what it is. */
function startsWithVerb(meaning: string, unit: Unit): boolean {
  if (COMMON_VERB.test(meaning)) return true;
  if (!VERB_FIRST.test(meaning)) return false;
  return unit.kind === 'item' || tokensOf(meaning)[0]?.tags.has('PresentTense') === true;
}

/** Forms that the tagger takes for plurals when nothing stands before them. */
const COMMON_VERB =
  /^(?:holds|contains|carries|provides|allows|controls|produces|converts|stores|refers|occurs|acts|serves|uses|helps|makes|protects|regulates|connects|breaks|transports|measures|shows|causes|stops|starts) (?!of\b)/;
/** After the plural of a noun would stand one of the excluded words: "proteins that …", "goods used …". */
const VERB_FIRST =
  /^\p{Ll}+[^su\s]s (?!(?:of|that|which|who|whose|in|on|at|and|or|for|from|with|without|to|by|between|within|where|when|used|made|found|\p{L}+(?:ed|ing))\b)\p{L}/u;

/** How a meaning begins: choices that begin in another way would stand out. */
const shapeOf = (meaning: string, unit: Unit): string => {
  if (/^(?:an?|the|any|one of the)\s/i.test(meaning)) return 'article';
  if (startsWithVerb(meaning, unit)) return 'verb';
  return /^\w+ing\b/.test(meaning) ? 'gerund' : 'bare';
};

const LONGEST_RATIO = 2.2;

function meaningOfTerm(knowledge: Knowledge, fact: DefinitionFact): Draft | null {
  const { term, form, meaning, unit } = fact;
  const repeated = rootsOf(term.text).filter((root) => rootsOf(meaning).includes(root));
  const others = definedTerms(knowledge, term, meaning, unit)
    .map((other) => ({
      ...other,
      score: affinity(term, other.term) - Math.abs(Math.log(other.text.length / meaning.length)) * 3,
    }))
    .sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1))
    .slice(0, CHOICES_BESIDE_ANSWER);
  if (others.length < CHOICES_BESIDE_ANSWER) return null;
  // "Gap junction: a junction that …" gives itself away unless another choice says "junction" too.
  if (repeated.length > 0 && !others.some(({ text }) => shared(rootsOf(text), new Set(repeated)) > 0))
    return null;
  return {
    kind: 'meaning',
    unit,
    concept: form,
    question: `In these notes, what does “${form}” mean?`,
    answer: withoutEnd(meaning),
    distractors: others.map(({ term: other, text }) => ({ text, why: `This describes ${other.text}.` })),
    explanation: explained(unit),
    difficulty: 'medium',
    worth: fact.weight - 0.4 + others.reduce((sum, { score }) => sum + Math.max(0, score), 0) / 18,
  };
}

function definedTerms(
  knowledge: Knowledge,
  term: Term,
  meaning: string,
  unit: Unit,
): { term: Term; text: string }[] {
  const shape = shapeOf(meaning, unit);
  const own = new Set(rootsOf(term.text));
  const chosen: { term: Term; text: string }[] = [];
  for (const other of knowledge.terms.values()) {
    if (!other.definition || other.key === term.key || other.definition.unit === unit) continue;
    if (readsAlike(other.text, term.text) || term.aliases.has(other.key) || isBroader(term, other)) continue;
    const text = withoutEnd(other.definition.text);
    const ratio = text.length / meaning.length;
    if (ratio > LONGEST_RATIO || ratio < 1 / LONGEST_RATIO || shapeOf(text, other.definition.unit) !== shape)
      continue;
    if (kinship(term, other) === 0 || saySame(term, other, { said: meaning, text })) continue;
    // A word of the asked term in a wrong choice points to it, unless the right one holds the word as well.
    if (rootsOf(text).some((root) => own.has(root) && !rootsOf(meaning).includes(root))) continue;
    chosen.push({ term: other, text });
  }
  return chosen;
}

/** A plain word is a subject of its own when the notes speak of it again and again. */
const OFTEN = 3;

/** "Which of the following …?": the subject of a sentence, asked for by all that the sentence says of it. */
export function writeSubject(knowledge: Knowledge, fact: SubjectFact): Draft[] {
  const { term, form, predicate, unit, isPlural } = fact;
  const isWorthAsking =
    term.isKey ||
    term.isName ||
    term.isHeading ||
    term.text.includes(' ') ||
    /\p{Lu}/u.test(term.text) ||
    (term.units.size >= OFTEN && !/^The /.test(unit.clean));
  if (!term.isNoun || !isWorthAsking) return [];
  if (tells(predicate, form)) return [];
  const choices = termChoices(knowledge, term, { unit, form, said: predicate, isPlural });
  if (!choices) return [];
  const isPerson = term.nameKind === 'person' && choices.every((choice) => choice.term.nameKind === 'person');
  return [
    {
      kind: 'subject',
      unit,
      concept: form,
      question: `${isPerson ? 'Who' : 'Which of the following'} ${withoutEnd(predicate)}?`,
      answer: form,
      distractors: asDistractors(knowledge, choices),
      explanation: explained(unit),
      difficulty: isHard(term, choices) ? 'hard' : 'medium',
      worth: fact.weight + closeness(choices),
    },
  ];
}
