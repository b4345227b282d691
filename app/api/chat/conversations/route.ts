import { listThreads, placeOf } from '@/lib/db/queries/thread';
import { conversationListSchema, toCursor } from '@/lib/domain/thread';
import { parseQuery, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The student's conversations as programs list them. */
export const GET = withUser(async ({ request, db }) => {
  const { limit, cursor } = parseQuery(request, conversationListSchema);
  const { threads, hasMore } = await listThreads(db, { limit, place: cursor });
  const last = threads.at(-1);
  return Response.json({
    conversations: threads.map(({ messageId: _, excerpt: __, place: ___, ...thread }) => thread),
    nextCursor: last && hasMore ? toCursor(placeOf(last)) : null,
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
