import { WEEKDAYS } from '../domain/availability.ts';
import { DAY_MS, daysBetween, HOUR_MS, MINUTE_MS, weekdayOf, zoneOrUtc } from './dates.ts';

/** Numbers, dates and moments as people write them. */

/** "1 card", "3 cards". */
export const counted = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;

/** a · a and b · a, b and c */
export const listOf = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** A list with an end: beyond `most` the rest is counted. */
export const shortListOf = (items: readonly string[], most = 3): string =>
  items.length <= most ? listOf(items) : `${items.slice(0, most).join(', ')} and ${items.length - most} more`;

const amounts = new Intl.NumberFormat('en-GB');

/** 12345 as "12,345". */
export const amount = (count: number): string => amounts.format(count);

/** A sum of money: to the cent, and of less than a dollar as far as it says something. */
export const dollars = (sum: number): string =>
  sum === 0 || sum >= 1 ? `$${sum.toFixed(2)}` : `$${sum.toPrecision(2).replace(/e.*/, '')}`;

/** 0.714 as "71%". */
export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Minutes since midnight as the clock shows them: 1110 is "18:30". */
export const minuteOfDay = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const STYLES = {
  /** Wednesday */
  weekday: { weekday: 'long' },
  /** Wed 2 */
  weekdayAndDay: { weekday: 'short', day: 'numeric' },
  /** 2 December */
  day: { day: 'numeric', month: 'long' },
  /** 2 Dec */
  shortDay: { day: 'numeric', month: 'short' },
  /** 2 December 2026 */
  dayOfYear: { day: 'numeric', month: 'long', year: 'numeric' },
  /** December */
  month: { month: 'long' },
  /** December 2026 */
  monthOfYear: { month: 'long', year: 'numeric' },
  /** Wednesday 2 December */
  dayOfWeek: { weekday: 'long', day: 'numeric', month: 'long' },
  /** Wed 2 Dec */
  shortDayOfWeek: { weekday: 'short', day: 'numeric', month: 'short' },
  /** 18:30 */
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
type Style = keyof typeof STYLES;

// Making a format costs a hundred times what using one does.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(style: Style, timeZone?: string): Intl.DateTimeFormat {
  const key = `${style} ${timeZone}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...STYLES[style], timeZone });
  formats.set(key, format);
  return format;
}

/** A date in words. It is the student's already; read as UTC it stays what it is. */
export const inWords = (date: string, style: Style): string =>
  formatOf(style, 'UTC').format(Date.parse(`${date}T00:00:00Z`));

/** A moment in words, on the clock of a zone, or of this device when none is named. */
export function momentInWords(at: Date | number | string, style: Style, timezone?: string): string {
  const instant = new Date(at);
  return formatOf(style, timezone && zoneOrUtc(timezone)).format(instant);
}

export const dayOfMonth = (date: string) => Number(date.slice(8));
export const weekdayName = (date: string): string => WEEKDAYS[weekdayOf(date)] ?? '';

/** Tue */
export const shortWeekday = (date: string) => weekdayName(date).slice(0, 3);
/** 2 Dec, and 2 Sep, which the locale of Britain writes as 2 Sept. */
export const shortDate = (date: string) => {
  const [day, month = ''] = inWords(date, 'day').split(' ');
  return `${day} ${month.slice(0, 3)}`;
};
/** Wednesday 2 December */
export const longDate = (date: string) => `${weekdayName(date)} ${inWords(date, 'day')}`;
/** Wednesday 2 December 2027, the year only where it is not the one of `today`. */
export const datedFrom = (date: string, today: string) =>
  date.slice(0, 4) === today.slice(0, 4) ? longDate(date) : `${longDate(date)} ${date.slice(0, 4)}`;

/** 16 to 22 Nov, or 30 Nov to 1 Dec. */
export function spanOf(first: string, last: string): string {
  if (first === last) return shortDate(first);
  const isSameMonth = first.slice(0, 7) === last.slice(0, 7);
  return `${isSameMonth ? dayOfMonth(first) : shortDate(first)} to ${shortDate(last)}`;
}

/** today, tomorrow, in 12 days */
export const inDays = (days: number): string =>
  days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;

/** The stretch of time a past date lies in, as lists are grouped by it: Today, Yesterday, Previous 7 days, October, October 2025. */
export function periodOf(date: string, today: string): string {
  const days = daysBetween(date, today);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days <= 7) return 'Previous 7 days';
  return inWords(date, date.slice(0, 4) === today.slice(0, 4) ? 'month' : 'monthOfYear');
}

/** How a date is said on that day: today, tomorrow, yesterday, a weekday nearby, else the date. */
export function spokenDate(date: string, today: string): string {
  const distance = daysBetween(today, date);
  if (distance === 0) return 'today';
  if (distance === 1) return 'tomorrow';
  if (distance === -1) return 'yesterday';
  return Math.abs(distance) < 7 ? weekdayName(date) : `${shortWeekday(date)} ${shortDate(date)}`;
}

/** One decimal where it says something: "1.5 months", "2 months". */
const rounded = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

/** The time to a card's next review as a button shows it: "1 min", "3 days", "2.5 months". */
export function intervalText(from: Date, due: Date): string {
  const milliseconds = Math.max(0, due.getTime() - from.getTime());
  if (milliseconds < HOUR_MS) return `${Math.max(1, Math.round(milliseconds / MINUTE_MS))} min`;
  if (milliseconds < DAY_MS * 0.9) return `${Math.round(milliseconds / HOUR_MS)} h`;
  const days = Math.round(milliseconds / DAY_MS);
  if (days < 31) return counted(Math.max(1, days), 'day');
  if (days < 365) return counted(rounded(days / 30.44), 'month');
  return counted(rounded(days / 365.25), 'year');
}
