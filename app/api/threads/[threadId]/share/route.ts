import { titleOf } from '@/lib/agent/title';
import { snapshotOf } from '@/lib/agent/transcript';
import { wholeThread } from '@/lib/db/queries/message';
import { getProfile } from '@/lib/db/queries/profile';
import { createShareLink } from '@/lib/db/queries/share-link';
import { type ShareRequest, shareRequestSchema } from '@/lib/domain/transcript';
import { serverEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { paths } from '@/lib/links';

/** Makes a link to a copy of the conversation as it is now. The link is told here and never again. */
export const POST = withUser<{ threadId: string }, ShareRequest>(
  async ({ request, db, user, params, body }) => {
    const { withSources, expires, name = null } = body;
    const threadId = parseId(params.threadId);
    const [{ thread, rows }, profile] = await Promise.all([
      wholeThread(db, { threadId }),
      getProfile(db, { userId: user.id }),
    ]);
    const ownName = profile?.displayName ?? null;
    const copy = snapshotOf(rows, { title: titleOf(thread), withSources, name, ownName });
    if (copy.snapshot.messages.length === 0) {
      throw new AppError('invalid_request', { message: 'There is nothing to share yet.' });
    }
    const { token, ...link } = await createShareLink(db, {
      threadId,
      ...copy,
      expires,
      now: new Date(),
    });
    const url = new URL(paths.shared(token), serverEnv().NEXT_PUBLIC_APP_URL ?? new URL(request.url).origin)
      .href;
    return Response.json({ ...link, url }, { status: 201 });
  },
  { body: shareRequestSchema },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
