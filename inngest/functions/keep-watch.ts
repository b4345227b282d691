import type { GetStepTools } from 'inngest';
import { createServiceClient } from '../../lib/db/clients.ts';
import { openErasures } from '../../lib/db/queries/erasure.ts';
import { pruneAudit, sweep } from '../../lib/db/queries/operations.ts';
import { serverEnv } from '../../lib/env.ts';
import { vapidKeys } from '../../lib/push/keys.ts';
import { tellDevices } from '../../lib/push/tell.ts';
import { inngest } from '../client.ts';
import { documentsWaiting, documentUploaded, erasureRequested, somebodyHere } from '../events.ts';
import { withVerdict } from '../failure.ts';

/** An answer counts as dead after fifteen seconds of silence, and is closed within a minute. */
const SOON = '5s';
/** Silence is noted after five minutes, a seat freed after ten. */
const LATER = '2m';

/**
 * Closes answers whose process died, sets those offline who fell silent, ends beacons, frees the seats of closed laptops,
 * has documents looked at that are not read yet, and tells devices what they are to be told. As long as anything of it is left it calls for itself again.
 */
async function lookAfter(step: GetStepTools<typeof inngest>) {
  const found = await step.run('sweep', () => withVerdict('sweep', () => sweep(createServiceClient())));
  if (vapidKeys() !== null)
    await step.run('tell-devices', () =>
      withVerdict('tell-devices', () => tellDevices(createServiceClient(), { now: new Date() })),
    );
  // With a conversation that is gone for good go the files that were given in it.
  if (found.documents || found.conversations > 0)
    await step.sendEvent('look-at-documents', documentsWaiting.create({}));
  if (found.again === null) return found;
  await step.sleep('rest', found.again === 'soon' ? SOON : LATER);
  await step.sendEvent('again', somebodyHere.create({}));
  return found;
}

/**
 * Runs while somebody is here, and not otherwise: started by what people do, some seconds after the first of several. A newer
 * start ends the one that rests, so there is one chain of looks and never two.
 */
export const keepWatch = inngest.createFunction(
  {
    id: 'keep-watch',
    // A program may upload without anybody being here.
    triggers: [somebodyHere, documentUploaded],
    debounce: { period: '20s', timeout: '30s' },
    singleton: { mode: 'cancel' },
    retries: 1,
  },
  async ({ step }) => lookAfter(step),
);

/** The same once an hour, for a start that was lost; and what the record no longer keeps is taken away. */
export const keepWatchHourly = inngest.createFunction(
  { id: 'keep-watch-hourly', triggers: [{ cron: '23 * * * *' }], concurrency: [{ limit: 1 }], retries: 1 },
  async ({ step }) => {
    await step.run('prune-audit', () =>
      withVerdict('prune-audit', () =>
        pruneAudit(createServiceClient(), { days: serverEnv().AUDIT_RETENTION_DAYS }),
      ),
    );
    const left = await step.run('open-erasures', () => openErasures(createServiceClient()));
    if (left.length > 0)
      await step.sendEvent(
        'erase',
        left.map((erasureId) => erasureRequested.create({ erasureId })),
      );
    return lookAfter(step);
  },
);
