import { z } from 'zod';
import { type Nudge, type NudgeAnswer, type NudgeType, nudgeSchema } from '../../domain/nudge.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import type { Json } from '../types.gen.ts';

export const sentNudgeSchema = z.object({
  nudgeId: z.string(),
  sentAt: z.string(),
  toName: z.string(),
  /** When it arrives, if the receiver has quiet hours now. */
  deliverAt: z.string().nullable(),
  duplicate: z.boolean(),
});
export type SentNudge = z.output<typeof sentNudgeSchema>;

export const ONLY_REMINDERS = 'To yourself you can only send a reminder.';

/**
 * Sends through the one door. The same text to the same student within ten minutes gives back the first one. Throws
 * `not_found` for who is not to be seen or has blocked the sender, and `quota_exceeded` after twenty on one day.
 */
export async function sendNudge(
  db: DatabaseClient,
  params: {
    toUserId: string;
    type: NudgeType;
    message: string;
    metadata?: { [key: string]: Json };
    signal?: AbortSignal;
  },
): Promise<SentNudge> {
  const request = db.rpc('send_nudge', {
    p_to_user_id: params.toUserId,
    p_nudge_type: params.type,
    p_message: params.message,
    p_metadata: params.metadata ?? {},
  });
  const { data, error } = await (params.signal ? request.abortSignal(params.signal) : request);
  if (error?.code === 'PT422') {
    throw new AppError('invalid_request', {
      cause: error,
      message: ONLY_REMINDERS,
    });
  }
  if (error?.code === 'PT429' && error.message.includes('receiver')) {
    throw new AppError('quota_exceeded', { cause: error, message: 'They get no more messages today.' });
  }
  if (error) throw databaseError(error, { PT429: 'quota_exceeded' });
  return sentNudgeSchema.parse(data);
}

export const nudgeInboxSchema = z.object({
  nudges: z.array(nudgeSchema),
  unread: z.number(),
  quietUntil: z.string().nullable(),
});
/** `quietUntil`: the student's own quiet hours go on until then; null outside of them. */
export type NudgeInbox = z.output<typeof nudgeInboxSchema>;

/** The messages, how many are new, and whether they may interrupt, in one request. */
export async function nudgeInbox(db: DatabaseClient, params: { limit?: number } = {}): Promise<NudgeInbox> {
  const { data, error } = await db.rpc('nudge_inbox', { p_limit: params.limit ?? 50 });
  if (error) throw databaseError(error);
  return nudgeInboxSchema.parse(data);
}

/** The receiver's answer; `not_found` for a message that is not theirs. */
export async function answerNudge(
  db: DatabaseClient,
  params: { id: string; status: NudgeAnswer },
): Promise<Nudge> {
  const { data, error } = await db.rpc('answer_nudge', { p_id: params.id, p_status: params.status });
  if (error) throw databaseError(error);
  if (data === null) throw new AppError('not_found');
  return nudgeSchema.parse(data);
}
