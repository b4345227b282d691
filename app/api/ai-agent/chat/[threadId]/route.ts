import { z } from 'zod';
import { loadMessages, loadThread, stopThread } from '@/lib/agent/threads';
import { deleteThread, renameThread } from '@/lib/db/queries/thread';
import { title } from '@/lib/domain/fields';
import { AppError } from '@/lib/errors';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { threadId: string };

const renameSchema = z.object({ title });

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

export const PATCH = withUser<Params>(async ({ request, db, params }) => {
  const threadId = parseId(params.threadId);
  const { title } = await parseJson(request, renameSchema);
  const thread = await renameThread(db, { threadId, title });
  if (!thread) throw new AppError('not_found');
  return Response.json({ thread });
});

export const DELETE = withUser<Params>(async ({ db, params }) => {
  const threadId = parseId(params.threadId);
  await stopThread(db, threadId);
  if (!(await deleteThread(db, { threadId }))) throw new AppError('not_found');
  return new Response(null, { status: 204 });
});

export const { POST, PUT, OPTIONS } = otherMethods('GET', 'PATCH', 'DELETE');
