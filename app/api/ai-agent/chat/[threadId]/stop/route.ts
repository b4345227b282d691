import { stopThread } from '@/lib/agent/threads';
import { parseId, withUser } from '@/lib/http';

export const POST = withUser<{ threadId: string }>(async ({ db, params }) =>
  Response.json(await stopThread(db, parseId(params.threadId))),
);
