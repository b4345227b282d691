import type { z } from 'zod';
import { versionChoiceSchema } from '@/app/api/requests';
import { loadThread } from '@/lib/agent/threads';
import { showVersion } from '@/lib/db/queries/message';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Shows another answer to a question, or the question as it was asked before; gives the conversation as it is then. */
export const PUT = withUser<{ threadId: string }, z.infer<typeof versionChoiceSchema>>(
  async ({ db, params, body }) => {
    const threadId = parseId(params.threadId);
    await showVersion(db, { threadId, messageId: body.messageId });
    return Response.json(await loadThread(db, threadId));
  },
  { body: versionChoiceSchema },
);

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods('PUT');
