import type { Passage } from '../answer/passages.ts';
import { clauseOf } from './clause.ts';
import { definitionsIn } from './definitions.ts';
import { closeKinds, countAppearances, createDictionary } from './dictionary.ts';
import { datedIn, figuresIn, foreignFiguresIn } from './figures.ts';
import { namesIn } from './names.ts';
import { kindsBelow, kindsIn, relateHeadings, relateLabels, relateListed } from './relations.ts';
import { type Saying, sayingsIn, withSubject } from './sayings.ts';
import { reasonsIn, sequencesIn, subjectsIn } from './statements.ts';
import type { Fact, Knowledge, Unit } from './types.ts';
import { isFit, statementOf, unitsOf } from './units.ts';
import { casingOf, keyOf, rootOf, withoutBrackets } from './words.ts';

const ARTICLED = /\b(?:an?|the|of|these|those|each|both) (?:\p{L}+ )?(\p{Ll}+)/gu;

/** What some passages say: who does what, what is called what, how many, when, why, in which order. */
export function learn(passages: readonly Passage[]): Knowledge {
  const units = unitsOf(passages);
  // The grammar here is that of English; of other languages only dates, figures and what is set beside a name are read.
  const english = units.filter(({ language }) => language === 'en');
  const dictionary = createDictionary(casingOf(english.map(({ clean }) => clean)));
  const sayings: Saying[] = [];
  const things = new Set(
    english.flatMap(({ clean }) => [...clean.matchAll(ARTICLED)].map(([, word = '']) => rootOf(word))),
  );
  const known = {
    knows: (subject: string): boolean =>
      english.filter(({ keys }) => keys.includes(` ${keyOf(subject)} `)).length > 1,
    cased: dictionary.cased,
    isThing: (word: string): boolean => things.has(rootOf(word)),
  };
  const facts: Fact[] = english.flatMap((unit) => {
    relateListed(unit, dictionary);
    return namesIn(unit, dictionary);
  });
  facts.push(...units.flatMap((unit) => (unit.language === 'en' ? statementsIn(unit) : foreignIn(unit))));
  relateLabels(facts, dictionary);
  for (const unit of english) kindsIn(unit, dictionary);
  relateHeadings(passages, english, dictionary);
  closeKinds(dictionary.terms);
  countAppearances(dictionary.terms.values(), units);
  kindsBelow(units, dictionary);
  facts.push(...sequencesIn(units));
  return { units, facts, terms: dictionary.terms, sayings };

  function foreignIn(unit: Unit): Fact[] {
    sayings.push(...sayingsIn(unit, { statement: '', definition: undefined, ...known }));
    return foreignFiguresIn(unit);
  }

  function statementsIn(unit: Unit): Fact[] {
    const definitions = definitionsIn(unit, dictionary);
    const statement = statementOf(unit);
    const clause = isFit(unit) ? clauseOf(withoutBrackets(statement), unit.heading) : null;
    sayings.push(
      ...sayingsIn(unit, {
        statement: isFit(unit) ? withSubject(statement, unit, sayings.at(-1)) : '',
        definition: definitions[0],
        ...known,
      }),
    );
    if (!isFit(unit)) return [...definitions, ...datedIn(unit)];
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
