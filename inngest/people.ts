import { logger } from '../lib/observability/logger.ts';
import { inngest } from './client.ts';
import { profileChanged } from './events.ts';

/**
 * Says that what a student is matched by has changed: what they study, who may see them, when they are free, or what
 * they have shown they know. It never throws: the change is stored already, and the nightly run finds it.
 */
export async function notifyProfileChanged(userId: string): Promise<void> {
  try {
    await inngest.send(profileChanged.create({ userId }));
  } catch (error) {
    logger().warn({ err: error, userId }, 'a changed profile was not announced to the queue');
  }
}
