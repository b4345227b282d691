import { after } from 'next/server';
import { weekSchema } from '@/app/api/requests';
import { notifyProfileChanged } from '@/inngest/notify';
import { getAvailability, replaceAvailability } from '@/lib/db/queries/availability';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { normaliseWindows } from '@/lib/matching/windows';

export const GET = withUser(async ({ db }) => {
  const { windows, timezone } = await getAvailability(db);
  return Response.json({ windows, timezone });
});

/** Replaces the whole week. */
export const PUT = withUser(async ({ request, db, user }) => {
  const { windows } = await parseJson(request, weekSchema);
  const stored = await replaceAvailability(db, { windows: normaliseWindows(windows) });
  after(() => notifyProfileChanged(user.id));
  return Response.json({ windows: stored });
});

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'PUT');
