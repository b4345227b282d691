import { z } from 'zod';
import { loadThread } from '@/lib/agent/threads';
import { showVersion } from '@/lib/db/queries/message';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

const bodySchema = z.object({ messageId: z.uuid() });

/** Shows another answer to a question, or the question as it was asked before; gives the conversation as it is then. */
export const PUT = withUser<{ threadId: string }, z.infer<typeof bodySchema>>(
  async ({ db, params, body }) => {
    const threadId = parseId(params.threadId);
    await showVersion(db, { threadId, messageId: body.messageId });
    return Response.json(await loadThread(db, threadId));
  },
  { body: bodySchema },
);

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods('PUT');
