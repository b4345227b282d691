const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known) return known;
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-CA', { ...options, timeZone: timezone });
  } catch {
    // A zone this machine does not know: the student's days are then those of UTC, as they are in the database.
    format = new Intl.DateTimeFormat('en-CA', { ...options, timeZone: 'UTC' });
  }
  formats.set(timezone, format);
  return format;
}

/** The student's date at an instant, as `2026-11-21`. */
export function dayOf(instant: Date, timezone: string): string {
  const parts = formatOf(timezone).formatToParts(instant);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** How many days `to` lies after `from`; both are dates. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** The date so many days later. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/**
 * The instant `days` days after another, on exactly that date of the student: over a clock change, late in the evening
 * or early in the morning, whole days of 24 hours would fall on the date beside it.
 */
export function instantAfterDays(from: Date, days: number, timezone: string): Date {
  const wanted = addDays(dayOf(from, timezone), days);
  let instant = new Date(from.getTime() + days * DAY_MS);
  for (let step = 0; step < 4; step++) {
    const difference = daysBetween(dayOf(instant, timezone), wanted);
    if (difference === 0) break;
    instant = new Date(instant.getTime() + Math.sign(difference) * HOUR_MS);
  }
  return instant;
}
