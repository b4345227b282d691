import { momentInWords } from '../../calendar/words.ts';
export const MAX_TITLE_CHARACTERS = 80;

/** What a saved session is called: its conversation's title, else its day on the student's calendar. */
export function sessionTitle(
  title: string | null,
  { now, timezone }: { now: Date; timezone: string },
): string {
  const named = title?.replace(/\s+/g, ' ').trim().slice(0, MAX_TITLE_CHARACTERS).trim();
  return named || `Session of ${momentInWords(now, 'dayOfYear', timezone)}`;
}
