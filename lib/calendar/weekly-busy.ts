import { DAY_MINUTES } from '../domain/bounds.ts';
import type { Interval } from '../matching/calendar.ts';
import { WEEKS_AHEAD, weeksAhead } from './busy-times.ts';
import { clockIn } from './clock.ts';

/** A stretch of a weekday that is busy, and in how many of the weeks looked at. */
export type WeeklyBusy = { dow: number; startMin: number; endMin: number; weeks: number };

const SLOT_MINUTES = 15;
const SLOTS = DAY_MINUTES / SLOT_MINUTES;
const DAYS = 7;

/** Four weeks laid over each other: what stays is when, not what. */
export function weeklyBusy(busy: readonly Interval[], now: Date, timezone: string): WeeklyBusy[] {
  const { start } = weeksAhead(now, timezone);
  const today = clockIn(start, timezone);
  const counts = new Map<number, number[]>();
  for (let index = 0; index < WEEKS_AHEAD * DAYS; index += 1) {
    const day = today.add({ days: index }).startOfDay();
    const next = day.add({ days: 1 }).startOfDay();
    const slots = counts.get(day.dayOfWeek % DAYS) ?? Array.from({ length: SLOTS }, () => 0);
    counts.set(day.dayOfWeek % DAYS, slots);
    const taken = new Set<number>();
    for (const interval of busy) {
      const from = Math.max(interval.start, day.epochMilliseconds);
      const to = Math.min(interval.end, next.epochMilliseconds);
      if (from >= to) continue;
      const first = Math.floor(minuteOf(from, timezone) / SLOT_MINUTES);
      const last = to === next.epochMilliseconds ? SLOTS : Math.ceil(minuteOf(to, timezone) / SLOT_MINUTES);
      for (let slot = first; slot < last; slot += 1) taken.add(slot);
    }
    for (const slot of taken) slots[slot] = (slots[slot] ?? 0) + 1;
  }
  return [...counts]
    .flatMap(([dow, slots]) => stretchesOf(dow, slots))
    .sort((a, b) => a.dow - b.dow || a.startMin - b.startMin);
}

function minuteOf(at: number, timezone: string): number {
  const clock = clockIn(at, timezone);
  return clock.hour * 60 + clock.minute;
}

/** Neighbouring quarter hours that are busy equally often are one stretch. */
function stretchesOf(dow: number, slots: readonly number[]): WeeklyBusy[] {
  const stretches: WeeklyBusy[] = [];
  slots.forEach((weeks, slot) => {
    if (weeks === 0) return;
    const startMin = slot * SLOT_MINUTES;
    const last = stretches.at(-1);
    if (last?.endMin === startMin && last.weeks === weeks) last.endMin += SLOT_MINUTES;
    else stretches.push({ dow, startMin, endMin: startMin + SLOT_MINUTES, weeks });
  });
  return stretches;
}
