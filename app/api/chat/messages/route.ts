import { toParts } from '@/lib/agent/message-codec';
import { contentOf } from '@/lib/agent/messages';
import { messageRequestSchema, threadIdOf } from '@/lib/agent/requests';
import { pageOfMessages } from '@/lib/db/queries/message';
import { getThread } from '@/lib/db/queries/thread';
import { messageListSchema, toCursor } from '@/lib/domain/thread';
import { AppError } from '@/lib/errors';
import { parseQuery, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { answerQuestion } from '../turns';

export const maxDuration = 120;

/** Messages of one conversation or of all, the latest first. */
export const GET = withUser(async ({ request, db, user }) => {
  const { limit, cursor, conversationId } = parseQuery(request, messageListSchema);
  const threadId = conversationId === undefined ? undefined : threadIdOf(conversationId, user.id);
  if (threadId !== undefined && !(await getThread(db, { threadId }))) throw new AppError('not_found');
  const rows = await pageOfMessages(db, { limit: limit + 1, threadId, before: cursor });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return Response.json({
    messages: shown.map(({ id, threadId: conversationId, role, parts, status, createdAt }) => {
      const { text: content, citations } = contentOf(toParts(parts));
      return { id, conversationId, role, content, status, createdAt, citations: [...citations.values()] };
    }),
    nextCursor: last && rows.length > limit ? toCursor(last.seq) : null,
  });
});

/** One question, answered whole. */
export const POST = withUser(
  async (context) => {
    const { conversationId, text, requestId = null, settings } = context.body;
    const response = await answerQuestion(context, {
      message: text,
      threadId: conversationId ? threadIdOf(conversationId, context.user.id) : null,
      requestId,
      settings,
      form: 'json',
    });
    const answer = await response.json();
    const { threadId, messageId: id, text: content, citations } = answer;
    const said = { id, conversationId: threadId, role: 'assistant', content, citations };
    return Response.json({
      ...answer,
      conversationId: threadId,
      message: { ...said, status: 'done', createdAt: new Date().toISOString() },
    });
  },
  { body: messageRequestSchema },
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
