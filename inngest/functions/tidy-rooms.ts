import { createServiceClient } from '../../lib/db/clients.ts';
import { tidyRooms } from '../../lib/db/queries/room.ts';
import { inngest } from '../client.ts';
import { withVerdict } from '../failure.ts';

/** Gives the seats of closed laptops free, and closes rooms that nobody came back to or that are over. */
export const tidyRoomsJob = inngest.createFunction(
  { id: 'tidy-rooms', triggers: [{ cron: '*/2 * * * *' }], concurrency: [{ limit: 1 }], retries: 1 },
  async ({ step }) => step.run('tidy', () => withVerdict(() => tidyRooms(createServiceClient()))),
);
