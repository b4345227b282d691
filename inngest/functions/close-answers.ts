import { createServiceClient } from '../../lib/db/clients.ts';
import { closeDeadAnswers } from '../../lib/db/queries/message.ts';
import { inngest } from '../client.ts';
import { withVerdict } from '../failure.ts';

/**
 * Closes answers whose process died, so that nobody waits for them. Twice in a run, because a queue's clock knows minutes
 * only, and an answer should be closed within one: it counts as dead after fifteen seconds of silence.
 */
export const closeAnswersJob = inngest.createFunction(
  { id: 'close-answers', triggers: [{ cron: '* * * * *' }], concurrency: [{ limit: 1 }], retries: 0 },
  async ({ step }) => {
    const close = () => withVerdict(() => closeDeadAnswers(createServiceClient()));
    const first = await step.run('close', close);
    await step.sleep('half-a-minute', '30s');
    return first + (await step.run('close-again', close));
  },
);
