import * as chrono from 'chrono-node';
import { DAYS, withDueDaysApart } from './days.ts';
import { inDigits } from './minutes.ts';

const every = (pattern: string): RegExp => new RegExp(pattern, 'gi');

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/** "3 December, 4 days a week": what follows the comma is no year. */
const MONTH_COMMA = new RegExp(String.raw`\b(${MONTH}),`, 'gi');

const POINT_BEFORE_MONTH = new RegExp(String.raw`\b(\d{1,2})\.\s?(?=${MONTH}\b)`, 'gi');

const DAY_LIST = every(
  String.raw`\b(?:on\s)?(?:${DAYS})(?:(?:\s*[,/&]\s*(?:and\s)?|\s+and\s+|\s+)(?:${DAYS})\b)+`,
);

/** The day by which the work must be done, as an ISO date. */
export function readDeadline(said: string, now: Date): string | undefined {
  const text = inDigits(said);
  const dated = withoutHabits(text);
  const found = chrono.parse(dated, now, { forwardDate: true }).filter(isDay);
  const announced = found.find((result) =>
    /(?:by|before|until|till|due|on|is|in|exam|test|final|midterm|deadline)s?\W*(?:the\s)?$/i.test(
      dated.slice(0, result.index),
    ),
  );
  const date = (announced ?? found[0])?.start.date();
  return (
    endOfWeek(text, now) ??
    (date ? isoDate(date) : (dayAndMonth(dated, now) ?? dayAndMonth(text, now) ?? afterPeriod(text, now)))
  );
}

/** "by the end of next week", "this weekend": chrono means Saturdays, students the last day of it. */
function endOfWeek(text: string, now: Date): string | undefined {
  const match = /\b(?:end of (this|the|next) week|(this|the|next) weekend)\b/i.exec(text);
  if (!match || /\b(?:on|at|over|during) the weekend\b/i.test(text)) return undefined;
  const toSunday = (7 - now.getDay()) % 7;
  const isNext = /next/i.test(match[1] ?? match[2] ?? '');
  return isoDate(new Date(now.getFullYear(), now.getMonth(), now.getDate() + toSunday + (isNext ? 7 : 0)));
}

/** "on the 12th" and "14.12.", which chrono does not read. */
function dayAndMonth(text: string, now: Date): string | undefined {
  const dotted = /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(?!\d)(?:\s?(\d{4}))?/.exec(text);
  if (dotted) {
    const date = new Date(Number(dotted[3] ?? now.getFullYear()), Number(dotted[2]) - 1, Number(dotted[1]));
    if (!dotted[3] && date < now) date.setFullYear(date.getFullYear() + 1);
    return isoDate(date);
  }
  const day = /\b(?:on|by|before|until|is|for) the (\d{1,2})(?:st|nd|rd|th)\b/i.exec(text)?.[1];
  if (!day || Number(day) > 31 || Number(day) < 1) return undefined;
  const month = Number(day) > now.getDate() ? now.getMonth() : now.getMonth() + 1;
  return isoDate(new Date(now.getFullYear(), month, Number(day)));
}

