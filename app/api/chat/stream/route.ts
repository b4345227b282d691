import { chatStreamRequestSchema, threadIdOf, uuidOf } from '@/lib/agent/requests';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { answerQuestion } from '../turns';

export const maxDuration = 120;

/** The events of an answer in a thread of the client's own naming, which is begun where there is none. */
export const POST = withUser(
  (context) => {
    const { messageId, message, attachments, settings } = context.body;
    const userId = context.user.id;
    const threadId = threadIdOf(context.body.threadId, userId);
    return answerQuestion(context, {
      message,
      threadId,
      // Programs count their messages anew in every thread, or call each one the same.
      requestId: uuidOf(messageId, userId, 'message', threadId, message),
      attachments,
      settings,
      opensThread: true,
      form: 'events',
    });
  },
  { body: chatStreamRequestSchema },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
