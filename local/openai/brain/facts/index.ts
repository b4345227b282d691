import type { Passage } from '../answer/passages.ts';
import { blanksIn } from './blanks.ts';
import { type Clause, clauseOf } from './clause.ts';
import { definitionsIn } from './definitions.ts';
import { closeKinds, countAppearances, createDictionary } from './dictionary.ts';
import { countsIn, yearsIn } from './figures.ts';
import { kindsIn, relateHeadings, relateListed } from './relations.ts';
import { reasonsIn, sequencesIn } from './sequences.ts';
import { subjectsIn } from './subjects.ts';
import { namesIn } from './term-form.ts';
import type { Fact, Knowledge, Unit } from './types.ts';
import { isFit, statementOf, unitsOf } from './units.ts';
import { casingOf } from './words.ts';

/** What some passages say: who does what, what is called what, how many, when, why, in which order. */
export function learn(passages: readonly Passage[]): Knowledge {
  const units = unitsOf(passages);
  const prose = units.filter(isFit).map(({ clean }) => clean);
  const dictionary = createDictionary(casingOf(prose));
  const facts: Fact[] = [];
  for (const unit of units) {
    namesIn(unit, dictionary);
    relateListed(unit, dictionary);
  }
  facts.push(...units.flatMap((unit) => statementsIn(unit)));
  for (const unit of units) kindsIn(unit, dictionary);
  relateHeadings(passages, units, dictionary);
  closeKinds(dictionary.terms);
  countAppearances(dictionary.terms.values(), units);
  facts.push(...sequencesIn(units));
  return { units, facts, terms: dictionary.terms };

  function figuresIn(unit: Unit, statement: string, clause: Clause | null): Fact[] {
    const asked = [...yearsIn(unit, statement, clause, dictionary), ...countsIn(unit, clause, dictionary)];
    return asked.length > 0 ? asked : blanksIn(unit, statement, clause);
  }

  function statementsIn(unit: Unit): Fact[] {
    const definitions = definitionsIn(unit, dictionary);
    if (!isFit(unit)) return definitions;
    const statement = statementOf(unit);
    const clause = clauseOf(statement);
    return [
      ...definitions,
      ...(definitions.some(({ isAskable }) => isAskable) ? [] : subjectsIn(unit, clause, dictionary)),
      ...figuresIn(unit, statement, clause),
      ...reasonsIn(unit, statement),
    ];
  }
}
