const UNIT_MILLISECONDS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of a time string such as `1h30m` or `500ms`; null when it is not one. */
export function parseDuration(text: string): number | null {
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/.test(text)) return null;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)) {
    total += Number(amount) * (UNIT_MILLISECONDS[unit ?? ''] ?? 0);
  }
  return total;
}

/** The moment a duration or an ISO date points at; null when the text is neither. The SDK writes no time at all as ''. */
export function parseMoment(text: string, now: number): number | null {
  if (text === '') return now;
  const duration = parseDuration(text);
  if (duration !== null) return now + duration;
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : date;
}

/** Milliseconds that a `retry-after` value (whole seconds, a time string or a date) asks to wait; null when unreadable. */
export function parseRetryAfter(value: string, now: number): number | null {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1_000;
  const moment = parseMoment(value, now) ?? Date.parse(value);
  return Number.isNaN(moment) ? null : Math.max(0, moment - now);
}
