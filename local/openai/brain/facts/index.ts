import type { Passage } from '../answer/passages.ts';
import { capitalised } from '../text/plain.ts';
import { numberBefore } from '../text/sentences.ts';
import { all, finds, match, says } from '../words.ts';
import { isFitText, isPlain } from './clause.ts';
import { sayingsIn } from './sayings.ts';
import { isGeneral, isNominal, tokensOf } from './term-form.ts';
import { termsOf } from './terms.ts';
import type { Figure, Gap, Knowledge, Saying, Sequence, Term, Unit } from './types.ts';
import { isFit, statementOf, unitsOf } from './units.ts';
import {
  bare,
  isFunctionWord,
  keyOf,
  lastWord,
  looksPlural,
  rootsOf,
  tells,
  withoutBrackets,
  withoutEnd,
} from './words.ts';

/** What some passages say: what is said of each thing, how many, when, in which order, and the terms to say it in. */
export function learn(passages: readonly Passage[]): Knowledge {
  const units = unitsOf(passages);
  const sayings = sayingsIn(units);
  const terms = termsOf(units, sayings);
  const figures = units.flatMap(figuresIn);
  const gaps = units.flatMap((unit) => gapsIn(unit, terms, sayings));
  const uses = new Map<string, number>();
  for (const root of units.flatMap(({ roots }) => [...roots])) uses.set(root, (uses.get(root) ?? 0) + 1);
  const weightOf = (root: string): number => 1 / (uses.get(root) ?? 1);
  return { units, weightOf, sayings, terms, figures, gaps, sequences: sequencesIn(units) };
}

const isQualifier = (word: string, tags: ReadonlyMap<string, ReadonlySet<string>>): boolean => {
  const own = tags.get(word);
  return (
    word !== '' && !isFunctionWord(word) && !own?.has('Value') && (!own?.has('Verb') || word.endsWith('ing'))
  );
};

/** "reflected" has the root of "reflection", and is another word. */
const isOneWord = (a: string, b: string): boolean => {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return one.startsWith(other) || other.startsWith(one);
};

const MOST_WORDS = 5;
const LONGEST_ARTICLE = 4;
const FEWEST_ROOTS = 5;
/** "_____ was poor and small", "_____ also has a wall": said of too many things, or of another one as well. */
const SAYS_LITTLE =
  /^ (?:is|are|was|were|has|have) (?!(?:an?|the)\b)(?:\w+|\w+,? and \w+|\d[\d,.]* \w+)\.?$|^ (?:also|too|sometimes|often)\b/;

/** The terms of a sentence that may be left out of it: each is explained or named elsewhere, and told by no word around it. */
function gapsIn(unit: Unit, terms: ReadonlyMap<string, Term>, sayings: readonly Saying[]): Gap[] {
  const statement = withoutBrackets(statementOf(unit));
  if (unit.language !== 'en' || !isFit(unit) || !isPlain(statement)) return [];
  const subjects = sayings.filter((saying) => saying.unit === unit).map(({ key }) => key);
  const words = [...statement.matchAll(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)];
  const tags = new Map(tokensOf(statement).map((token) => [token.text, token.tags]));
  const gaps: Gap[] = [];
  for (let from = 0; from < words.length; from++)
    for (let size = Math.min(MOST_WORDS, words.length - from); size > 0; size--) {
      const [first, last] = [words[from], words[from + size - 1]];
      if (!first || !last) continue;
      const form = statement.slice(first.index, last.index + last[0].length);
      const term = /[.,;:]/.test(form) || bare(form) !== form ? undefined : terms.get(keyOf(form));
      if (!term) continue;
      from += size - 1;
      const [before, after] = [statement.slice(0, first.index), statement.slice(last.index + last[0].length)];
      const next = tags.get(/^ ([\p{L}-]+)/u.exec(after)?.[1] ?? '');
      const isSubject =
        before.length <= LONGEST_ARTICLE &&
        (subjects.includes(term.key) || (term.isKey && !(next && isNominal(next)))) &&
        !says('may-be', after.trim()) &&
        !SAYS_LITTLE.test(after);
      // Behind the verb another thing of the kind would often be as right, but for what the notes explain or name.
      const isObject =
        (term.isExplained || term.units.length > (term.isName || form.includes(' ') ? 1 : 2)) &&
        rootsOf(`${before} ${after}`).length >= FEWEST_ROOTS &&
        before.length > LONGEST_ARTICLE &&
        !/\b(?:is|are|was|were|be|become|became|becomes)(?: an?| the| called)? $/.test(before) &&
        // In "Git fetch" and "distal tubule" the whole is the term.
        !(next && isNominal(next)) &&
        !isQualifier(/([\p{L}-]+) $/u.exec(before)?.[1] ?? '', tags) &&
        !isGeneral(form);
      const isTold =
        !isOneWord(lastWord(form), lastWord(term.text)) ||
        looksPlural(form) !== looksPlural(term.text) ||
        tells(`${before} ${after}`, form) ||
        /\b(?:called|named|known as|or|and) $/i.test(before) ||
        /^(?:-|,? (?:or|and)\b)/.test(after);
      if (!isTold && (isSubject || isObject))
        gaps.push({
          unit,
          term,
          form: before === '' ? capitalised(form) : form,
          before,
          after,
          isObject: !isSubject,
        });
      break;
    }
  return gaps;
}

