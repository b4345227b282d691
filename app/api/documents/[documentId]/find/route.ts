import { findSchema } from '@/app/api/requests';
import { findInDocument } from '@/lib/db/queries/reader';
import { parseId, parseQuery, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Where words stand in a document, page by page. */
export const GET = withUser<{ documentId: string }>(async ({ request, db, params }) => {
  const { q } = parseQuery(request, findSchema);
  return Response.json(await findInDocument(db, { docId: parseId(params.documentId), words: q }));
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
