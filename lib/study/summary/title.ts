export const MAX_TITLE_CHARACTERS = 80;

const dated = (now: Date, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long', year: 'numeric' }).format(now);

/** What a saved session is called: its conversation's title, else its day on the student's calendar. */
export function sessionTitle(
  title: string | null,
  { now, timezone }: { now: Date; timezone: string },
): string {
  const named = title?.replace(/\s+/g, ' ').trim().slice(0, MAX_TITLE_CHARACTERS).trim();
  if (named) return named;
  try {
    return `Session of ${dated(now, timezone)}`;
  } catch {
    // A time zone this machine does not know must not cost the session its name.
    return `Session of ${dated(now, 'UTC')}`;
  }
}
