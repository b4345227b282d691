import { z } from 'zod';
import { cancelCall } from '@/lib/agent/threads';
import { AppError } from '@/lib/errors';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Ids of calls are the provider's, of whatever form. */
const callId = z.string().min(1).max(200);

/** Ends one call of a tool while the answer is written; the answer goes on and says so. */
export const POST = withUser<{ threadId: string; toolCallId: string }>(async ({ db, params }) => {
  const { data: toolCallId } = callId.safeParse(params.toolCallId);
  if (toolCallId === undefined) throw new AppError('not_found');
  return Response.json(await cancelCall(db, { threadId: parseId(params.threadId), toolCallId }));
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
