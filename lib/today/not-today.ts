/** Remembers for one day what the student does not want to do today: the date, then the keys. */
export const NOT_TODAY_COOKIE = 'clerva-not-today';

const MAX_KEYS = 20;

/** What was put off, as the cookie says it; yesterday's is forgotten. */
export function readNotToday(cookie: string | undefined, today: string): Set<string> {
  const [date, ...keys] = (cookie ?? '').split('|').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      // Written by hand: it names nothing of ours.
      return '';
    }
  });
  return date === today ? new Set(keys.filter(Boolean)) : new Set();
}

export const writeNotToday = (keys: ReadonlySet<string>, today: string): string =>
  [today, ...[...keys].slice(-MAX_KEYS)].map(encodeURIComponent).join('|');
