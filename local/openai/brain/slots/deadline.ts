import * as chrono from 'chrono-node';
import { withDays, withDueDaysApart } from './days.ts';
import { inDigits } from './minutes.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** How often one studies is full of days and numbers; they go before the rest is read for a date. */
const HABITS = withDays(
  [
    // Of "monday the 30th" the number says more.
    String.raw`\b@,?\s(?=the\s\d{1,2}(?:st|nd|rd|th)\b)`,
    String.raw`\b(?:on |every |each )?(?:@s|weekdays?|weekends?)\b`,
    String.raw`\b(?:except|but not|excluding)\s(?:on\s|the\s)*@s?\b`,
    String.raw`\b@s?\s?(?:to|through|-|–)\s?@s?\b`,
    String.raw`\b\d+\s?(?:days?|times?|evenings?|nights?|minutes)\s?(?:a|per|each|every|\/)\s?(?:day|week|weekday|night|evening|session)\b`,
    String.raw`\b(?:every ?day|daily|a day|per day|weekly|every (?:morning|evening|night)|right now|now|today)\b`,
    String.raw`\b\d+ minutes\b`,
  ].join('|'),
  'giu',
);
const DAY_LIST = withDays(String.raw`\b(?:on\s)?@(?:(?:\s*[,/&]\s*(?:and\s)?|\s+and\s+|\s+)@\b)+`, 'giu');
/** What dates are called, as chrono knows them. */
const SPELT: readonly [RegExp, string][] = [
  // "20. december" is written with a point in other languages.
  [new RegExp(String.raw`\b(\d{1,2})\.\s?(?=${MONTH}\b)`, 'gi'), '$1 '],
  // "3 December, 4 days a week": what follows the comma is no year.
  [new RegExp(String.raw`\b(${MONTH}),`, 'gi'), '$1;'],
  // "I have tomorrow and Sunday": the last of the days that are left.
  [withDays(String.raw`\b(?:today|tomorrow) (?:and|&) (?=@\b)`, 'giu'), ' on '],
  [/\bchristmas(?: day| break)?\b/gi, 'December 25'],
  [/\bnew year'?s?(?: day)?\b/gi, 'January 1'],
  [/\bin a (?=day|week|month)/gi, 'in 1 '],
];
const ANNOUNCES = /(?:by|before|until|till|due|on|is|in|exam|test|final|midterm|deadline)s?\W*(?:the\s)?$/i;

/** The day by which the work must be done, as an ISO date. */
export function readDeadline(said: string, now: Date): string | undefined {
  const text = inDigits(said);
  const [first, ...rest] = SPELT;
  const due = withDueDaysApart(first ? text.replace(...first) : text)
    .replace(HABITS, ' ')
    .replace(/ {2,}/g, ' ');
  const dated = rest.reduce((all, [words, date]) => all.replace(words, date), due).replace(DAY_LIST, ' ');
  const found = chrono.parse(dated, now, { forwardDate: true }).filter(isDay);
  const date = (found.find(({ index }) => ANNOUNCES.test(dated.slice(0, index))) ?? found[0])?.start.date();
  return (
    endOfWeek(text, now) ??
    (date ? isoDate(date) : (dayAndMonth(dated, now) ?? dayAndMonth(text, now) ?? afterPeriod(text, now)))
  );
}

/** "by the end of next week", "this weekend": chrono means Saturdays, students the last day of it. */
function endOfWeek(text: string, now: Date): string | undefined {
  const [, week, weekend] = /\b(?:end of (this|the|next) week|(this|next) weekend)\b/i.exec(text) ?? [];
  const which = week ?? weekend;
  return which && daysAfter(now, ((7 - now.getDay()) % 7) + (/next/i.test(which) ? 7 : 0));
}

/** "on the 12th" and "14.12.", which chrono does not read. */
function dayAndMonth(text: string, now: Date): string | undefined {
  const [, dayOf, monthOf, year] = /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(?!\d)(?:\s?(\d{4}))?/.exec(text) ?? [];
  if (dayOf && monthOf) {
    const date = new Date(Number(year ?? now.getFullYear()), Number(monthOf) - 1, Number(dayOf));
    if (!year && date < now) date.setFullYear(date.getFullYear() + 1);
    return isoDate(date);
  }
  const day = Number(/\b(?:on|by|before|until|is|for) the (\d{1,2})(?:st|nd|rd|th)\b/i.exec(text)?.[1] ?? 0);
  if (day > 31 || day < 1) return undefined;
  return isoDate(new Date(now.getFullYear(), now.getMonth() + (day > now.getDate() ? 0 : 1), day));
}

/** A clock time, or a word that is also a month or a day, is no date. */
function isDay({ start, text }: chrono.ParsedResult): boolean {
  const saysDay = start.isCertain('day') || start.isCertain('weekday') || start.isCertain('month');
  if (!saysDay && !/week|month|tomorrow|day/i.test(text)) return false;
  return !/^\d{1,2}(?::\d\d)?\s?(?:am|pm)?$|^(?:may|march|sun|sat|second|mar)$/i.test(text.trim());
}

const PERIOD =
  /\b(\d+|an?)[- ](week|day|month)s?(?:[- ]long)?\s(?:(?:study |revision |exam )?(?:plan|schedule|programme?|timetable)|left)|\b(?:over|for) (?:the )?(?:next |coming )?(\d+|an?)\s(week|day|month)s?|\b(?:have|only|got) (\d+|an?)\s(week|day|month)s?(?: to| until|$)/i;

/** "a 3-week plan", "over the next two months", "I have ten days left". */
function afterPeriod(text: string, now: Date): string | undefined {
  const [said, unit = ''] = PERIOD.exec(text)?.slice(1).filter(Boolean) ?? [];
  if (said === undefined) return undefined;
  const count = /^an?$/i.test(said) ? 1 : Number(said);
  if (!/month/i.test(unit)) return daysAfter(now, count * (/week/i.test(unit) ? 7 : 1));
  return isoDate(new Date(now.getFullYear(), now.getMonth() + count, now.getDate()));
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

const daysAfter = (now: Date, days: number): string =>
  isoDate(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));

export const isoDate = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
