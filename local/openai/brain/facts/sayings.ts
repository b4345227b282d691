import { capitalised } from '../text/plain.ts';
import { says as holds, match, patterns, rewritten } from '../words.ts';
import { type Clause, clauseOf, firstStatement, isFitText, pointsBack } from './clause.ts';
import { beginsWrong, isTermLike } from './term-form.ts';
import type { Saying, Unit } from './types.ts';
import { isFit, isSmall, statementOf } from './units.ts';
import {
  bare,
  isFunctionWord,
  keyOf,
  keysOf,
  looksPlural,
  rootsOf,
  withoutBrackets,
  withoutEnd,
  wordsOf,
} from './words.ts';

const SHORTEST = 8;
const LONGEST = 150;
const LONG = 100;

/** Says the thing by itself: "speciation is speciation that …". */
const holdsWhole = (says: string, name: string): boolean => keysOf(says).includes(` ${keyOf(name)} `);

const saying = (
  unit: Unit,
  form: Saying['form'],
  name: string,
  says: string,
  isPlural: boolean | null,
): Saying => ({
  unit,
  form,
  name,
  key: keyOf(name),
  says,
  roots: new Set(rootsOf(says).filter((root) => !isSmall(root, unit.language))),
  isPlural,
});

const ARROW = /\s*(?:->|→|=>)\s*/;
const MOST_WORDS_OF_A_LABEL = 6;

/** What stands behind a sign: "enzyme = …", "Dawes Plan: …", "higher rates -> …". */
function labelled(unit: Unit): Saying | null {
  const {
    label = '',
    sign = '',
    says: rest = '',
  } = match('label', unit.clean.replace(/\s+:\s/, ': '))?.groups ?? {};
  const name = withoutBrackets(label).trim();
  const words = wordsOf(name);
  const opensLow = words.length > 1 && isFunctionWord(words[0] ?? '');
  const endsLow = sign !== '=' && isFunctionWord(words.at(-1) ?? '');
  const isName =
    !/[()[\]]/.test(name) &&
    words.length > 0 &&
    words.length <= MOST_WORDS_OF_A_LABEL &&
    /\p{L}{2}/u.test(name);
  if (!isName || holds('label-not', name) || opensLow || endsLow) return null;
  const formula = sign === '=' ? match('formula-line', rest)?.[0].trim() : undefined;
  if (formula) return saying(unit, 'formula', name, formula, null);
  // What comes of a part of the explanation is a statement of its own; a chain of arrows is told link by link.
  const isChain = ARROW.test(rest) && /[>→]/.test(sign);
  const whole = isChain
    ? (rest.split(ARROW)[0] ?? '')
    : rest.replace(/,[^,]*(?:->|→|=>).*$/, '').replace(ARROW, ' → ');
  const full = withoutEnd(rewritten('further-sentence', whole).replace(/;\s.*$/, ''));
  const says =
    full.length > LONG ? withoutBrackets(full).replace(/, (?:\p{Ll}+ing|which|who|the|an?) .*$/u, '') : full;
  const isSaid =
    says.length >= SHORTEST &&
    says.length <= LONGEST &&
    wordsOf(says).length >= 2 &&
    // Whoever takes notes says "you" of everybody.
    isFitText(says.replace(/\(s\)/g, 's').replace(/\byou(?:r)?\b|\bwe\b|\bour\b/gi, 'they')) &&
    !/\b(?:this|these|those)\b/.test(says) &&
    !pointsBack(says.split(' ').slice(0, 3).join(' ')) &&
    !holdsWhole(says, name);
  const form = sign === '=' || unit.kind === 'entry' ? 'meaning' : 'note';
  return isSaid ? { ...saying(unit, form, name, says, null), leads: /[>→]/.test(sign) } : null;
}

const FEWEST_ROOTS = 3;

