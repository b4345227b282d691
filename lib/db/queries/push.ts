import { z } from 'zod';
import { type PushClaim, type PushRequest, type PushState, pushClaimSchema } from '../../domain/push.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

/** The devices of the student that are told, the newest first. */
export async function listDevices(db: DatabaseClient): Promise<PushState['devices']> {
  const { data, error } = await db
    .from('push_subscription')
    .select('id, device, cardsHour:cards_hour, nudges, createdAt:created_at')
    .order('created_at', { ascending: false });
  if (error) throw databaseError(error);
  return data;
}

/** Has a device told, or told otherwise. */
export async function saveDevice(db: DatabaseClient, request: PushRequest): Promise<string> {
  const { endpoint, keys } = request.subscription;
  const { data, error } = await db.rpc('save_push', {
    p_subscription: {
      endpoint,
      ...keys,
      device: request.device,
      cards_hour: request.cardsHour,
      nudges: request.nudges,
    },
  });
  if (error) throw databaseError(error);
  return data;
}

/** Nothing happens for a device that is not the student's, or gone. */
export async function removeDevice(db: DatabaseClient, params: { id: string }): Promise<void> {
  const { data, error } = await db.from('push_subscription').delete().eq('id', params.id).select('id');
  if (error) throw databaseError(error);
  if (data.length === 0) throw new AppError('not_found');
}

/** What devices are to be told now, each once. */
export async function claimPushes(db: DatabaseClient, params: { now: Date }): Promise<PushClaim[]> {
  const { data, error } = await db.rpc('claim_pushes', { p_now: params.now.toISOString() });
  if (error) throw databaseError(error);
  return z.array(pushClaimSchema).parse(data);
}

/** Devices whose address is no more. One by one: a student may be saving theirs, and neither is to wait for the other. */
export async function forgetDevices(db: DatabaseClient, params: { ids: readonly string[] }): Promise<void> {
  for (const id of params.ids) {
    const { error } = await db.from('push_subscription').delete().eq('id', id);
    if (error) throw databaseError(error);
  }
}
