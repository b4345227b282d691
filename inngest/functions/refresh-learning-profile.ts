import { createServiceClient } from '../../lib/db/clients.ts';
import { rebuildLearningProfile } from '../../lib/db/queries/learning-profile.ts';
import { AppError } from '../../lib/errors.ts';
import { inngest } from '../client.ts';
import { evidenceRecorded } from '../events.ts';
import { withVerdict } from '../failure.ts';

/**
 * Keeps a student's learning profile true. A review session sends an event with every card: one run a few seconds after
 * the last of them does, and during a long session one at least every minute. Running twice gives the same profile.
 */
export const refreshLearningProfile = inngest.createFunction(
  {
    id: 'refresh-learning-profile',
    triggers: [evidenceRecorded],
    debounce: { key: 'event.data.userId', period: '5s', timeout: '1m' },
    concurrency: [{ limit: 1, key: 'event.data.userId' }],
    retries: 3,
  },
  async ({ event, step }) => {
    const { userId } = event.data;
    return await step.run('work-out', () => withVerdict('work-out', () => refresh(userId)));
  },
);

async function refresh(userId: string): Promise<{ topics: number } | { outcome: 'gone' }> {
  try {
    const { analytics } = await rebuildLearningProfile(createServiceClient(), { userId, now: new Date() });
    return { topics: analytics.topicBreakdown.length };
  } catch (error) {
    // The account was deleted between the event and its run: there is nobody left to keep a profile for.
    if (error instanceof AppError && error.code === 'unauthenticated') return { outcome: 'gone' };
    throw error;
  }
}
