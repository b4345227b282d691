import { after } from 'next/server';
import { presenceChoiceSchema, presenceSignSchema } from '@/app/api/requests';
import { notifyProfileChanged, notifySomebodyHere } from '@/inngest/notify';
import { choosePresence, getOwnPresence, touchPresence } from '@/lib/db/queries/presence';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { lookInto } from '@/lib/realtime/look';

export const GET = withUser(async ({ db }) => Response.json(await getOwnPresence(db)));

/** One write: that the student is here and what they do, or, with `isOnline: false`, that they leave. */
export const PUT = withUser(async ({ request, db, accessToken }) => {
  const { activity, isOnline, isLive, closingTab } = await parseJson(request, presenceSignSchema);
  after(() => notifySomebodyHere());
  if (!isOnline && closingTab !== undefined) {
    const own = await getOwnPresence(db);
    // The others are seen in the channel, those of another device too.
    const sight = own.topic && (await lookInto({ topic: own.topic, accessToken, exceptTab: closingTab }));
    if (sight === 'shown') return Response.json(own);
  }
  return Response.json(await touchPresence(db, { activity: activity ?? null, isOnline, isLive }));
});

/** What the student wants others to see: nothing, what they do, or that they are free for some minutes. */
export const PATCH = withUser(async ({ request, db, user }) => {
  const { isHidden, freeMinutes } = await parseJson(request, presenceChoiceSchema);
  const before = await getOwnPresence(db);
  const own = await choosePresence(db, { isHidden, freeMinutes: freeMinutes ?? null });
  if (own.visibility !== before.visibility) after(() => notifyProfileChanged(user.id));
  return Response.json(own);
});

export const { POST, DELETE, OPTIONS } = otherMethods('GET', 'PUT', 'PATCH');
