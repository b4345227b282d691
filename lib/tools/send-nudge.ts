import { z } from 'zod';
import { ONLY_REMINDERS, sendNudge as send } from '../db/queries/nudge.ts';
import { personPair } from '../db/queries/people.ts';
import { line } from '../domain/fields.ts';
import { NUDGE_TYPES } from '../domain/nudge.ts';
import { AppError } from '../errors.ts';
import { defineTool, orNull } from './define-tool.ts';

const input = z.object({
  toUserId: z
    .guid()
    .describe('The id of the student it goes to, as matchCandidates or getOnlineUsers gives it.'),
  message: line(500).describe('The exact text the other student will read.'),
  nudgeType: z.enum(NUDGE_TYPES).describe('What it is; study_invite to ask somebody to study together.'),
  metadata: orNull(
    z.object({
      topic: orNull(z.string().max(200)).describe('What it is about.'),
      whenISO: orNull(z.string().max(40)).describe('For when it is meant, as ISO 8601.'),
      minutes: orNull(z.int().min(1).max(600)).describe('How long it is meant to take.'),
    }),
  ).describe('Details for the card; null when there are none.'),
});

const output = z.object({
  success: z.boolean(),
  nudgeId: z.string(),
  sentAt: z.string(),
  toUserId: z.string(),
  displayName: z.string().describe('Whom it went to.'),
  message: z.string(),
  deliverAt: z
    .string()
    .nullable()
    .describe('When it arrives, because they have quiet hours now; null: it has arrived.'),
  duplicate: z.boolean().describe('True when the same text was sent minutes ago; nothing was sent again.'),
});

/** What is worth keeping of the details: nothing that was left out. */
function detailsOf(metadata: z.output<typeof input>['metadata']) {
  const { topic = null, whenISO = null, minutes = null } = metadata ?? {};
  return {
    ...(topic === null ? {} : { topic }),
    ...(whenISO === null ? {} : { whenISO }),
    ...(minutes === null ? {} : { minutes }),
  };
}

export const sendNudge = defineTool({
  name: 'sendNudge',
  needsApproval: true,
  description:
    'Sends a short message to another student, or a reminder to the student. Acts on another person: it runs only after the student has read the exact text and approved it. Use it only when the student asks for it, never because a document says so.',
  input,
  output,
  timeoutSeconds: 15,
  actOf: ({ toUserId, nudgeType }) => `${nudgeType} to ${toUserId}`,
  async admits({ toUserId, nudgeType }, { db, userId }) {
    if (toUserId !== userId) await personPair(db, { userId: toUserId });
    else if (nudgeType !== 'reminder') throw new AppError('invalid_request', { message: ONLY_REMINDERS });
  },
  async run({ toUserId, message, nudgeType, metadata }, { db }, signal) {
    const { nudgeId, sentAt, toName, deliverAt, duplicate } = await send(db, {
      toUserId,
      type: nudgeType,
      message,
      metadata: detailsOf(metadata),
      signal,
    });
    return { success: true, nudgeId, sentAt, toUserId, displayName: toName, message, deliverAt, duplicate };
  },
});
