import { dayOf, daysBetween } from '@/lib/study/cards/days';

/** A day in words: "today", "tomorrow", "on Sunday", "on 12 December". */
export function dayText(instant: string, now: Date, timezone: string): string {
  const due = new Date(instant);
  const day = dayOf(due, timezone);
  const days = daysBetween(dayOf(now, timezone), day);
  if (days <= 0) return 'today';
  if (days === 1) return 'tomorrow';
  // The date is already the student's own, so it is written as it stands.
  const date = new Date(`${day}T12:00:00Z`);
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(date);
  if (days < 7) return `on ${write({ weekday: 'long' })}`;
  return `on ${write({ day: 'numeric', month: 'long', ...(days > 300 ? { year: 'numeric' } : {}) })}`;
}

/** The sentence for when nothing is due. */
export function nothingDueText(nextDue: string | null, now: Date, timezone: string): string {
  if (nextDue === null) return 'Nothing is due, and no card waits.';
  const day = dayText(nextDue, now, timezone);
  return day === 'today'
    ? 'Nothing is due. The next cards come later today. Rest is part of it.'
    : `Nothing is due. The next cards come ${day}. Rest is part of it.`;
}
