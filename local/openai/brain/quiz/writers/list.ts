import { looksPlural } from '../../facts/number-form.ts';
import type { Knowledge, ListFact, Term } from '../../facts/types.ts';
import { rootsOf, shared } from '../../facts/words.ts';
import { hash32 } from '../../text/terms.ts';
import { readsAlike, termChoices } from '../distractors.ts';
import type { Draft } from '../types.ts';
import { asDistractors, closeness, explained } from './wording.ts';

const TAKES_ARTICLE =
  /^(?:types|kinds|parts|functions|examples|stages|phases|steps|components|causes|symptoms|sources|layers|classes|categories|regions|forms|groups|branches) of\b/;

/** What is named beside a member elsewhere, or is of one kind with it, might be counted among them. */
const isOfTheirKind = (term: Term, members: readonly Term[]): boolean =>
  members.some((member) => member.siblings.has(term.key) || shared(member.genus, term.genus) > 0);

/** A member of an enumeration, beside terms that the notes do not count among them. */
export function writeList(knowledge: Knowledge, fact: ListFact): Draft[] {
  const { members, all, category, unit } = fact;
  const term = members[hash32(unit.clean) % members.length];
  if (!term || shared(rootsOf(term.text), new Set(rootsOf(category))) > 0) return [];
  const choices = termChoices(knowledge, term, {
    unit,
    form: term.text,
    said: category,
    isPlural: looksPlural(term.text),
    accepts: (form, other) =>
      !all.some((member) => readsAlike(member, form)) && !isOfTheirKind(other, members),
  });
  if (!choices) return [];
  return [
    {
      kind: 'list',
      unit,
      concept: category,
      question: `Which of the following do the notes name among ${TAKES_ARTICLE.test(category) ? 'the ' : ''}${category}?`,
      answer: term.text,
      distractors: asDistractors(knowledge, choices),
      explanation: explained(unit, `The notes list ${all.slice(0, -1).join(', ')} and ${all.at(-1)}.`),
      difficulty: 'medium',
      worth: fact.weight + closeness(choices),
    },
  ];
}
