export const DAY_MS = 24 * 60 * 60 * 1000;

/** The calendar date in a time zone, YYYY-MM-DD; in UTC when the zone is unknown to this machine. */
export function localDate(now: Date, timezone: string): string {
  try {
    return dateIn(now, timezone);
  } catch {
    // A zone a student typed or that a newer system knows must not cost them their profile.
    return dateIn(now, 'UTC');
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dateIn(now: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(now);
}

const dayNumber = (date: string) => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);

/** Whole days from one calendar date to another; negative when it is past. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** The Monday of a date's week. */
export function weekOf(date: string): string {
  const day = dayNumber(date);
  // Day 0 was a Thursday.
  const sinceMonday = (((day + 3) % 7) + 7) % 7;
  return new Date((day - sinceMonday) * DAY_MS).toISOString().slice(0, 10);
}
