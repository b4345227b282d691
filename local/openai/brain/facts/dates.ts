import { isStandingAlone } from './figures.ts';
import type { FigureFact, Unit } from './types.ts';
import { withoutBrackets, withoutEnd } from './words.ts';

const MONTHS = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
/** "January 15, 2020", "15 January 2020", "15 January". */
export const DATE = new RegExp(
  `\\b(?:${MONTHS} \\d{1,2}, \\d{4}|\\d{1,2} ${MONTHS}(?: \\d{4})?|${MONTHS} \\d{1,2}(?!\\d|[–-]| ?(?:to|and)))\\b`,
  'g',
);
const ONLY_ONE = 1;
const WORDS_OF_A_CONCEPT = 9;

/** The day on which something happened, left out of the sentence that tells it. */
export function datesIn(unit: Unit, whole: string): FigureFact[] {
  const statement = withoutBrackets(whole);
  const dates = [...statement.matchAll(DATE)];
  const [date] = dates;
  if (!date || dates.length !== ONLY_ONE || !/\.$/.test(whole)) return [];
  if (!/(?:^On|\bon|\bOn|\bsince|\buntil|\bby|\bof) $/.test(statement.slice(0, date.index))) return [];
  const rest = statement.replace(date[0], '_____');
  if (!isStandingAlone(rest)) return [];
  const told = statement
    .replace(date[0], '')
    .replace(/^On ,? ?|\b(?:on|of|since|until|by)(?= ?[.,]|$| {2})/, '');
  return [
    {
      kind: 'number',
      unit,
      about: withoutEnd(told.trim().split(/\s+/).slice(0, WORDS_OF_A_CONCEPT).join(' ')),
      question: `Which date completes the sentence? “${rest}”`,
      answer: date[0],
      weight: 1.2,
    },
  ];
}
