import * as chrono from 'chrono-node';
import { DAYS } from './days.ts';
import { NUMBER, NUMBER_WORD, readNumber } from './numbers.ts';

const every = (pattern: string): RegExp => new RegExp(pattern, 'gi');

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
  return date ? isoDate(date) : afterPeriod(text, now);
}

/** How often one studies is full of day names; they go before the rest is read for a date. */
function withoutHabits(text: string): string {
  const plain = text
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
    .replace(/\bchristmas(?: day| break)?\b/gi, 'December 25')
    .replace(/\bnew year'?s? eve\b/gi, 'December 31')
    .replace(/\bnew year'?s?(?: day)?\b/gi, 'January 1')
    .replace(
      every(String.raw`\bin (${NUMBER_WORD}|a) (day|week|month)`),
      (_, count: string, unit: string) => `in ${readNumber(count)} ${unit}`,
    );
  const named = plain.match(every(String.raw`\b(?:${DAYS})\b`)) ?? [];
  return named.length < 2
    ? plain
    : plain.replace(every(String.raw`\b(?:on\s)?(?:${DAYS})\b[, ]*(?:and )?`), ' ');
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
    new RegExp(String.raw`\bover (?:the )?(?:next |coming )?(${NUMBER})\s(week|day|month)s?`, 'i').exec(
      text,
    ) ??
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
