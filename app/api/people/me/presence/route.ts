import { after } from 'next/server';
import { z } from 'zod';
import { notifyProfileChanged, notifySomebodyHere } from '@/inngest/notify';
import { choosePresence, getOwnPresence, touchPresence } from '@/lib/db/queries/presence';
import { ACTIVITIES, FREE_MINUTES } from '@/lib/domain/presence';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { lookInto } from '@/lib/realtime/look';

const sign = z.object({
  /** Left out, what the student does stays as it was. */
  activity: z.enum(ACTIVITIES).nullish(),
  isOnline: z.boolean().default(true),
  /** Whether the tab that says so is joined to the student's channel. */
  isLive: z.boolean().default(false),
  /** With `isOnline: false`: the tab that closes while others may be open. */
  closingTab: z.string().min(1).max(64).optional(),
});

const choice = z.object({
  isHidden: z.boolean(),
  freeMinutes: z.literal([...FREE_MINUTES]).nullish(),
});

export const GET = withUser(async ({ db }) => Response.json(await getOwnPresence(db)));

/** One write: that the student is here and what they do, or, with `isOnline: false`, that they leave. */
export const PUT = withUser(async ({ request, db, accessToken }) => {
  const { activity, isOnline, isLive, closingTab } = await parseJson(request, sign);
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
  const { isHidden, freeMinutes } = await parseJson(request, choice);
  const before = await getOwnPresence(db);
  const own = await choosePresence(db, { isHidden, freeMinutes: freeMinutes ?? null });
  if (own.visibility !== before.visibility) after(() => notifyProfileChanged(user.id));
  return Response.json(own);
});

export const { POST, DELETE, OPTIONS } = otherMethods('GET', 'PUT', 'PATCH');
