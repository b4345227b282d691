import type { Locator } from '../domain/document.ts';

/** What begins a line that was said: "[00:12:03] ". */
const MOMENT = /^\[(\d{2,3}):([0-5]\d):([0-5]\d)\] /gm;

/** The clock of the line that stands at an offset of a text, as it is written there. */
export function momentAt(content: string, offset: number): string | undefined {
  const before = [...content.matchAll(MOMENT)].findLast(({ index }) => index <= offset);
  return before?.[0].slice(1, -2);
}

/** The same in seconds. */
export function secondAt(content: string, offset: number): number | undefined {
  const moment = momentAt(content, offset);
  return moment === undefined ? undefined : secondOfClock(moment);
}

export const secondOfClock = (clock: string): number =>
  clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

/** Where words of a passage stand: of what was said, the second of these words and not that of the passage. */
export function locatorOfWords(
  { locator, text }: { locator: Locator; text: string },
  start: number,
): Locator {
  if (locator.kind !== 'time') return locator;
  return { ...locator, label: momentAt(text, start) ?? locator.label };
}

/** "00:12:03" as people say it: 12:03; with its hours where there are any. */
export const spokenClock = (clock: string): string => clock.replace(/^00:0?(?=\d)|^0(?=\d)/, '');
