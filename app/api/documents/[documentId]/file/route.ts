import { createFileLink } from '@/lib/db/queries/document';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Sends the student on to the original file in Storage. */
export const GET = withUser<{ documentId: string }>(async ({ db, params }) => {
  const location = await createFileLink(db, parseId(params.documentId));
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
