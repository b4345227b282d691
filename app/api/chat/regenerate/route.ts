import { chatRegenerateRequestSchema, threadIdOf } from '@/lib/agent/requests';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { answerAgain } from '../turns';

export const maxDuration = 120;

/** Another answer to a question of a thread. */
export const POST = withUser(
  (context) =>
    answerAgain(context, {
      ...context.body,
      threadId: threadIdOf(context.body.threadId, context.user.id),
    }),
  { body: chatRegenerateRequestSchema },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
