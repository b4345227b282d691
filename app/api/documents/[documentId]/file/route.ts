import { createFileLink } from '@/lib/db/queries/document';
import { parseId, withUser } from '@/lib/http';

/** Sends the student on to the original file in Storage. */
export const GET = withUser<{ documentId: string }>(async ({ db, params }) => {
  const location = await createFileLink(db, parseId(params.documentId));
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } });
});