const definesWell = (meaning: string, name: string): boolean =>
  rootsOf(meaning).length >= FEWEST_ROOTS &&
  meaning.length <= LONGEST &&
  isFitText(meaning) &&
  !/[:;“”"]/.test(meaning) &&
  !pointsBack(meaning.replace(/\b(?:its|their)\b/g, '')) &&
  !holds('evaluates', meaning) &&
  !holdsWhole(meaning, name);

function called(unit: Unit, statement: string): Saying | null {
  const { term: name = '', meaning: whole = '' } =
    match('is-called', withoutEnd(withoutBrackets(statement)))?.groups ?? {};
  const meaning = whole.charAt(0).toLowerCase() + whole.slice(1);
  const isSaid = isTermLike(name) && /^(?:an?|the|\p{L}+ing) /u.test(meaning) && definesWell(meaning, name);
  const isPlural = looksPlural(name);
  return isSaid ? saying(unit, 'being', name, `${isPlural ? 'are' : 'is'} ${meaning}`, isPlural) : null;
}

/** The clauses of a sentence, each read for itself: the tagger is the surer the shorter they are. */
const clausesOf = (statement: string): Clause[] =>
  rewritten('dated-opening', withoutBrackets(statement))
    .split(patterns('second-clause')[0]?.pattern ?? '')
    .flatMap((part) => {
      const clause = withoutEnd(part.replace(/(?<=\p{L}) (?:also|thus|therefore)(?= \p{L})/u, ''));
      return clauseOf(`${capitalised(clause)}.`) ?? [];
    });

/** "The outer shell of the Earth" and "Article 48" name one thing as a term does. */
const isSubject = (subject: string): boolean =>
  !holds('subject-not', subject) &&
  !beginsWrong(bare(subject)) &&
  (isTermLike(subject.replace(/ of (?:the|an?) [\p{L} -]{2,30}$/u, ''), true) ||
    /^\p{Lu}\p{L}+ \d{1,3}$/u.test(subject));

/** What a sentence says of its own subject. */
function deed(unit: Unit, { subject, predicate, isPlural }: Clause, units: readonly Unit[]): Saying | null {
  const name = bare(subject);
  const isKnown = units.filter(({ keys }) => keys.includes(` ${keyOf(name)} `)).length > 1;
  if (!isSubject(subject)) return null;
  const says = firstStatement(predicate);
  const meaning = match('is-a', says)?.[1];
  if (meaning && definesWell(meaning, name)) return saying(unit, 'being', name, says, isPlural);
  const isSaid =
    (isKnown || !/^The \p{Ll}+$/u.test(subject)) &&
    says.length >= SHORTEST + 4 &&
    says.length <= LONGEST &&
    rootsOf(says).length >= FEWEST_ROOTS &&
    /^\p{Ll}/u.test(says) &&
    !holds('vague', says) &&
    !holds('reduced', says) &&
    !pointsBack(says.replace(/\b(?:such as|its|their)\b/g, '')) &&
    !holdsWhole(says, name);
  return isSaid ? saying(unit, 'deed', name, says, isPlural) : null;
}

const BOLD_LABEL = /^\*\*[^*\n]+(?:\*\*\s*[:–-]|:\*\*)\s/u;
/** What each unit says of a thing, by the sign behind its name or by its own grammar. */
export const sayingsIn = (units: readonly Unit[]): Saying[] =>
  units.flatMap((unit) => sayingsOf(unit, units));

function sayingsOf(unit: Unit, units: readonly Unit[]): Saying[] {
  const { kind, language } = unit;
  const isLine = kind === 'item' || kind === 'entry' || BOLD_LABEL.test(unit.text);
  const noted = isLine ? labelled(unit) : null;
  if (noted) return [noted];
  if (language !== 'en' || !isFit(unit)) return [];
  const statement = statementOf(unit);
  const meant = called(unit, statement);
  if (meant) return [meant];
  return clausesOf(statement).flatMap((clause) => deed(unit, clause, units) ?? []);
}
