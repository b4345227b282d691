import { createServiceClient } from '../../lib/db/clients.ts';
import { forgetPresence } from '../../lib/db/queries/presence.ts';
import { inngest } from '../client.ts';
import { presenceLost } from '../events.ts';
import { withVerdict } from '../failure.ts';

/** Sets a student offline at once whose channel was found empty. A sign of life in between wins. */
export const forgetLostPresence = inngest.createFunction(
  { id: 'forget-lost-presence', triggers: [presenceLost], retries: 1 },
  async ({ event, step }) =>
    step.run('forget', () => withVerdict('forget', () => forgetPresence(createServiceClient(), event.data))),
);
