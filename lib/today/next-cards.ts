import { daysBetween, localDate } from '../study/mastery/time.ts';

/** "on Sunday", "tomorrow", "later today": when the next cards come, in the student's calendar. Null when none do. */
export function nextCardsWord(nextDue: string | null, now: Date, timezone: string): string | null {
  if (nextDue === null) return null;
  const date = localDate(new Date(nextDue), timezone);
  const days = daysBetween(localDate(now, timezone), date);
  if (days <= 0) return 'later today';
  if (days === 1) return 'tomorrow';
  const options: Intl.DateTimeFormatOptions =
    days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' };
  // The date is the student's already; read as UTC it stays what it is.
  return `on ${new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(new Date(date))}`;
}
