import { dateIn, daysBetween } from '@/lib/calendar/dates';
import { inDays, inWords } from '@/lib/calendar/words';
import type { Translate } from '@/lib/language/text';

/** A day in words: "today", "tomorrow", "on Sunday", "on 12 December". */
export function dayText(instant: string, now: Date, timezone: string, t: Translate): string {
  const day = dateIn(new Date(instant), timezone);
  const days = daysBetween(dateIn(now, timezone), day);
  if (days < 2) return inDays(Math.max(0, days), t.language);
  if (days < 7) return t('on {date}', { date: inWords(day, 'weekday', t.language) });
  return t('on {date}', { date: inWords(day, days > 300 ? 'dayOfYear' : 'day', t.language) });
}

/** When the next cards come. */
export function nextCardsText(nextDue: string, now: Date, timezone: string, t: Translate): string {
  return dateIn(new Date(nextDue), timezone) <= dateIn(now, timezone)
    ? t('The next cards come later today. Rest is part of it.')
    : t('The next cards come {day}. Rest is part of it.', { day: dayText(nextDue, now, timezone, t) });
}

/** The sentence for when nothing is due. */
export const nothingDueText = (nextDue: string | null, now: Date, timezone: string, t: Translate): string =>
  nextDue === null
    ? t('Nothing is due, and no card waits.')
    : `${t('Nothing is due.')} ${nextCardsText(nextDue, now, timezone, t)}`;
