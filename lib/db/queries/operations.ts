import { z } from 'zod';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

const swept = z.object({
  answers: z.int(),
  presence: z.object({ silent: z.int(), changed: z.int() }),
  rooms: z.object({ seats: z.int(), rooms: z.int(), forgotten: z.int() }),
  /** Conversations that went for good. */
  conversations: z.int(),
  /** Whether a document waits to be read, or is being read. */
  documents: z.boolean(),
  /** When the next look is due; null when nobody is there. */
  again: z.enum(['soon', 'later']).nullable(),
});

/** For the queue alone: closes dead answers, sets the silent offline, tidies rooms; gives what is left to look after. */
export async function sweep(db: DatabaseClient): Promise<z.output<typeof swept>> {
  const { data, error } = await db.rpc('sweep');
  if (error) throw databaseError(error);
  return swept.parse(data);
}

export const usageSchema = z.object({
  /** The student's day, and when it ends. */
  day: z.string(),
  timezone: z.string(),
  resetsAt: z.iso.datetime({ offset: true }),
  tokens: z.object({ used: z.int(), limit: z.int() }),
  storedBytes: z.object({ used: z.int(), limit: z.int() }),
});
export type Usage = z.output<typeof usageSchema>;

/** What a student has used of their day and of their room for files. */
export async function usageToday(db: DatabaseClient): Promise<Usage> {
  const { data, error } = await db.rpc('usage_today');
  if (error) throw databaseError(error);
  return usageSchema.parse(data);
}

export const chatSwitchStateSchema = z.object({
  isOff: z.boolean(),
  reason: z.string().nullable(),
  changedAt: z.iso.datetime({ offset: true }),
});
export type ChatSwitch = z.output<typeof chatSwitchStateSchema>;

export async function readChatSwitch(db: DatabaseClient): Promise<ChatSwitch> {
  const { data, error } = await db.rpc('chat_switch');
  if (error) throw databaseError(error);
  return chatSwitchStateSchema.parse(data);
}

/** For admins alone. */
export async function turnChat(db: DatabaseClient, params: { off: boolean; reason?: string | undefined }) {
  const { data, error } = await db.rpc('turn_chat', {
    p_off: params.off,
    ...(params.reason && { p_reason: params.reason }),
  });
  if (error) throw databaseError(error);
  return chatSwitchStateSchema.parse(data);
}

/** For the queue alone. */
export async function pruneAudit(db: DatabaseClient, params: { days: number }): Promise<number> {
  const { data, error } = await db.rpc('prune_audit', { p_days: params.days });
  if (error) throw databaseError(error);
  return data;
}
