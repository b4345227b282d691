import { after } from 'next/server';
import { answerTurn, HISTORY_LIMIT } from '@/lib/agent/respond';
import { beginRegenerate } from '@/lib/db/queries/message';
import { parseId, withUser } from '@/lib/http';

export const maxDuration = 120;

/** Answers the last question of a thread again, in place of the answer it has. */
export const POST = withUser<{ threadId: string }>(
  async ({ request, user, db, params, traceId, sessionExpiresAtMs }) => {
    const opened = await beginRegenerate(db, {
      threadId: parseId(params.threadId),
      historyLimit: HISTORY_LIMIT,
    });
    const { response, finished } = answerTurn({
      opened,
      question: opened.text ?? '',
      request,
      userId: user.id,
      traceId,
      db,
      sessionExpiresAtMs,
      now: new Date(),
    });
    after(() => finished);
    return response;
  },
  { limit: 'chat' },
);
