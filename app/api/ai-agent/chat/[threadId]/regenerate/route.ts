import { z } from 'zod';
import { lookedAfter } from '@/inngest/notify';
import { answerTurn, HISTORY_LIMIT } from '@/lib/agent/http';
import { beginRegenerate } from '@/lib/db/queries/message';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const maxDuration = 120;

const bodySchema = z.object({ requestId: z.uuid().nullish() });

/** Answers the last question of a thread again, in place of the answer it has; once for each request id, as a question. */
export const POST = withUser<{ threadId: string }>(async (context) => {
  const { request, db } = context;
  const threadId = parseId(context.params.threadId);
  const body = request.headers.has('content-type') ? await parseJson(request, bodySchema) : {};
  const requestId = body.requestId ?? null;
  const begin = lookedAfter(() => beginRegenerate(db, { threadId, historyLimit: HISTORY_LIMIT, requestId }));
  return answerTurn(context, { threadId, requestId, begin, canRepeat: true });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
