import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/calendar/dates';
import type { Translate } from '@/lib/language/text';

/** "last here 2 hours ago"; nothing for somebody who was never here, or so long ago that it says nothing. */
export function lastHere(lastSeen: string | null, now: number, t: Translate): string | null {
  if (lastSeen === null) return null;
  const passed = now - Date.parse(lastSeen);
  if (!(passed >= 0)) return null;
  if (passed < HOUR_MS)
    return t('last here {value, plural, one {# minute} other {# minutes}} ago', {
      value: Math.max(1, Math.floor(passed / MINUTE_MS)),
    });
  if (passed < DAY_MS)
    return t('last here {passed, plural, one {# hour} other {# hours}} ago', {
      passed: Math.floor(passed / HOUR_MS),
    });
  if (passed < 30 * DAY_MS)
    return t('last here {passed, plural, one {# day} other {# days}} ago', {
      passed: Math.floor(passed / DAY_MS),
    });
  return null;
}

const LONG_MINUTES = 180;

/** "40 min"; nobody plans by the minute what lasts for half a day. */
export const freeLength = (minutes: number, t: Translate) =>
  minutes > LONG_MINUTES
    ? t('{value} h and more', { value: LONG_MINUTES / 60 })
    : t('{minutes} min', { minutes });

/** "Sat 21 Nov, 18:30" as it stands in a list: the day, the hour, and whether it is only likely. */
export const freeWords = (whenMine: string, confidence: number, maybeBelow: number, t: Translate) =>
  confidence < maybeBelow ? t('free {whenMine}, maybe', { whenMine }) : t('free {whenMine}', { whenMine });
