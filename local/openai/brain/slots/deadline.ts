import * as chrono from 'chrono-node';
import { DAYS, withDueDaysApart } from './days.ts';
import { NUMBER, NUMBER_WORD, readNumber } from './minutes.ts';

const every = (pattern: string): RegExp => new RegExp(pattern, 'gi');

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/** "3 December, 4 days a week": what follows the comma is no year. */
const MONTH_COMMA = new RegExp(String.raw`\b(${MONTH}),`, 'gi');

const DAY_LIST = every(
  String.raw`\b(?:on\s)?(?:${DAYS})(?:(?:\s*[,/&]\s*(?:and\s)?|\s+and\s+|\s+)(?:${DAYS})\b)+`,
);

/** The day by which the work must be done, as an ISO date. */
export function readDeadline(text: string, now: Date): string | undefined {
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
  const plain = withDueDaysApart(text)
    // Of "monday the 30th" the number says more.
    .replace(every(String.raw`\b(?:${DAYS}),?\s(?=the\s\d{1,2}(?:st|nd|rd|th)\b)`), '')
    .replace(every(String.raw`\b(?:on |every |each )?(?:${DAYS})s\b`), ' ')
    .replace(every(String.raw`\b(?:on |every |each )?(?:weekdays?|weekends?)\b`), ' ')
    .replace(every(String.raw`\b(?:except|but not|excluding)\s(?:on\s)?(?:${DAYS})s?\b`), ' ')
    .replace(every(String.raw`\b(?:${DAYS})s?\s?(?:to|through|-|–)\s?(?:${DAYS})s?\b`), ' ')
    .replace(
      every(
        String.raw`\b${NUMBER}\s?(?:days?|times?|evenings?|nights?|hours?|hrs?|h|minutes?|mins?|m)\s?(?:and ${NUMBER} (?:half|minutes?|mins?) )?(?:a|per|each|every|/)\s?(?:day|week|weekday|night|evening|session)\b`,
      ),
      ' ',
    )
    .replace(
      /\b(?:every ?day|daily|a day|per day|weekly|every (?:morning|evening|night)|right now|now|today)\b/gi,
      ' ',
    )
    .replace(every(String.raw`\b(?:${NUMBER})\s?(?:hours?|hrs?|minutes?|mins?)\b`), ' ')
    // "I have tomorrow and Sunday": the last of the days that are left.
    .replace(every(String.raw`\b(?:today|tomorrow) (?:and|&) (?=(?:${DAYS})\b)`), ' on ')
    // Weeks before an exam are no date of their own.
    .replace(
      every(String.raw`\b(?:the )?last (?:${NUMBER} )?(?:days?|weeks?|months?) (?:before|until|to)\b`),
      ' ',
    )
    .replace(MONTH_COMMA, '$1;')
    .replace(/\bchristmas(?: day| break)?\b/gi, 'December 25')
    .replace(/\bnew year'?s? eve\b/gi, 'December 31')
    .replace(/\bnew year'?s?(?: day)?\b/gi, 'January 1')
    .replace(/\b(?:the )?end of (?:the|this) year\b|\byear'?s end\b/gi, 'December 31')
    .replace(/\b(?:in )?(?:the )?(?:middle of|mid)[- ](?=[a-z]+)/gi, '15 ')
    .replace(/\b(?:in )?(?:a|one) fortnight\b/gi, 'in 14 days')
    .replace(/\btwo fortnights\b/gi, '28 days')
    .replace(
      every(String.raw`\bin (${NUMBER_WORD}|a) (day|week|month)`),
      (_, count: string, unit: string) => `in ${readNumber(count)} ${unit}`,
    );
  return plain.replace(DAY_LIST, ' ');
}

/** A clock time, or a word that is also a month or a day, is no date. */
function isDay(result: chrono.ParsedResult): boolean {
  const { start, text } = result;
  const saysDay = start.isCertain('day') || start.isCertain('weekday') || start.isCertain('month');
  if (!saysDay && !/week|month|tomorrow|day|fortnight/i.test(text)) return false;
  return !/^\d{1,2}(?::\d\d)?\s?(?:am|pm)?$|^(?:may|march|sun|sat|second|mar)$/i.test(text.trim());
}

/** "a 3-week plan", "over the next two months", "I have ten days left". */
function afterPeriod(text: string, now: Date): string | undefined {
  const match =
    new RegExp(
      String.raw`\b(${NUMBER})[- ](week|day|month)s?(?:[- ]long)?\s(?:study |revision |exam )?(?:plan|schedule|programme?|timetable)`,
      'i',
    ).exec(text) ??
    new RegExp(
      String.raw`\b(?:over|for) (?:the )?(?:next |coming )?(${NUMBER})\s(week|day|month)s?`,
      'i',
    ).exec(text) ??
    new RegExp(
      String.raw`\b(?:have|only|got) (${NUMBER})\s(week|day|month)s?(?: left| to| until|$)`,
      'i',
    ).exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const count = readNumber(match[1]);
  const end = new Date(now);
  if (/month/i.test(match[2])) end.setMonth(end.getMonth() + count);
  else end.setDate(end.getDate() + count * (/week/i.test(match[2]) ? 7 : 1));
  return isoDate(end);
}

export const isoDate = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

/** Stands where a time stood. No student types it, and a goal ends at it. */
export const TIME = '¦';

const ORDINAL = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const DATE = String.raw`(?:${ORDINAL}(?:\sof)?\s${MONTH}\b|${MONTH}\s(?:the\s)?${ORDINAL}\b|${MONTH}\b(?=\W*$|[,.;])|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\.?(?!\d)|\d{4}-\d\d-\d\d|the\s\d{1,2}(?:st|nd|rd|th)\b)(?:,?\s20\d\d)?`;
const LONG_DAY = '(?:sunday|monday|tues(?:day)?|wednesday|thurs(?:day)?|friday|saturday)';
const ANY_DAY = `(?:${DAYS})s?`;
const DAY_JOIN = String.raw`\s?(?:,\s?(?:and\s)?(?:on\s)?|\/|&|\sand\s(?:on\s)?|\sor\s|\sto\s|\sthrough\s|\suntil\s|[-–]|\s)\s?`;
const WEEK_PARTS = '(?:weekdays?|weekends?|school days|work(?:ing )?days)';
const SINCE = String.raw`(?:\b(?:(?:i|we) (?:have|can|got)|from|only|just|on|at|during|every|each|except|but not|not|excluding|apart from|due|by|before|until|till?|for|over|in|within|this|next|coming|the|is|are|starting|starts?|max|maximum|about|around|roughly|up to)\s)*`;
const SPAN = '(?:hours?|hrs?|hr|h|minutes?|mins?|min)';
const EVERY = String.raw`(?:a|an|per|each|every|in the|on|at|after|\/)\s?(?:day|night|evening|morning|afternoon|week|weekday|weekend|school|session)s?`;

/** Phrases of habit say nothing about where a list of goals ends; phrases of date and length end it. */
const HABITS = [
  String.raw`\b(?:only |from |on |every |each |except |but not |not on |excluding |apart from )*(?:on )?(?:the )?(?:${ANY_DAY}(?:${DAY_JOIN}${ANY_DAY})+|${LONG_DAY}s)\b(?: (?:only|off|free))?`,
  String.raw`\b(?:only |on |at |over |every |each |except |but not )*(?:the )?${WEEK_PARTS}\b(?: (?:only|off|free))?`,
  String.raw`\b(?:every ?day|daily|every other day|each day|on school days)\b`,
];
const TIMES = [
  String.raw`${SINCE}\b(?:${NUMBER}|half an?|\d+(?:[.,]\d+)?)[\s-]?(?:and a half )?${SPAN}\b(?:\s(?:and )?(?:a half|\d{1,2}(?: ?(?:minutes?|mins?|min))?)(?=[\s,.]|$))?(?:\s?${EVERY})?`,
  String.raw`\b(?:an hour and a half|half an hour|\d+h\d*)\b(?:\s?${EVERY})?`,
  String.raw`\b(?:${NUMBER}|once|twice)[\s-]?(?:days?|times?|evenings?|nights?|mornings?|afternoons?|sessions?)?\s?(?:a|per|each|every|\/)\s?week\b`,
  String.raw`\b(?:every|each|in the|per|at)\s(?:night|evening|morning|afternoon|weekday)s?\b`,
  String.raw`${SINCE}(?:\b(?:${DAYS}),?\s)?(?:\bthe\s)?(?<![\p{L}\d])${DATE}`,
  String.raw`\b(?:in|by|before|until|till|this|next|for|around|mid|the middle of|end of|early|late|of)\s(?:early |late |mid[- ]?|the )*${MONTH}\b`,
  String.raw`${SINCE}\b(?:the )?(?:${LONG_DAY}|(?<=(?:on|by|next|this|until|till|before|is) )(?:${DAYS}))\b`,
  String.raw`\b(?:in|for|over|within|during)\s(?:the )?(?:next |coming |last )?(?:${NUMBER}|fortnight)\s?(?:days?|weeks?|months?|years?)?(?: time)?\b(?<=days?|weeks?|months?|years?|time|fortnight)`,
  String.raw`\b(?:the )?(?:next|coming|this|last) (?:${NUMBER} )?(?:days?|weeks?|months?|weekend|semester|term)\b`,
  String.raw`\b(?:${NUMBER})[\s-](?:days?|weeks?|months?)\b(?: (?:left|to go|until|before))?`,
  String.raw`${SINCE}\b(?:tomorrow|tonight|today|next year|christmas|new year(?:'?s)?(?: eve)?|easter)(?:'s)?\b`,
  String.raw`${SINCE}\b(?:the )?(?:end|middle|beginning) of (?:the |this |next )?(?:week|month|year|semester|term|${MONTH})\b`,
  String.raw`\b(?:no|without a|without any) deadline\b`,
];
const HABIT = new RegExp(HABITS.join('|'), 'giu');
const PHRASE = new RegExp(TIMES.join('|'), 'giu');

/** What is said apart from when: every phrase of time is gone, with a mark where a date or a length of time stood. */
export const withoutTimes = (text: string): string =>
  text
    .replace(HABIT, ' ')
    .replace(PHRASE, ` ${TIME} `)
    .replace(/\s+(?=[,.;:!?])/g, '')
    .replace(/\(\s*¦\s*\)/g, ` ${TIME} `)
    .replace(/\s{2,}/g, ' ')
    .trim();
