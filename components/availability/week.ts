import { minuteOfDay } from '@/lib/calendar/words';
import type { Window } from '@/lib/domain/availability';
import { inEnglish, text } from '@/lib/language/text';

/** Half hours of a week, true where the student is free: seven days from Sunday, 48 each, as windows count them. */
export type Week = readonly boolean[];

export const SLOT_MINUTES = 30;
export const SLOTS = 48;
const DAYS_A_WEEK = 7;

/** Weeks are read from Monday on; the number is that of the day in a window. */
export const DAYS = [
  { dow: 1, name: text('Monday'), short: text('Mon') },
  { dow: 2, name: text('Tuesday'), short: text('Tue') },
  { dow: 3, name: text('Wednesday'), short: text('Wed') },
  { dow: 4, name: text('Thursday'), short: text('Thu') },
  { dow: 5, name: text('Friday'), short: text('Fri') },
  { dow: 6, name: text('Saturday'), short: text('Sat') },
  { dow: 0, name: text('Sunday'), short: text('Sun') },
] as const;

/** A place in the grid as it is drawn: the column counts from Monday. */
export type Cell = { column: number; slot: number };

type Span = Pick<Window, 'dow' | 'startMin' | 'endMin'>;

const indexOf = ({ column, slot }: Cell) => (DAYS[column]?.dow ?? 0) * SLOTS + slot;

export const EMPTY_WEEK: Week = Array.from({ length: DAYS_A_WEEK * SLOTS }, () => false);
export const isFree = (week: Week, cell: Cell) => week[indexOf(cell)] === true;

/** How many minutes of each half hour the spans cover. */
function covered(spans: readonly Span[]): number[] {
  const minutes = EMPTY_WEEK.map(() => 0);
  for (const { dow, startMin, endMin } of spans) {
    for (let slot = Math.floor(startMin / SLOT_MINUTES); slot * SLOT_MINUTES < endMin; slot += 1) {
      const from = Math.max(startMin, slot * SLOT_MINUTES);
      const to = Math.min(endMin, (slot + 1) * SLOT_MINUTES);
      const index = dow * SLOTS + slot;
      minutes[index] = (minutes[index] ?? 0) + (to - from);
    }
  }
  return minutes;
}

/** Windows as half hours: one counts as free when at least half of it is. */
export const weekOf = (windows: readonly Span[]): Week =>
  covered(windows).map((minutes) => minutes >= SLOT_MINUTES / 2);

/** A half hour in which any minute is busy is not free. */
export function without(week: Week, busy: readonly Span[]): Week {
  const minutes = covered(busy);
  return week.map((free, index) => free && minutes[index] === 0);
}

/** The free stretches of one day, in minutes of it. */
function spansOf(week: Week, dow: number): { startMin: number; endMin: number }[] {
  const spans: { startMin: number; endMin: number }[] = [];
  for (let slot = 0; slot < SLOTS; slot += 1) {
    if (!week[dow * SLOTS + slot]) continue;
    const startMin = slot * SLOT_MINUTES;
    const last = spans.at(-1);
    if (last?.endMin === startMin) last.endMin += SLOT_MINUTES;
    else spans.push({ startMin, endMin: startMin + SLOT_MINUTES });
  }
  return spans;
}

export const windowsOf = (week: Week, timezone: string): Window[] =>
  DAYS.flatMap(({ dow }) => spansOf(week, dow).map((span) => ({ dow, ...span, timezone })));

/** Every cell between two corners, both among them. */
export function painted(week: Week, from: Cell, to: Cell, free: boolean): Week {
  const [left, right] = [Math.min(from.column, to.column), Math.max(from.column, to.column)];
  const [top, bottom] = [Math.min(from.slot, to.slot), Math.max(from.slot, to.slot)];
  const next = [...week];
  for (let column = left; column <= right; column += 1) {
    for (let slot = top; slot <= bottom; slot += 1) next[indexOf({ column, slot })] = free;
  }
  return next;
}

export function withDayCopied(week: Week, fromDow: number, toDows: readonly number[]): Week {
  const day = week.slice(fromDow * SLOTS, (fromDow + 1) * SLOTS);
  const next = [...week];
  for (const dow of toDows) next.splice(dow * SLOTS, SLOTS, ...day);
  return next;
}

export const isSameWeek = (a: Week, b: Week) => a.every((free, index) => free === b[index]);

/** "18:00–20:00, 21:00–22:00", or that there is nothing. */
export function dayWords(week: Week, dow: number, t = inEnglish): string {
  const spans = spansOf(week, dow);
  return spans.length === 0
    ? t('Not free')
    : spans.map(({ startMin, endMin }) => `${minuteOfDay(startMin)}–${minuteOfDay(endMin)}`).join(', ');
}

/** Minutes in words: "3 h 30 min". */
export function lengthWords(week: Week): string {
  const minutes = week.filter(Boolean).length * SLOT_MINUTES;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : '']
    .filter(Boolean)
    .join(' ');
}
