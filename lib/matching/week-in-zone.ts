import { clockIn } from '../calendar/clock.ts';
import { isTimeZone } from '../calendar/dates.ts';
import type { Window } from '../domain/availability.ts';
import { DAY_MINUTES } from '../domain/bounds.ts';
import { openTimes } from './calendar.ts';
import { normaliseWindows } from './windows.ts';

const DAYS = 7;

/**
 * Weekly windows as they fall on the clock of one zone in the seven days from now on. Windows that are set on that clock
 * come back as they are; others are moved, which holds until the clocks of one of the two zones change.
 */
export function weekInZone(windows: readonly Window[], timezone: string, now: Date): Window[] {
  const own = windows.filter((window) => window.timezone === timezone);
  const others = windows.filter((window) => window.timezone !== timezone);
  if (others.length === 0 || !isTimeZone(timezone)) return normaliseWindows(own);
  const today = clockIn(now, timezone).startOfDay();
  const moved: Window[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    const start = today.add({ days: day });
    const end = today.add({ days: day + 1 });
    const minuteOf = (at: number) =>
      at >= end.epochMilliseconds
        ? DAY_MINUTES
        : clockIn(at, timezone).since(start, { largestUnit: 'minute' }).minutes;
    for (const open of openTimes(others, { start: start.epochMilliseconds, end: end.epochMilliseconds })) {
      const [startMin, endMin] = [minuteOf(open.start), Math.min(minuteOf(open.end), DAY_MINUTES)];
      if (startMin < endMin) moved.push({ dow: start.dayOfWeek % DAYS, startMin, endMin, timezone });
    }
  }
  return normaliseWindows([...own, ...moved]);
}
