import { all, finds, match, says } from '../words.ts';
import { isPlain } from './clause.ts';
import { isGeneral } from './term-form.ts';
import type { Figure, Unit } from './types.ts';
import { isFit, statementOf } from './units.ts';
import { rootsOf, withoutBrackets } from './words.ts';

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