const FEWEST_STEPS = 4;
const isStep = (text: string): boolean =>
  text.length >= 7 && text.length <= 100 && isFitText(text) && !/\b(?:this|these|it|them)\b/i.test(text);

/** Numbered lists are steps in an order. */
function sequencesIn(units: readonly Unit[]): Sequence[] {
  const runs: Unit[][] = [];
  for (const unit of units) {
    const number =
      unit.kind === 'item' ? numberBefore(unit.passage.text, unit.passage.text.indexOf(unit.text)) : null;
    const run = runs.at(-1);
    const last = run?.at(-1);
    const goesOn =
      last?.order === unit.order - 1 && last.passage === unit.passage && last.heading === unit.heading;
    if (run && goesOn && number === run.length + 1) run.push(unit);
    else if (number === 1) runs.push([unit]);
  }
  return runs.flatMap((run): Sequence[] => {
    const steps = run.map((unit) => ({ unit, text: withoutEnd(unit.clean.replace(/[.:;]\s.*$/s, '')) }));
    const title = run[0]?.heading ?? '';
    const areDistinct = new Set(steps.map(({ text }) => text)).size === steps.length;
    const isSound = steps.length >= FEWEST_STEPS && areDistinct && steps.every(({ text }) => isStep(text));
    return isSound && title ? [{ title, steps }] : [];
  });
}

const SHORTEST_TALE = 5;

/** "Inflation skyrocketed in _____" is said of nothing: a name, a single event, or much detail says which; what had been so lasted. */
const saysWhich = (statement: string): boolean =>
  !/\b(?:had|has|have) (?!been\b|\p{L}+(?:ed|en|t)\b)/u.test(statement) &&
  (/(?<!^)\p{Lu}/u.test(statement) ||
    says('once', statement) ||
    rootsOf(statement).length > SHORTEST_TALE + 1);

type IsFit = (statement: string, before: string) => boolean;
/** What is left out of a sentence: the first kind of figure that it holds, and whether the rest then says which one it is. */
const KINDS: [kind: Figure['kind'], name: string, isFit: IsFit][] = [
  ['date', 'dated-day', (_, before) => says('before-day', before)],
  ['number', 'measure', (said) => all('any-number', said).length <= 3 && !says('by-example', said)],
  [
    'year',
    'in-year',
    (said) => all('any-year', said).length === 1 && !says('which-one', said) && saysWhich(said),
  ],
  ['number', 'counts-things', (said) => all('any-count', said).length === 1 && !says('tells-count', said)],
];

function blankIn(unit: Unit, statement: string): Figure[] {
  for (const [kind, name, mayGo] of KINDS) {
    const [found, ...others] = finds(name, statement);
    if (!found || (others.length > 0 && name !== 'measure')) continue;
    const before = statement.slice(0, found.index);
    const after = statement.slice(found.index + found[0].length);
    if (!mayGo(statement, before) || says('one-of-two', before) || /^\s*(?:to|and|or|–)\s+\d/.test(after))
      continue;
    const isShare = kind === 'number' && /%|per ?cent/.test(found[0]);
    const answer = found[0].replace(/(?<=\d)\s(?=[%°])/g, '');
    return [{ unit, kind: isShare ? 'percentage' : kind, answer, before, after, event: null }];
  }
  return [];
}

const LONGEST = 200;

/** What a sentence can be asked for in figures; "1917 - October Revolution" is asked for its date. */
export function figuresIn(unit: Unit): Figure[] {
  const { clean, kind, language } = unit;
  const [, answer, event = ''] = (kind === 'item' && match('dated-line', clean)) || [];
  if (answer && !/\d{4}/.test(event)) return [{ unit, kind: 'date', answer, before: '', after: '', event }];
  const statement = language === 'en' ? withoutBrackets(statementOf(unit)) : clean;
  const [, subject = ''] = /^(?:The|An?) ([^,]+?) (?:was|were|is|are|has|had)\b/.exec(statement) ?? [];
  const isAlone =
    language === 'en'
      ? isFit(unit) && isPlain(statement) && !(isGeneral(subject) && !/\d/.test(subject))
      : /^\p{Lu}.*\.$/u.test(clean) &&
        !says('leans-elsewhere', clean) &&
        !/[“”"«»„();:]/.test(clean) &&
        rootsOf(clean).length > SHORTEST_TALE;
  return isAlone && statement.length < LONGEST ? blankIn(unit, statement) : [];
}
