import { calendarSourceSchema } from '@/app/api/requests';
import { isTimeZone } from '@/lib/calendar/dates';
import { getProfile } from '@/lib/db/queries/profile';
import { MAX_CALENDAR_BYTES } from '@/lib/domain/bounds';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { readAside } from '@/lib/ingestion/reader/pool';
import { fetchCalendar } from '@/lib/ingestion/url/fetch-calendar';

/** Escaped, a megabyte of text may be two. */
const MAX_BODY_BYTES = 2 * MAX_CALENDAR_BYTES;

/**
 * When the student is busy in an ordinary week, from the next four of a calendar. Nothing is stored: neither the
 * calendar nor its address, and of what it says only the times are answered.
 */
export const POST = withUser(async ({ request, db, user }) => {
  const given = await parseJson(request, calendarSourceSchema, MAX_BODY_BYTES);
  const profile = await getProfile(db, { userId: user.id });
  const timezone = profile && isTimeZone(profile.timezone) ? profile.timezone : 'UTC';
  const text = 'ics' in given ? given.ics : await fetchCalendar(given.url);
  return Response.json(await readAside(user.id, 'calendar', { text, now: new Date(), timezone }));
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
