import type { Passage } from '../answer/passages.ts';
import { clauseOf } from './clause.ts';
import { definitionsIn } from './definitions.ts';
import { closeKinds, countAppearances, createDictionary } from './dictionary.ts';
import { figuresIn } from './figures.ts';
import { namesIn } from './names.ts';
import { kindsBelow, kindsIn, relateHeadings, relateLabels, relateListed } from './relations.ts';
import { reasonsIn, sequencesIn, subjectsIn } from './statements.ts';
import type { Fact, Knowledge, Unit } from './types.ts';
import { isFit, statementOf, unitsOf } from './units.ts';
import { casingOf, withoutBrackets } from './words.ts';

/** What some passages say: who does what, what is called what, how many, when, why, in which order. */
export function learn(passages: readonly Passage[]): Knowledge {
  const units = unitsOf(passages);
  const dictionary = createDictionary(casingOf(units.map(({ clean }) => clean)));
  const facts: Fact[] = units.flatMap((unit) => {
    relateListed(unit, dictionary);
    return namesIn(unit, dictionary);
  });
  facts.push(...units.flatMap(statementsIn));
  relateLabels(facts, dictionary);
  for (const unit of units) kindsIn(unit, dictionary);
  relateHeadings(passages, units, dictionary);
  closeKinds(dictionary.terms);
  countAppearances(dictionary.terms.values(), units);
  kindsBelow(units, dictionary);
  facts.push(...sequencesIn(units));
  return { units, facts, terms: dictionary.terms };

  function statementsIn(unit: Unit): Fact[] {
    const definitions = definitionsIn(unit, dictionary);
    if (!isFit(unit)) return definitions;
    const statement = statementOf(unit);
    const clause = clauseOf(withoutBrackets(statement), unit.heading);
    return [
      ...definitions,
      ...(definitions.length > 0 ? [] : subjectsIn(unit, clause, dictionary)),
      ...figuresIn(unit, statement, clause, dictionary),
      ...reasonsIn(unit, statement),
      {
        kind: 'statement',
        unit,
        statement: withoutBrackets(statement).replaceAll('“', '‘').replaceAll('”', '’'),
        clause,
        weight: 0.6,
      },
    ];
  }
}
