import type { z } from 'zod';
import { nudgeInbox, sendNudge } from '@/lib/db/queries/nudge';
import { newNudgeSchema } from '@/lib/domain/nudge';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const GET = withUser(async ({ db }) => Response.json(await nudgeInbox(db)));

/** The same door as the agent's tool; a second press of Send gives back the first message. */
export const POST = withUser(async ({ request, db }) => {
  const { toUserId, message, nudgeType, metadata } = await parseJson(request, newNudgeSchema);
  const sent = await sendNudge(db, { toUserId, message, type: nudgeType, metadata: details(metadata) });
  return Response.json(sent, { status: sent.duplicate ? 200 : 201 });
});

const details = ({ topic, whenISO, minutes }: z.output<typeof newNudgeSchema>['metadata']) => ({
  ...(topic === undefined ? {} : { topic }),
  ...(whenISO === undefined ? {} : { whenISO }),
  ...(minutes === undefined ? {} : { minutes }),
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
