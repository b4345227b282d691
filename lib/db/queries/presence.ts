import { z } from 'zod';
import {
  type Activity,
  type FreeMinutes,
  type OwnPresence,
  ownPresenceSchema,
} from '../../domain/presence.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

export async function getOwnPresence(db: DatabaseClient): Promise<OwnPresence> {
  const { data, error } = await db.rpc('own_presence');
  if (error) throw databaseError(error);
  return ownPresenceSchema.parse(data);
}

/** Says that the student is here and what they do, or, with `isOnline: false`, that they leave. Of the hidden it says nothing. */
export async function touchPresence(
  db: DatabaseClient,
  params: { activity: Activity | null; isOnline: boolean; isLive?: boolean },
): Promise<OwnPresence> {
  const { data, error } = await db.rpc('touch_presence', {
    p_activity: params.activity,
    p_is_online: params.isOnline,
    p_is_live: params.isLive ?? false,
  });
  if (error) throw databaseError(error);
  return ownPresenceSchema.parse(data);
}

/** Hides the student, or shows them: free for some minutes, or, without, as they study. */
export async function choosePresence(
  db: DatabaseClient,
  params: { isHidden: boolean; freeMinutes: FreeMinutes | null },
): Promise<OwnPresence> {
  const { data, error } = await db.rpc('choose_presence', {
    p_is_hidden: params.isHidden,
    p_free_minutes: params.freeMinutes,
  });
  if (error) throw databaseError(error);
  return ownPresenceSchema.parse(data);
}

export const presenceChannelsSchema = z.array(
  z.object({
    userId: z.string(),
    topic: z.string(),
    isLive: z.boolean().describe('Whether the student was last heard of in it.'),
  }),
);

/** Where each of the students shows themselves now; those who may not be seen are left out. */
export async function presenceChannels(
  db: DatabaseClient,
  params: { userIds: readonly string[] },
): Promise<z.output<typeof presenceChannelsSchema>> {
  const { data, error } = await db.rpc('presence_channels', { p_ids: [...params.userIds] });
  if (error) throw databaseError(error);
  return presenceChannelsSchema.parse(data);
}

/** When a student who counts as here was last heard of over a joined channel; null for everybody else. */
export async function liveSince(db: DatabaseClient, params: { userId: string }): Promise<string | null> {
  const { data, error } = await db
    .from('presence')
    .select('last_seen')
    .eq('user_id', params.userId)
    .eq('is_online', true)
    .eq('is_live', true)
    .maybeSingle();
  if (error) throw databaseError(error);
  return data?.last_seen ?? null;
}

/** For the service: sets a student offline, unless they were heard of after that moment. */
export async function forgetPresence(
  db: DatabaseClient,
  params: { userId: string; seenAt: string },
): Promise<boolean> {
  const { data, error } = await db.rpc('forget_presence', {
    p_user_id: params.userId,
    p_seen_at: params.seenAt,
  });
  if (error) throw databaseError(error);
  return data;
}
