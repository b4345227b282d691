import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/calendar/dates';
import { counted } from '@/lib/calendar/words';

/** "last here 2 hours ago"; nothing for somebody who was never here, or so long ago that it says nothing. */
export function lastHere(lastSeen: string | null, now: number): string | null {
  if (lastSeen === null) return null;
  const passed = now - Date.parse(lastSeen);
  if (!(passed >= 0)) return null;
  if (passed < HOUR_MS)
    return `last here ${counted(Math.max(1, Math.floor(passed / MINUTE_MS)), 'minute')} ago`;
  if (passed < DAY_MS) return `last here ${counted(Math.floor(passed / HOUR_MS), 'hour')} ago`;
  if (passed < 30 * DAY_MS) return `last here ${counted(Math.floor(passed / DAY_MS), 'day')} ago`;
  return null;
}

const LONG_MINUTES = 180;

/** "40 min"; nobody plans by the minute what lasts for half a day. */
export const freeLength = (minutes: number) =>
  minutes > LONG_MINUTES ? `${LONG_MINUTES / 60} h and more` : `${minutes} min`;

/** "Sat 21 Nov, 18:30" as it stands in a list: the day, the hour, and whether it is only likely. */
export const freeWords = (whenMine: string, confidence: number, maybeBelow: number) =>
  `free ${whenMine}${confidence < maybeBelow ? ', maybe' : ''}`;
