import { addDays, dateIn, daysBetween, isDate, weekdayOf } from '../../calendar/dates.ts';
import { datedFrom, listOf } from '../../calendar/words.ts';
import { WEEKDAYS } from '../../domain/availability.ts';
import { AppError } from '../../errors.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** How far a plan without a deadline looks ahead. */
export const DEFAULT_HORIZON_DAYS = 28;
/** Beyond half a year a plan of days is fiction. */
export const MAX_HORIZON_DAYS = 26 * 7;

const twoDigits = (text: string) => text.padStart(2, '0');
const invalid = (message: string) => new AppError('invalid_request', { message });

/** "2 December 2026", "Dec 2", "2nd of December": without a year the next such day. */
function spelledOut(text: string, today: string): string | null {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?([a-z]{3,9})\.?,?(?:\s+(\d{4}))?$/i.exec(text);
  const monthFirst = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?$/i.exec(text);
  const [day, month, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const monthIndex = MONTHS.indexOf(month?.slice(0, 3).toLowerCase() ?? '');
  if (!day || monthIndex < 0) return null;
  const inYear = (number: number) => `${number}-${twoDigits(String(monthIndex + 1))}-${twoDigits(day)}`;
  const thisYear = Number(today.slice(0, 4));
  if (year) return inYear(Number(year));
  return inYear(thisYear) >= today ? inYear(thisYear) : inYear(thisYear + 1);
}

/**
 * The day a deadline falls on where the student is. Takes ISO dates and date-times with or without an offset, and the
 * ways people and models write them by hand.
 */
export function parseDeadline(text: string, timezone: string, today: string): string {
  const clean = text.trim().replace(/\s+/g, ' ');
  const unreadable = () =>
    invalid(
      `“${clean.slice(0, 40)}” is not a date I can read. Write the deadline like ${addDays(today, 14)}.`,
    );

  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](.*))?$/i.exec(clean);
  const compact = /^(\d{4})(\d{2})(\d{2})(?:T.*)?$/.exec(clean);
  const [, year, month, day] = iso ?? compact ?? [];
  const date =
    year && month && day ? `${year}-${twoDigits(month)}-${twoDigits(day)}` : spelledOut(clean, today);
  if (date === null || !isDate(date)) throw unreadable();

  // Only a time that says how far it is from UTC can fall on another day where the student is.
  const time = iso?.[4];
  if (time === undefined || !/(?:Z|[+-]\d{2}:?\d{2})$/i.test(time)) return date;
  const instant = new Date(`${date}T${time.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')}`);
  if (Number.isNaN(instant.getTime())) throw unreadable();
  return dateIn(instant, timezone);
}

export type Horizon = { deadline: string | null; endsOn: string; isCut: boolean };

/** The last day to plan for. Refuses a deadline that leaves no day. */
export function horizonOf(deadline: string | null, today: string): Horizon {
  if (deadline === null) {
    return { deadline, endsOn: addDays(today, DEFAULT_HORIZON_DAYS - 1), isCut: false };
  }
  const daysLeft = daysBetween(today, deadline);
  if (daysLeft < 0) {
    throw invalid(
      `The deadline, ${datedFrom(deadline, today)}, is over. Give me a date that is still to come, and I plan up to it.`,
    );
  }
  if (daysLeft === 0) {
    throw invalid(
      'The deadline is today, so there is no day left to plan. Ask for a quiz on what matters most, or give a later date.',
    );
  }
  const isCut = daysLeft > MAX_HORIZON_DAYS;
  return { deadline, endsOn: addDays(today, (isCut ? MAX_HORIZON_DAYS : daysLeft) - 1), isCut };
}

/** "Sundays", "Mondays and Fridays". */
export function weekdayList(weekdays: readonly number[]): string {
  const fromMonday = [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  return listOf(fromMonday.map((day) => `${WEEKDAYS[day]}s`));
}

/**
 * The weekdays to study on: those the student named, else an even spread that begins today. Within a single week the
 * days there are, are spread over; a plan of three days does not wait for the fourth.
 */
export function studyWeekdays(
  { named, daysPerWeek }: { named: readonly number[]; daysPerWeek: number },
  today: string,
  endsOn: string,
): number[] {
  if (named.length > 0) return [...new Set(named)].sort((a, b) => a - b);
  const span = Math.min(7, daysBetween(today, endsOn) + 1);
  const count = Math.min(daysPerWeek, span);
  return Array.from(
    { length: count },
    (_, index) => (weekdayOf(today) + Math.floor((index * span) / count)) % 7,
  ).sort((a, b) => a - b);
}

export const noStudyDay = (weekdays: readonly number[], deadline: string, today: string) =>
  invalid(
    `None of your ${weekdayList(weekdays)} comes before the deadline, ${datedFrom(deadline, today)}. Name another day or a later date.`,
  );