/** How often one studies is full of day names; they go before the rest is read for a date. */
function withoutHabits(text: string): string {
  // "20. december" is written with a point in other languages.
  const plain = withDueDaysApart(text.replace(POINT_BEFORE_MONTH, '$1 '))
    // Of "monday the 30th" the number says more.
    .replace(every(String.raw`\b(?:${DAYS}),?\s(?=the\s\d{1,2}(?:st|nd|rd|th)\b)`), '')
    .replace(every(String.raw`\b(?:on |every |each )?(?:${DAYS})s\b`), ' ')
    .replace(every(String.raw`\b(?:on |every |each )?(?:weekdays?|weekends?)\b`), ' ')
    .replace(every(String.raw`\b(?:except|but not|excluding)\s(?:on\s)?(?:${DAYS})s?\b`), ' ')
    .replace(every(String.raw`\b(?:${DAYS})s?\s?(?:to|through|-|–)\s?(?:${DAYS})s?\b`), ' ')
    .replace(
      /\b\d+\s?(?:days?|times?|evenings?|nights?|minutes)\s?(?:a|per|each|every|\/)\s?(?:day|week|weekday|night|evening|session)\b/gi,
      ' ',
    )
    .replace(
      /\b(?:every ?day|daily|a day|per day|weekly|every (?:morning|evening|night)|right now|now|today)\b/gi,
      ' ',
    )
    .replace(/\b\d+ minutes\b/gi, ' ')
    // "I have tomorrow and Sunday": the last of the days that are left.
    .replace(every(String.raw`\b(?:today|tomorrow) (?:and|&) (?=(?:${DAYS})\b)`), ' on ')
    // Weeks before an exam are no date of their own.
    .replace(every(String.raw`\b(?:the )?last (?:\\d+ )?(?:days?|weeks?|months?) (?:before|until|to)\b`), ' ')
    .replace(MONTH_COMMA, '$1;')
    .replace(/\bchristmas(?: day| break)?\b/gi, 'December 25')
    .replace(/\bnew year'?s? eve\b/gi, 'December 31')
    .replace(/\bnew year'?s?(?: day)?\b/gi, 'January 1')
    .replace(/\b(?:the )?end of (?:the|this) year\b|\byear'?s end\b/gi, 'December 31')
    .replace(/\b(?:in )?(?:the )?(?:middle of|mid)[- ](?=[a-z]+)/gi, '15 ')
    .replace(/\b(?:in )?(?:a|one) fortnight\b/gi, 'in 14 days')
    .replace(/\btwo fortnights\b/gi, '28 days')
    .replace(/\bin a (?=day|week|month)/gi, 'in 1 ');
  return plain.replace(DAY_LIST, ' ');
}

/** A clock time, or a word that is also a month or a day, is no date. */
function isDay(result: chrono.ParsedResult): boolean {
  const { start, text } = result;
  const saysDay = start.isCertain('day') || start.isCertain('weekday') || start.isCertain('month');
  if (!saysDay && !/week|month|tomorrow|day|fortnight/i.test(text)) return false;
  return !/^\d{1,2}(?::\d\d)?\s?(?:am|pm)?$|^(?:may|march|sun|sat|second|mar)$/i.test(text.trim());
}

const PERIODS = [
  /\b(\d+|an?)[- ](week|day|month)s?(?:[- ]long)?\s(?:study |revision |exam )?(?:plan|schedule|programme?|timetable)/i,
  /\b(?:over|for) (?:the )?(?:next |coming )?(\d+|an?)\s(week|day|month)s?/i,
  /\b(?:have|only|got) (\d+|an?)\s(week|day|month)s?(?: left| to| until|$)/i,
];

/** "a 3-week plan", "over the next two months", "I have ten days left". */
function afterPeriod(text: string, now: Date): string | undefined {
  const [, said = '', unit = ''] = PERIODS.map((pattern) => pattern.exec(text)).find(Boolean) ?? [];
  if (!unit) return undefined;
  const count = /^an?$/i.test(said) ? 1 : Number(said);
  const end = new Date(now);
  if (/month/i.test(unit)) end.setMonth(end.getMonth() + count);
  else end.setDate(end.getDate() + count * (/week/i.test(unit) ? 7 : 1));
  return isoDate(end);
}

const READERS = [chrono.en, chrono.de, chrono.fr, chrono.es];
/** The names of months in every language, without accents, each with its number. */
const MONTHS = new Map(
  ['en', 'de', 'fr', 'es'].flatMap((language) =>
    Array.from({ length: 12 }, (_, month) => {
      const name = new Date(2026, month, 1).toLocaleDateString(language, { month: 'long' });
      return [withoutAccents(name), month] as const;
    }),
  ),
);

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The last day that a date may mean, read in four languages: of "3/4/2027" the later one, of "May" the 31st. */
export function readLastDay(said: string, now: Date): string | undefined {
  const found = READERS.flatMap((reader) => reader.parse(said, now, { forwardDate: true }))
    .filter((result) => isDay(result) && (result.start.isCertain('day') || result.start.isCertain('weekday')))
    .map(({ text, start, end }) => ({ length: text.length, day: isoDate((end ?? start).date()) }));
  // The language it is written in reads the most of it.
  const most = Math.max(...found.map(({ length }) => length));
  const days = found.filter(({ length }) => length === most).map(({ day }) => day);
  const day = days.sort().at(-1) ?? dayAndMonth(`${said}.`, now);
  if (day !== undefined) return day;
  const words = withoutAccents(said).match(/\p{L}+/gu) ?? [];
  const month = words.map((word) => MONTHS.get(word)).findLast((number) => number !== undefined);
  if (month === undefined) return undefined;
  const year = Number(/\b20\d\d\b/.exec(said)?.[0] ?? now.getFullYear() + (month < now.getMonth() ? 1 : 0));
  return isoDate(new Date(year, month + 1, 0));
}

export const isoDate = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
