import { listThreads, placeOf } from '@/lib/db/queries/thread';
import { threadListSchema, toCursor } from '@/lib/domain/thread';
import { parseQuery, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The student's conversations a page at a time, in both directions, and with `q` those that say it. */
export const GET = withUser(async ({ request, db }) => {
  const { limit, q, archived, after, before } = parseQuery(request, threadListSchema);
  const backwards = before !== undefined;
  const page = await listThreads(db, { limit, archived, query: q, backwards, place: before ?? after });
  const [first, last] = [page.threads[0], page.threads.at(-1)];
  const toPlace = (thread: typeof first, isThere: boolean) =>
    thread && isThere ? toCursor(placeOf(thread)) : null;
  return Response.json({
    threads: page.threads,
    // Newer ones come while the list is looked at, so the way to them is always given.
    before: toPlace(first, true),
    after: toPlace(last, backwards || page.hasMore),
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
