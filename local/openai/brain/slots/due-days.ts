import { DAYS } from './day-names.ts';

const ONE_DAY = String.raw`(?:${DAYS})\b`;
/** "monday to friday" and "mon-thu" say how often, whatever stands before them. */
const NO_RANGE = String.raw`(?!\s?(?:to|through|thru|until|till|-|–)\s?(?:${DAYS}))`;
const DAYS_JOINED = String.raw`${ONE_DAY}${NO_RANGE}(?:\s+(?:and|&)\s+(?:on\s)?${ONE_DAY})*`;
export const EXAM_WORD =
  '(?:exam(?:ination)?s?|tests?|finals?|midterms?|quiz|deadline|practicals?|orals?|papers?|presentation|defen[cs]e|interview|assessment|resits?|retakes?|mocks?|viva)';
const MONTH_NAME = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';

const WAYS = [
  // "by sunday", "until next friday", but not the end of "monday until friday".
  String.raw`(?<!(?:${DAYS})s?\s)\b(?:by|before|until|till?|due)(?:\son)?(?:\s(?:the|this|next|coming))*\s${DAYS_JOINED}`,
  String.raw`\b(?:this|next|this coming|coming)\s${ONE_DAY}${NO_RANGE}`,
  // "biology exam on friday", "finals are monday and wednesday", "exam in biochem on tuesday".
  String.raw`\b${EXAM_WORD}(?:'s)?(?:\s(?!(?:on|and|so|with|then|for)\b)[\p{L}'’]+){0,2}?(?:\s(?:in|on|about|for)(?!\s(?:${DAYS})\b)(?:\s(?!(?:on|and|so|with|then)\b)[\p{L}'’]+){1,4}?)?(?:\s(?:is|are))?(?:\s(?:on|due|this|next))*\s${DAYS_JOINED}`,
  String.raw`\b(?:is|are|it's|exam's|test's)\s(?:on\s|due\s(?:on\s)?)${DAYS_JOINED}`,
  // "tuesday 1 december", "monday the 30th".
  String.raw`\b${ONE_DAY},?\s(?=(?:the\s)?\d{1,2}(?:st|nd|rd|th)?(?:\sof)?\s${MONTH_NAME}|the\s\d{1,2}(?:st|nd|rd|th)|${MONTH_NAME}\s\d)`,
];
const DUE = new RegExp(WAYS.join('|'), 'giu');
const SECOND_DAY = new RegExp(String.raw`\s+(?:and|&)\s+(?:on\s)?(?:${DAYS})\b.*$`, 'iu');

/** A date that follows belongs to the day: "on tuesday, 1 december". */
const DATED = new RegExp(
  String.raw`^,?\s?(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)\b|\d{1,2}(?:\sof)?\s${MONTH_NAME}|\d{1,2}[./]\d|${MONTH_NAME}\s\d)`,
  'i',
);

/** The sentence without the days on which something is due: what is left of day names is a habit. */
export const withoutDueDays = (text: string): string => text.replace(DUE, ' ; ');

/** Days that are due kept apart from a list of habits beside them; of several the first counts. */
export const withDueDaysApart = (text: string): string =>
  text.replace(DUE, (phrase: string, ...rest: unknown[]) => {
    const at = rest.findLast((value) => typeof value === 'number') ?? 0;
    if (DATED.test(text.slice(at + phrase.length).trimStart())) return phrase;
    return `${phrase.replace(SECOND_DAY, '')};`;
  });

/** True when more than one day is due: "finals on monday and wednesday". */
export const hasSeveralDueDays = (text: string): boolean =>
  (text.match(DUE) ?? []).some((phrase) => SECOND_DAY.test(phrase));
