import type { DatabaseClient } from '../db/clients.ts';
import { listDevices } from '../db/queries/push.ts';
import type { PushState } from '../domain/push.ts';
import { type Env, serverEnv } from '../env.ts';

export type Keys = { subject: string; publicKey: string; privateKey: string };

/** The keys this server signs with; null where nothing is sent from here. */
export function vapidKeys(env: Env = serverEnv()): Keys | null {
  const { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY, VAPID_SUBJECT } = env;
  if (!VAPID_PUBLIC_KEY || !VAPID_PRIVATE_KEY || !VAPID_SUBJECT) return null;
  return { subject: VAPID_SUBJECT, publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY };
}

/** What a browser asks with, and the devices that are told. */
export const pushState = async (db: DatabaseClient): Promise<PushState> => ({
  publicKey: vapidKeys()?.publicKey ?? null,
  devices: await listDevices(db),
});
