import { noteImageLink } from '@/lib/db/queries/note';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Leads to a picture of a note. */
export const GET = withUser<{ documentId: string; imageId: string }>(async ({ db, params }) => {
  const location = await noteImageLink(db, {
    docId: parseId(params.documentId),
    imageId: parseId(params.imageId),
  });
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'private, max-age=300' } });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
