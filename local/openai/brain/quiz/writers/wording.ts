import type { Knowledge, SubjectFact, Term, Unit } from '../../facts/types.ts';
import { capitalised, withoutEnd } from '../../facts/words.ts';
import type { TermChoice } from '../distractors.ts';
import type { Distractor } from '../types.ts';

/** A unit as running text: the two lines of a glossary entry become one. */
export const sayingOf = (unit: Unit): string => unit.clean.replace(/\s+:\s+/, ': ').replace(/[\s^]+$/, '');

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

export const asDistractors = (knowledge: Knowledge, choices: readonly TermChoice[]): Distractor[] =>
  choices.map(({ term, text }) => ({ text, why: whyNot(knowledge, term) }));

/** Choices that differ from the answer in one word, or stand beside it in one list, ask for exact knowledge. */
export const isHard = (answer: Term, choices: readonly TermChoice[]): boolean =>
  choices.filter(({ term }) => term.head === answer.head || answer.siblings.has(term.key)).length >= 2;

/** What near wrong choices add to the worth of a question. */
export const closeness = (choices: readonly TermChoice[]): number =>
  choices.reduce((sum, { affinity }) => sum + Math.min(affinity, 9), 0) / Math.max(1, choices.length) / 6;
