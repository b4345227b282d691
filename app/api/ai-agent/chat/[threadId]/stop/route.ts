import { stopThread } from '@/lib/agent/threads';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const POST = withUser<{ threadId: string }>(async ({ db, params }) =>
  Response.json(await stopThread(db, parseId(params.threadId))),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
