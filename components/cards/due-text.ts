import { dateIn, daysBetween } from '@/lib/calendar/dates';
import { inWords } from '@/lib/calendar/words';

/** A day in words: "today", "tomorrow", "on Sunday", "on 12 December". */
export function dayText(instant: string, now: Date, timezone: string): string {
  const day = dateIn(new Date(instant), timezone);
  const days = daysBetween(dateIn(now, timezone), day);
  if (days <= 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days < 7) return `on ${inWords(day, 'weekday')}`;
  return `on ${inWords(day, days > 300 ? 'dayOfYear' : 'day')}`;
}

/** The sentence for when nothing is due. */
export function nothingDueText(nextDue: string | null, now: Date, timezone: string): string {
  if (nextDue === null) return 'Nothing is due, and no card waits.';
  const day = dayText(nextDue, now, timezone);
  return day === 'today'
    ? 'Nothing is due. The next cards come later today. Rest is part of it.'
    : `Nothing is due. The next cards come ${day}. Rest is part of it.`;
}
