/**
 * Calendar dates as `YYYY-MM-DD`: days in a student's life, not instants, so a time zone is only needed for the one
 * question which day it is at an instant.
 */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const known = new Map<string, boolean>();

/** A name and no offset: of `+05:30` the database reads the sign the other way round. */
const ZONE_NAME = /^(?![A-Za-z]+[+-]?\d+$)[A-Za-z][\w+/-]*$/;

/** Whether a name is a time zone that clocks can be set by. */
export function isTimeZone(name: string): boolean {
  const answer = known.get(name);
  if (answer !== undefined) return answer;
  let valid = ZONE_NAME.test(name);
  try {
    if (valid) new Intl.DateTimeFormat('en', { timeZone: name });
  } catch (error) {
    // A name from outside that means nothing is the expected case; anything else is a fault of ours.
    if (!(error instanceof RangeError)) throw error;
    valid = false;
  }
  if (known.size >= 2_000) known.clear();
  known.set(name, valid);
  return valid;
}

/**
 * A zone as clocks are set by it. One that this machine does not know counts as UTC, as it does in the database: a name that
 * was mistyped, or that only a newer system knows, must not cost a student their page.
 */
export const zoneOrUtc = (timezone: string): string => (isTimeZone(timezone) ? timezone : 'UTC');

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far a zone is ahead of UTC at an instant. */
function readOffsetMs(milliseconds: number, timezone: string): number {
  const zone = zoneOrUtc(timezone);
  let clock = clocks.get(zone);
  if (!clock) {
    const numbers = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const;
    const options = {
      ...numbers,
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
      timeZone: zone,
    } as const;
    clock = new Intl.DateTimeFormat('en-US', options);
    clocks.set(zone, clock);
  }
  const shown: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(milliseconds)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  // Not all at once: two digits would be a year of the last century there.
  const shownMs =
    new Date(0).setUTCFullYear(year, month - 1, day) + (hour * 3600 + minute * 60 + second) * 1000;
  return shownMs - Math.floor(milliseconds / 1000) * 1000;
}

// The history of a collection asks hundreds of thousands of times. A day at whose ends a clock says the same has no change.
const offsets = new Map<string, number>();

function offsetMs(milliseconds: number, timezone: string): number {
  const day = Math.floor(milliseconds / DAY_MS);
  const [before, after] = [day, day + 1].map((midnight) => {
    const key = `${midnight} ${timezone}`;
    const offset = offsets.get(key) ?? readOffsetMs(midnight * DAY_MS, timezone);
    if (offsets.size >= 20_000) offsets.clear();
    offsets.set(key, offset);
    return offset;
  });
  return before === after && before !== undefined ? before : readOffsetMs(milliseconds, timezone);
}

/** Which date it is for a student at an instant; with a `rolloverHour` the night belongs to the day before. */
export const dateIn = (instant: Date | number, timezone: string, rolloverHour = 0): string =>
  dateInUtc(wallClockMs(instant, timezone) - rolloverHour * HOUR_MS);

/** What a student's clock shows at an instant, as if it were the clock of UTC. */
export const wallClockMs = (instant: Date | number, timezone: string): number => {
  const milliseconds = new Date(instant).getTime();
  return timezone === 'UTC' ? milliseconds : milliseconds + offsetMs(milliseconds, timezone);
};

// The history of a collection asks for hundreds of thousands of dates, and its days have 24 hours.
const dateInUtc = (instant: Date | number) => new Date(instant).toISOString().replace(/T.*/, '');

// Plain dates are reckoned at midnight of UTC, where every day has 24 hours. A plan asks for thousands of them, and an
// object for each would make it five times as slow.
const midnightOf = (date: string) => Date.parse(`${date}T00:00:00Z`);
const dateAt = (midnight: number) => new Date(midnight).toISOString().slice(0, 10);

/** Whether the text names a day that exists: 2026-02-30 does not. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = midnightOf(text);
  return !Number.isNaN(midnight) && dateAt(midnight) === text;
}

export const addDays = (date: string, days: number): string => dateAt(midnightOf(date) + days * DAY_MS);

/** How many days lie between; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((midnightOf(to) - midnightOf(from)) / DAY_MS);

/** 0 is Sunday, as in `Date`. */
export const weekdayOf = (date: string): number => new Date(midnightOf(date)).getUTCDay();

export const mondayOf = (date: string): string => addDays(date, -((weekdayOf(date) + 6) % 7));

/** Every date from the first to the last. */
export const datesBetween = (first: string, last: string): string[] =>
  Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, index) => addDays(first, index));

/**
 * The instant `days` days after another, on exactly that date of the student: over a clock change, late in the evening
 * or early in the morning, whole days of 24 hours would fall on the date beside it.
 */
export function instantAfterDays(from: Date, days: number, timezone: string, rolloverHour = 0): Date {
  const wanted = addDays(dateIn(from, timezone, rolloverHour), days);
  let instant = new Date(from.getTime() + days * DAY_MS);
  for (let step = 0; step < 4; step++) {
    const difference = daysBetween(dateIn(instant, timezone, rolloverHour), wanted);
    if (difference === 0) break;
    instant = new Date(instant.getTime() + Math.sign(difference) * HOUR_MS);
  }
  return instant;
}
