import { Temporal } from 'temporal-polyfill';
import { DAY_MINUTES } from '../domain/bounds.ts';
import { AppError } from '../errors.ts';
import { type Interval, merged } from '../matching/calendar.ts';
import { clockIn } from './clock.ts';
import { DAY_MS, MINUTE_MS } from './dates.ts';
import type { Calendar, Entry, Moment } from './parse-calendar.ts';
import { dayNumber, occurrences } from './recurrence.ts';

export const WEEKS_AHEAD = 4;
/** A single entry that lasts longer is a term or a job, not an appointment; it is busy for this long. */
const LONGEST_DAYS = 31;
/**
 * What is looked at of one calendar: moments, and days on which something might repeat. A full timetable needs a few
 * hundred of the first and some thousands of the second; a megabyte made for it would need minutes.
 */
const MOST_INSTANTS = 15_000;
const MOST_DAYS_ASKED = 300_000;

export type BusyTimes = { busy: Interval[]; events: number; skipped: number };

/** The stretch that is looked at: from the start of the student's day, four weeks. */
export function weeksAhead(now: Date, timezone: string): Interval {
  const today = clockIn(now, timezone).startOfDay();
  return {
    start: today.epochMilliseconds,
    end: today.add({ days: WEEKS_AHEAD * 7 }).epochMilliseconds,
  };
}

type InstantOf = (moment: Moment, fallback: string) => number;

const tooMuch = () =>
  new AppError('payload_too_large', {
    message: 'This calendar repeats more than I can follow. Export the coming weeks alone.',
  });

/** Each moment is worked out once. An hour that a change of clocks leaves out is the one after it. */
function newInstants(): InstantOf {
  const known = new Map<string, number>();
  return ({ day, minute, zone }, fallback) => {
    const key = `${day} ${minute} ${zone ?? fallback}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= MOST_INSTANTS) throw tooMuch();
    const instant = Temporal.PlainDate.from('1970-01-01')
      .add({ days: day })
      .toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 })
      .toZonedDateTime(zone ?? fallback).epochMilliseconds;
    known.set(key, instant);
    return instant;
  };
}

/** How many days and minutes an entry lasts on the wall, so that it ends at the same hour in winter and in summer. */
function lengthOf(
  { start, end, minutes }: Entry,
  fallback: string,
  instantOf: InstantOf,
): { days: number; ms: number } {
  const most = { days: LONGEST_DAYS, ms: 0 };
  if (end && start.isAllDay) return { days: Math.min(Math.max(end.day - start.day, 1), LONGEST_DAYS), ms: 0 };
  if (end) {
    const ms = Math.max(0, instantOf(end, fallback) - instantOf(start, fallback));
    return ms > LONGEST_DAYS * DAY_MS ? most : { days: 0, ms };
  }
  if (minutes !== null) {
    return minutes > LONGEST_DAYS * DAY_MINUTES ? most : { days: 0, ms: minutes * MINUTE_MS };
  }
  return start.isAllDay ? { days: 1, ms: 0 } : { days: 0, ms: 0 };
}

/** When a calendar keeps somebody busy in the next four weeks. `fallback`: the student's own zone. */
export function busyTimes({ entries, zone, unreadable }: Calendar, now: Date, timezone: string): BusyTimes {
  const fallback = zone ?? timezone;
  const within = weeksAhead(now, timezone);
  // A day more on each side: days begin at other instants elsewhere, and an entry may have begun before.
  const today = new Date(within.start);
  const firstDay =
    dayNumber(today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate()) - 2 - LONGEST_DAYS;
  const days = { firstDay, lastDay: firstDay + LONGEST_DAYS + WEEKS_AHEAD * 7 + 4 };

  const instantOf = newInstants();
  const budget = { days: MOST_DAYS_ASKED };
  // An all-day entry has no zone: it is the student's own day, wherever the calendar was kept.
  const clockOf = (moment: Moment) => (moment.isAllDay ? timezone : fallback);
  const keyOf = (uid: string, moment: Moment) => `${uid}\n${instantOf(moment, clockOf(moment))}`;
  const replaced = new Set(
    entries.flatMap(({ uid, insteadOf }) => {
      const isNear = insteadOf && insteadOf.day >= days.firstDay - 1 && insteadOf.day <= days.lastDay + 1;
      return isNear ? [keyOf(uid, insteadOf)] : [];
    }),
  );

  const busy: Interval[] = [];
  let skipped = unreadable;
  for (const entry of entries) {
    if (!entry.isBusy) continue;
    if (entry.rule === 'unreadable') skipped += 1;
    const rule = entry.rule === 'unreadable' ? null : entry.rule;
    const isLookedAt = ({ day }: Moment) => day >= days.firstDay - 1 && day <= days.lastDay + 1;
    const found = occurrences(entry.insteadOf ? null : rule, entry.start.day, days, budget);
    if (budget.days < 0) throw tooMuch();
    const starts = [...found.map((day) => ({ ...entry.start, day })), ...entry.alsoOn.filter(isLookedAt)];
    if (starts.length === 0) continue;
    const length = lengthOf(entry, fallback, instantOf);
    const exceptOn = entry.exceptOn.filter(isLookedAt);
    const except = new Set(exceptOn.map((moment) => keyOf(entry.uid, moment)));
    const exceptDays = new Set(exceptOn.filter(({ isAllDay }) => isAllDay).map(({ day }) => day));
    for (const moment of starts) {
      const key = keyOf(entry.uid, moment);
      if (except.has(key) || exceptDays.has(moment.day)) continue;
      if (!entry.insteadOf && replaced.has(key)) continue;
      const start = instantOf(moment, clockOf(moment));
      const end =
        length.days > 0
          ? instantOf({ ...moment, day: moment.day + length.days }, clockOf(moment))
          : start + length.ms;
      if (end > within.start && start < within.end && end > start) {
        busy.push({ start: Math.max(start, within.start), end: Math.min(end, within.end) });
      }
    }
  }
  return { busy: merged(busy), events: busy.length, skipped };
}
