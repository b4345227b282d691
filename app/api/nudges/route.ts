import { z } from 'zod';
import { nudgeInbox, sendNudge } from '@/lib/db/queries/nudge';
import { NUDGE_TYPES } from '@/lib/domain/nudge';
import { parseJson, withUser } from '@/lib/http';

const newNudge = z.object({
  toUserId: z.guid(),
  message: z.string().trim().min(1).max(500),
  nudgeType: z.enum(NUDGE_TYPES).default('study_invite'),
  metadata: z
    .object({
      topic: z.string().max(200).optional(),
      whenISO: z.iso.datetime({ offset: true }).optional(),
      minutes: z.int().min(1).max(600).optional(),
    })
    .default({}),
});

export const GET = withUser(async ({ db }) => Response.json(await nudgeInbox(db)));

/** The same door as the agent's tool; a second press of Send gives back the first message. */
export const POST = withUser(async ({ request, db }) => {
  const { toUserId, message, nudgeType, metadata } = await parseJson(request, newNudge);
  const sent = await sendNudge(db, { toUserId, message, type: nudgeType, metadata: details(metadata) });
  return Response.json(sent, { status: sent.duplicate ? 200 : 201 });
});

const details = ({ topic, whenISO, minutes }: z.output<typeof newNudge>['metadata']) => ({
  ...(topic === undefined ? {} : { topic }),
  ...(whenISO === undefined ? {} : { whenISO }),
  ...(minutes === undefined ? {} : { minutes }),
});
