import { chatRequestSchema, threadIdOf } from '@/lib/agent/requests';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { answerQuestion } from './turns';

export const maxDuration = 120;

/** One question of a program: the whole answer as JSON, or with `stream` its events. */
export const POST = withUser(
  (context) => {
    const { message, stream, threadId, requestId = null, attachments, settings } = context.body;
    return answerQuestion(context, {
      message,
      threadId: threadId ? threadIdOf(threadId, context.user.id) : null,
      requestId,
      attachments,
      settings,
      form: stream ? 'events' : 'json',
    });
  },
  { body: chatRequestSchema },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
