import { dateIn, daysBetween } from '../calendar/dates.ts';
import { inDays, inWords } from '../calendar/words.ts';
import { inEnglish } from '../language/text.ts';

/** "on Sunday", "tomorrow", "later today": when the next cards come, in the student's calendar. Null when none do. */
export function nextCardsWord(
  nextDue: string | null,
  now: Date,
  timezone: string,
  t = inEnglish,
): string | null {
  if (nextDue === null) return null;
  const date = dateIn(new Date(nextDue), timezone);
  const days = daysBetween(dateIn(now, timezone), date);
  if (days <= 0) return t('later today');
  if (days === 1) return inDays(1, t.language);
  return t('on {date}', { date: inWords(date, days < 7 ? 'weekday' : 'day', t.language) });
}
