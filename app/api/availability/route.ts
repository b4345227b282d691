import { after } from 'next/server';
import { z } from 'zod';
import { notifyProfileChanged } from '@/inngest/notify';
import { isTimeZone } from '@/lib/calendar/dates';
import { getAvailability, replaceAvailability } from '@/lib/db/queries/availability';
import { windowSchema } from '@/lib/domain/availability';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { normaliseWindows } from '@/lib/matching/windows';

/** Seven days of quarter hours painted one by one are fewer once those that touch are one. */
const MAX_SENT = 700;

const sent = windowSchema
  .extend({
    timezone: windowSchema.shape.timezone.refine(isTimeZone, 'Name a time zone, such as Europe/Lisbon.'),
  })
  .refine(({ startMin, endMin }) => startMin !== endMin, 'A window has to last.');
/** A window that ends at or before its start runs over midnight. */
const week = z.object({ windows: z.array(sent).max(MAX_SENT) });

export const GET = withUser(async ({ db }) => {
  const { windows, timezone } = await getAvailability(db);
  return Response.json({ windows, timezone });
});

/** Replaces the whole week. */
export const PUT = withUser(async ({ request, db, user }) => {
  const { windows } = await parseJson(request, week);
  const stored = await replaceAvailability(db, { windows: normaliseWindows(windows) });
  after(() => notifyProfileChanged(user.id));
  return Response.json({ windows: stored });
});

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'PUT');
