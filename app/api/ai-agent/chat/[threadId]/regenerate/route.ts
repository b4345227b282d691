import { answerTurn, HISTORY_LIMIT } from '@/lib/agent/http';
import { beginRegenerate } from '@/lib/db/queries/message';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const maxDuration = 120;

/** Answers the last question of a thread again, in place of the answer it has. */
export const POST = withUser<{ threadId: string }>(
  async (context) => {
    const threadId = parseId(context.params.threadId);
    const begin = () => beginRegenerate(context.db, { threadId, historyLimit: HISTORY_LIMIT });
    return answerTurn(context, { threadId, begin, canRepeat: true });
  },
  { limit: 'chat' },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
