import { notifyDocumentDeleted, notifyNoteSaved } from '@/inngest/notify';
import { changeDocument, deleteDocument, getDocument } from '@/lib/db/queries/document';
import { documentChangeSchema } from '@/lib/domain/document';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { documentId: string };

export const GET = withUser<Params>(async ({ db, params }) =>
  Response.json(await getDocument(db, parseId(params.documentId))),
);

export const PATCH = withUser<Params>(async ({ request, db, user, params }) => {
  const id = parseId(params.documentId);
  const change = await parseJson(request, documentChangeSchema);
  const changed = await changeDocument(db, id, change);
  // Notes that link to it say its new title.
  if (change.title !== undefined) await notifyNoteSaved(user.id);
  return Response.json(changed);
});

export const DELETE = withUser<Params>(async ({ db, user, params }) => {
  const documentId = parseId(params.documentId);
  await deleteDocument(db, documentId);
  await notifyDocumentDeleted({ documentId, userId: user.id });
  return new Response(null, { status: 204 });
});

export const { POST, PUT, OPTIONS } = otherMethods('GET', 'PATCH', 'DELETE');
