import { z } from 'zod';
import { busyTimes } from '@/lib/calendar/busy-times';
import { isTimeZone } from '@/lib/calendar/dates';
import { fetchCalendar } from '@/lib/calendar/fetch-calendar';
import { parseCalendar } from '@/lib/calendar/parse-calendar';
import { weeklyBusy } from '@/lib/calendar/weekly-busy';
import { getProfile } from '@/lib/db/queries/profile';
import { MAX_CALENDAR_BYTES } from '@/lib/domain/bounds';
import { parseJson, withUser } from '@/lib/http';

/** Escaped, a megabyte of text may be two. */
const MAX_BODY_BYTES = 2 * MAX_CALENDAR_BYTES;

const source = z.union([
  z.object({ ics: z.string().min(1).max(MAX_CALENDAR_BYTES) }),
  z.object({ url: z.string().min(1).max(2_000) }),
]);

/**
 * When the student is busy in an ordinary week, from the next four of a calendar. Nothing is stored: neither the
 * calendar nor its address, and of what it says only the times are answered.
 */
export const POST = withUser(async ({ request, db, user }) => {
  const given = await parseJson(request, source, MAX_BODY_BYTES);
  const profile = await getProfile(db, { userId: user.id });
  const timezone = profile && isTimeZone(profile.timezone) ? profile.timezone : 'UTC';
  const now = new Date();
  const calendar = parseCalendar('ics' in given ? given.ics : await fetchCalendar(given.url));
  const { busy, events, skipped } = busyTimes(calendar, now, timezone);
  return Response.json({ busy: weeklyBusy(busy, now, timezone), events, skipped, timezone });
});
