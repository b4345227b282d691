import { notifySomebodyHere } from '@/inngest/notify';
import { loadMessages, loadThread, stopThread } from '@/lib/agent/threads';
import { changeThread, deleteThread } from '@/lib/db/queries/thread';
import { type ThreadChange, threadChangeSchema } from '@/lib/domain/thread';
import { AppError } from '@/lib/errors';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { threadId: string };

/** The end of a conversation; with `before`, what was said before that message. */
export const GET = withUser<Params>(async ({ request, db, params }) => {
  const threadId = parseId(params.threadId);
  const before = new URL(request.url).searchParams.get('before');
  return Response.json(
    before === null
      ? await loadThread(db, threadId)
      : { messages: await loadMessages(db, { threadId, before: parseId(before) }) },
  );
});

/** Renames, pins, archives, and brings back what was just deleted. */
export const PATCH = withUser<Params, ThreadChange>(
  async ({ body: change, db, params }) => {
    const thread = await changeThread(db, { threadId: parseId(params.threadId), change });
    if (!thread) throw new AppError('not_found');
    return Response.json({ thread });
  },
  { body: threadChangeSchema },
);

/** It can be brought back for a while, and then the watch empties the bin. */
export const DELETE = withUser<Params>(async ({ db, params }) => {
  const threadId = parseId(params.threadId);
  await stopThread(db, threadId);
  if (!(await deleteThread(db, { threadId }))) throw new AppError('not_found');
  void notifySomebodyHere({ isAsking: true });
  return new Response(null, { status: 204 });
});

export const { POST, PUT, OPTIONS } = otherMethods('GET', 'PATCH', 'DELETE');
