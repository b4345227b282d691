import type { DatabaseClient } from '../db/clients.ts';
import { claimPushes, forgetDevices } from '../db/queries/push.ts';
import type { PushClaim } from '../domain/push.ts';
import { serverEnv } from '../env.ts';
import { translatorOf } from '../language/catalogues.ts';
import { logger } from '../observability/logger.ts';
import { type Keys, vapidKeys } from './keys.ts';
import { messagesOf } from './message.ts';
import { type Sending, type Sent, sendPush } from './send.ts';

/** Services answer in a fraction of a second; one that does not must not hold up the others. */
const AT_ONCE = 10;

type Send = (claim: PushClaim) => Promise<Sent[]>;

/** Hands each message, in the language of its student, to the service of the device. */
export const handing =
  (vapid: Keys, options: Sending): Send =>
  (claim) =>
    Promise.all(
      messagesOf(claim, translatorOf(claim.language)).map((message) =>
        sendPush(claim, message, vapid, options),
      ),
    );

/** Tells devices what they are to be told now, and forgets those that are no more. What fails once is not told again. */
export async function tellDevices(
  db: DatabaseClient,
  { now, send }: { now: Date; send?: Send },
): Promise<Record<Sent, number>> {
  const told: Record<Sent, number> = { sent: 0, gone: 0, failed: 0 };
  const vapid = vapidKeys();
  if (vapid === null) return told;
  const hand = send ?? handing(vapid, { allowedHosts: serverEnv().URL_ALLOWED_PRIVATE_HOSTS });
  const waiting = await claimPushes(db, { now });
  const gone: string[] = [];
  const next = async (): Promise<void> => {
    for (let claim = waiting.pop(); claim; claim = waiting.pop()) {
      const outcomes = await hand(claim).catch((err: unknown): Sent[] => {
        logger().warn({ err }, 'a device could not be told');
        return ['failed'];
      });
      for (const outcome of outcomes) told[outcome] += 1;
      if (outcomes.includes('gone')) gone.push(claim.id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  await forgetDevices(db, { ids: gone });
  return told;
}
