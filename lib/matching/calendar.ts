import { clockIn } from '../calendar/clock.ts';
import { DAY_MS, isTimeZone, MINUTE_MS } from '../calendar/dates.ts';
import type { Window } from '../domain/availability.ts';

/** A stretch of time in milliseconds since 1970; the end is not part of it. */
export type Interval = { start: number; end: number };

/** 1 January 1970 was a Thursday. */
const FIRST_DOW = 4;

/** The parts of a stretch of time in which a zone's clocks run evenly, each with how far they are ahead of UTC. */
function evenParts({ start, end }: Interval, timezone: string): (Interval & { offset: number })[] {
  const parts: (Interval & { offset: number })[] = [];
  for (let from = start; from < end; ) {
    const clock = clockIn(from, timezone);
    const change = clock.getTimeZoneTransition('next')?.epochMilliseconds ?? end;
    // A change that lies at `from` or before would never let the loop end.
    const until = change > from ? Math.min(change, end) : end;
    parts.push({ start: from, end: until, offset: clock.offsetNanoseconds / 1e6 });
    from = until;
  }
  return parts;
}

/** Intervals in order, those that overlap or touch as one. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const interval of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && interval.start <= last.end) last.end = Math.max(last.end, interval.end);
    else result.push({ ...interval });
  }
  return result;
}

/**
 * When the windows of a week are open within a stretch of time. A student is free at an instant exactly when the clock
 * on their wall then shows a time of one of their windows: an hour that a change of clocks leaves out is not free, and
 * one that it repeats is free twice. Windows in a zone that does not exist are left out.
 */
export function openTimes(windows: readonly Window[], within: Interval): Interval[] {
  const byZone = Map.groupBy(windows, ({ timezone }) => timezone);
  const open: Interval[] = [];
  for (const [timezone, zoneWindows] of byZone) {
    if (!isTimeZone(timezone)) continue;
    for (const part of evenParts(within, timezone)) {
      const firstDay = Math.floor((part.start + part.offset) / DAY_MS);
      const lastDay = Math.floor((part.end + part.offset) / DAY_MS);
      for (let day = firstDay; day <= lastDay; day += 1) {
        const dow = (((day + FIRST_DOW) % 7) + 7) % 7;
        const midnight = day * DAY_MS - part.offset;
        for (const window of zoneWindows) {
          if (window.dow !== dow) continue;
          const start = Math.max(midnight + window.startMin * MINUTE_MS, part.start);
          const end = Math.min(midnight + window.endMin * MINUTE_MS, part.end);
          if (start < end) open.push({ start, end });
        }
      }
    }
  }
  return merged(open);
}

/** What two lists of intervals, each in order and without overlaps, have in common. */
export function common(mine: readonly Interval[], theirs: readonly Interval[]): Interval[] {
  const shared: Interval[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b] = [mine[i], theirs[j]];
    if (!a || !b) return shared;
    const [start, end] = [Math.max(a.start, b.start), Math.min(a.end, b.end)];
    if (start < end) shared.push({ start, end });
    if (a.end < b.end) i += 1;
    else j += 1;
  }
}

/**
 * Until when somebody is free from this instant on, at most `days` ahead; null when they are not. What they said by hand
 * (`beaconUntil`) counts as their windows do: where one begins before the other ends, both are one stretch.
 */
export function openUntil(
  windows: readonly Window[],
  now: Date,
  { beaconUntil = null, days = 2 }: { beaconUntil?: Date | null; days?: number } = {},
): Date | null {
  const start = now.getTime();
  const said = beaconUntil !== null && beaconUntil.getTime() > start;
  const beacon = said ? [{ start, end: beaconUntil.getTime() }] : [];
  const [first] = merged([...beacon, ...openTimes(windows, { start, end: start + days * DAY_MS })]);
  return first?.start === start ? new Date(first.end) : null;
}
