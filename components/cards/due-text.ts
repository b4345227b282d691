import { dateIn, daysBetween } from '@/lib/calendar/dates';
import { inWords } from '@/lib/calendar/words';
import type { Translate } from '@/lib/language/text';

/** A day in words: "today", "tomorrow", "on Sunday", "on 12 December". */
export function dayText(instant: string, now: Date, timezone: string, t: Translate): string {
  const day = dateIn(new Date(instant), timezone);
  const days = daysBetween(dateIn(now, timezone), day);
  if (days <= 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days < 7) return t('on {date}', { date: inWords(day, 'weekday', t.language) });
  return t('on {date}', { date: inWords(day, days > 300 ? 'dayOfYear' : 'day', t.language) });
}

/** The sentence for when nothing is due. */
export function nothingDueText(nextDue: string | null, now: Date, timezone: string, t: Translate): string {
  if (nextDue === null) return t('Nothing is due, and no card waits.');
  const day = dayText(nextDue, now, timezone, t);
  return day === 'today'
    ? t('Nothing is due. The next cards come later today. Rest is part of it.')
    : t('Nothing is due. The next cards come {day}. Rest is part of it.', { day });
}
