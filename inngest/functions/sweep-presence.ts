import { createServiceClient } from '../../lib/db/clients.ts';
import { forgetPresence, sweepPresence } from '../../lib/db/queries/presence.ts';
import { inngest } from '../client.ts';
import { presenceLost } from '../events.ts';
import { withVerdict } from '../failure.ts';

/**
 * Sets those offline who were silent for five minutes, and ends beacons whose time is over. Reads count silence by
 * themselves; the rows are changed for those who follow them live.
 */
export const sweepPresenceJob = inngest.createFunction(
  { id: 'sweep-presence', triggers: [{ cron: '* * * * *' }], concurrency: [{ limit: 1 }], retries: 0 },
  async ({ step }) => step.run('sweep', () => withVerdict(() => sweepPresence(createServiceClient()))),
);

/** Sets a student offline at once whose channel was found empty. A sign of life in between wins. */
export const forgetLostPresence = inngest.createFunction(
  { id: 'forget-lost-presence', triggers: [presenceLost], retries: 1 },
  async ({ event, step }) =>
    step.run('forget', () => withVerdict(() => forgetPresence(createServiceClient(), event.data))),
);
