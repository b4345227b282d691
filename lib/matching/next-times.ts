import { z } from 'zod';
import { clockIn } from '../calendar/clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../calendar/dates.ts';
import type { Window } from '../domain/availability.ts';
import { sayMoment } from '../language/said.ts';
import { common, type Interval, openTimes } from './calendar.ts';

/** In how many of the weeks looked at a student was here in an hour of the week, counted in UTC from Sunday 00:00. */
export type Habit = { weeks: number; hours: ReadonlyMap<number, number> };

export type Side = { windows: readonly Window[]; timezone: string; habit: Habit | null };

export const nextTimeSchema = z.object({
  whenISO: z.string(),
  endISO: z.string(),
  confidence: z.number().min(0).max(1).describe('How likely it is that it works out.'),
  whenMine: z.string().describe('On the student’s clock.'),
  whenTheirs: z.string().describe('On the other student’s clock.'),
});
export type NextTime = z.output<typeof nextTimeSchema>;

export const DAYS_AHEAD = 14;
/** Shorter is not worth meeting for. */
export const MIN_MEETING_MINUTES = 25;
const ROUND_TO_MINUTES = 5;
/** Nobody plans a longer session at once; a whole free day is offered at its first good hours. */
const LONGEST_MINUTES = 180;
const MAX_TIMES = 5;

const SURE = 0.95;
/** What two weeks of distance, an early or late hour, a short slot and an unknown habit each take away. */
const DISTANCE_LOSS = 0.3;
const EDGE_HOUR = 0.75;
const SHORT_SLOT = 0.9;
const SHORT_MINUTES = 45;
const UNKNOWN_HABIT = 0.9;
const LEAST_HABIT = 0.55;
/** From this hour on, and before the other, people are awake and willing. */
const FIRST_HOUR = 8;
const LAST_HOUR = 22;
/** Fewer weeks say nothing about a habit. */
const LEAST_WEEKS = 2;

function isEdgeHour(at: number, timezone: string): boolean {
  const { hour } = clockIn(at, timezone);
  return hour < FIRST_HOUR || hour >= LAST_HOUR;
}

/** The hour of the week of an instant, counted in UTC from Sunday 00:00. */
export const hourOfWeek = (at: number) => Math.floor(((at + 4 * DAY_MS) % (7 * DAY_MS)) / HOUR_MS);

/** How a student's habit bears on a time: as often here as not takes a fifth away, never here nearly half. */
function habitFactor(habit: Habit | null, at: number): number {
  if (!habit || habit.weeks < LEAST_WEEKS) return UNKNOWN_HABIT;
  const share = Math.min(1, (habit.hours.get(hourOfWeek(at)) ?? 0) / habit.weeks);
  return LEAST_HABIT + (1 - LEAST_HABIT) * share;
}

function confidenceOf({ start, end }: Interval, now: number, mine: Side, theirs: Side): number {
  const distance = Math.min(1, (start - now) / (DAYS_AHEAD * DAY_MS));
  const edges = [mine, theirs].filter(({ timezone }) => isEdgeHour(start, timezone)).length;
  const short = end - start < SHORT_MINUTES * MINUTE_MS ? SHORT_SLOT : 1;
  const value =
    SURE * (1 - DISTANCE_LOSS * distance) * EDGE_HOUR ** edges * short * habitFactor(theirs.habit, start);
  return Math.round(value * 100) / 100;
}

/** Times in which both are free, each long enough to meet, from now on. */
export function sharedTimes(mine: readonly Window[], theirs: readonly Window[], now: Date): Interval[] {
  const within = { start: now.getTime(), end: now.getTime() + DAYS_AHEAD * DAY_MS };
  return common(openTimes(mine, within), openTimes(theirs, within)).filter(
    ({ start, end }) => end - start >= MIN_MEETING_MINUTES * MINUTE_MS,
  );
}

/** A shared time of more than a day is one for each day on the student's clock, or whoever is always free would be told of one. */
function byDay({ start, end }: Interval, timezone: string, most: number): Interval[] {
  if (end - start <= DAY_MS) return [{ start, end }];
  const days: Interval[] = [];
  for (let from = start; from < end && days.length < most; ) {
    const tomorrow = clockIn(from, timezone).add({ days: 1 }).startOfDay().epochMilliseconds;
    // What is left of today may be too short to meet in; it must not use up one of the days.
    const until = Math.min(tomorrow, end);
    if (until - from >= MIN_MEETING_MINUTES * MINUTE_MS) days.push({ start: from, end: until });
    from = until;
  }
  return days;
}

/** A shared time as it is offered: from the next five minutes on, skipping hours at which nobody would want to meet. */
function offered({ start, end }: Interval, mine: Side, theirs: Side): Interval | null {
  const step = ROUND_TO_MINUTES * MINUTE_MS;
  const first = Math.ceil(start / step) * step;
  let from = first;
  const isBad = (at: number) => isEdgeHour(at, mine.timezone) || isEdgeHour(at, theirs.timezone);
  const last = end - MIN_MEETING_MINUTES * MINUTE_MS;
  while (isBad(from) && from < last) from += step;
  if (isBad(from) || from > last) from = first;
  const until = Math.min(end, from + LONGEST_MINUTES * MINUTE_MS);
  return until - from >= MIN_MEETING_MINUTES * MINUTE_MS ? { start: from, end: until } : null;
}

/** The best times for two students to meet in the next fourteen days, the earliest first, in both their clocks. */
export function nextBestTimes(mine: Side, theirs: Side, now: Date, limit = MAX_TIMES): NextTime[] {
  return sharedTimes(mine.windows, theirs.windows, now)
    .flatMap((shared) => byDay(shared, mine.timezone, limit))
    .flatMap((shared) => offered(shared, mine, theirs) ?? [])
    .map((slot) => ({ ...slot, confidence: confidenceOf(slot, now.getTime(), mine, theirs) }))
    .sort((a, b) => b.confidence - a.confidence || a.start - b.start)
    .slice(0, limit)
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, confidence }) => ({
      whenISO: new Date(start).toISOString(),
      endISO: new Date(end).toISOString(),
      confidence,
      whenMine: sayMoment(start, mine.timezone),
      whenTheirs: sayMoment(start, theirs.timezone),
    }));
}
