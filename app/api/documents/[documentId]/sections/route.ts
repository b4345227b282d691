import { documentSections } from '@/lib/db/queries/reader';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const GET = withUser<{ documentId: string }>(async ({ db, params }) =>
  Response.json({ sections: await documentSections(db, { docId: parseId(params.documentId) }) }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
