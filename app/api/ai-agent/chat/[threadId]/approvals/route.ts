import type { z } from 'zod';
import { approvalsRequestSchema } from '@/lib/agent/requests';
import { storeApprovals } from '@/lib/db/queries/message';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Keeps a yes or no while other questions of the same answer wait; the last one is sent as a turn, which goes on. */
export const PUT = withUser<{ threadId: string }, z.infer<typeof approvalsRequestSchema>>(
  async ({ db, params, body }) => {
    await storeApprovals(db, { threadId: parseId(params.threadId), approvals: body.approvals });
    return new Response(null, { status: 204 });
  },
  { body: approvalsRequestSchema },
);

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods('PUT');
