/**
 * Calendar dates as `YYYY-MM-DD`. A plan is made of days in the student's life, not of instants, so nothing here has a
 * time zone except the one question which day it is now.
 */

const DAY_MILLISECONDS = 86_400_000;
export const WEEKDAY_NAMES = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const instantOf = (date: string) => Date.parse(`${date}T00:00:00Z`);
const dateOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);

/** Whether the text names a day that exists: 2026-02-30 does not. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const milliseconds = instantOf(text);
  return !Number.isNaN(milliseconds) && dateOf(milliseconds) === text;
}

export const addDays = (date: string, days: number) => dateOf(instantOf(date) + days * DAY_MILLISECONDS);

/** How many days lie between; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string) =>
  Math.round((instantOf(to) - instantOf(from)) / DAY_MILLISECONDS);

/** 0 is Sunday, as in `Date`. */
export const weekdayOf = (date: string) => new Date(instantOf(date)).getUTCDay();

export const mondayOf = (date: string) => addDays(date, -((weekdayOf(date) + 6) % 7));

/** Every date from the first to the last. */
export const datesBetween = (first: string, last: string): string[] =>
  Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, index) => addDays(first, index));

/** Which day it is at that moment where the student is. A zone nobody knows counts as UTC. */
export function dateIn(instant: Date, timezone: string): string {
  try {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).formatToParts(instant);
    const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
    return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return instant.toISOString().slice(0, 10);
  }
}

export const dayOfMonth = (date: string) => Number(date.slice(8));
export const weekdayName = (date: string): string => WEEKDAY_NAMES[weekdayOf(date)] ?? '';
const monthName = (date: string): string => MONTH_NAMES[Number(date.slice(5, 7)) - 1] ?? '';

/** Tue */
export const shortWeekday = (date: string) => weekdayName(date).slice(0, 3);
/** 2 Dec */
export const shortDate = (date: string) => `${dayOfMonth(date)} ${monthName(date).slice(0, 3)}`;
/** Wednesday 2 December */
export const longDate = (date: string) => `${weekdayName(date)} ${dayOfMonth(date)} ${monthName(date)}`;
/** Wednesday 2 December 2027, the year only where it is not the one of `today`. */
export const datedFrom = (date: string, today: string) =>
  date.slice(0, 4) === today.slice(0, 4) ? longDate(date) : `${longDate(date)} ${date.slice(0, 4)}`;

/** 16 to 22 Nov, or 30 Nov to 1 Dec. */
export function spanOf(first: string, last: string): string {
  if (first === last) return shortDate(first);
  const isSameMonth = first.slice(0, 7) === last.slice(0, 7);
  return `${isSameMonth ? dayOfMonth(first) : shortDate(first)} to ${shortDate(last)}`;
}

/** How a date is said on that day: today, tomorrow, yesterday, a weekday nearby, else the date. */
export function spokenDate(date: string, today: string): string {
  const distance = daysBetween(today, date);
  if (distance === 0) return 'today';
  if (distance === 1) return 'tomorrow';
  if (distance === -1) return 'yesterday';
  return Math.abs(distance) < 7 ? weekdayName(date) : `${shortWeekday(date)} ${shortDate(date)}`;
}
