import { abortRequestSchema, threadIdOf } from '@/lib/agent/requests';
import { stopThread } from '@/lib/agent/threads';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Stops the answer that is being written in a thread and keeps what there is of it. */
export const POST = withUser(
  async ({ db, user, body }) => Response.json(await stopThread(db, threadIdOf(body.threadId, user.id))),
  { body: abortRequestSchema },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
