import { logger } from '../lib/observability/logger.ts';
import { inngest } from './client.ts';
import { presenceLost } from './events.ts';

/**
 * Says that a student who counts as here was found gone. It never throws: without it the silence is noted a few
 * minutes later. Several who saw the same ask once.
 */
export async function notifyPresenceLost(lost: { userId: string; seenAt: string }): Promise<void> {
  try {
    await inngest.send(presenceLost.create(lost, { id: `presence-lost-${lost.userId}-${lost.seenAt}` }));
  } catch (error) {
    logger().warn(
      { err: error, userId: lost.userId },
      'a student who went away was not announced to the queue',
    );
  }
}
