import { dateIn, daysBetween } from '../calendar/dates.ts';
import { inWords } from '../calendar/words.ts';

/** "on Sunday", "tomorrow", "later today": when the next cards come, in the student's calendar. Null when none do. */
export function nextCardsWord(nextDue: string | null, now: Date, timezone: string): string | null {
  if (nextDue === null) return null;
  const date = dateIn(new Date(nextDue), timezone);
  const days = daysBetween(dateIn(now, timezone), date);
  if (days <= 0) return 'later today';
  if (days === 1) return 'tomorrow';
  return `on ${inWords(date, days < 7 ? 'weekday' : 'day')}`;
}
