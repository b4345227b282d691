import type { Passage } from '../answer/passages.ts';
import { blanksIn } from './blanks.ts';
import { casingOf } from './casing.ts';
import { type Clause, clauseOf } from './clause.ts';
import { clozesIn, termsWithKin } from './cloze.ts';
import { datesIn } from './dates.ts';
import { definitionsIn } from './definitions.ts';
import { closeKinds, countAppearances, createDictionary, joinAliases } from './dictionary.ts';
import { numbersIn, yearsIn } from './figures.ts';
import { relateHeadings } from './headings.ts';
import { relateItems } from './items.ts';
import { kindsIn } from './kinds.ts';
import { listsIn } from './lists.ts';
import { namesIn } from './names.ts';
import { reasonsIn } from './reasons.ts';
import { sequencesIn } from './sequences.ts';
import { subjectsIn } from './subjects.ts';
import type { Fact, Knowledge, Unit } from './types.ts';
import { isFit, statementOf, unitsOf } from './units.ts';

/** What some passages say: who does what, what is called what, how many, when, why, in which order. */
export function learn(passages: readonly Passage[]): Knowledge {
  const units = unitsOf(passages);
  const prose = units.filter(isFit).map(({ clean }) => clean);
  const dictionary = createDictionary(casingOf(prose));
  const facts: Fact[] = [];
  for (const unit of units) {
    namesIn(unit, dictionary);
    facts.push(...listsIn(unit, dictionary));
  }
  const stated = units.flatMap((unit) => statementsIn(unit));
  facts.push(...relateItems(stated, dictionary));
  for (const unit of units) kindsIn(unit, dictionary);
  relateHeadings(passages, units, dictionary);
  joinAliases(dictionary.terms);
  closeKinds(dictionary.terms);
  countAppearances(dictionary.terms.values(), units);
  const kin = termsWithKin(dictionary);
  for (const unit of units) facts.push(...clozesIn(unit, dictionary, kin, units.length));
  facts.push(...sequencesIn(units));
  return { units, facts, terms: dictionary.terms };

  function figuresIn(unit: Unit, statement: string, clause: Clause | null): Fact[] {
    const asked = [
      ...yearsIn(unit, statement, clause, dictionary),
      ...numbersIn(unit, statement, clause, dictionary),
      ...datesIn(unit, statement),
    ];
    return asked.length > 0 ? asked : blanksIn(unit, statement, clause);
  }

  function statementsIn(unit: Unit): Fact[] {
    const definitions = definitionsIn(unit, dictionary);
    if (!isFit(unit)) return definitions;
    const statement = statementOf(unit);
    const clause = clauseOf(statement);
    return [
      ...definitions,
      ...(definitions.length > 0 ? [] : subjectsIn(unit, clause, dictionary)),
      ...figuresIn(unit, statement, clause),
      ...reasonsIn(unit, statement),
    ];
  }
}
