import { inngest } from '@/inngest/client';
import { documentDeleted } from '@/inngest/events';
import { changeDocument, deleteDocument, getDocument } from '@/lib/db/queries/document';
import { documentChangeSchema } from '@/lib/domain/document';
import { parseId, parseJson, withUser } from '@/lib/http';
import { logger } from '@/lib/observability/logger';

type Params = { documentId: string };

export const GET = withUser<Params>(async ({ db, params }) =>
  Response.json(await getDocument(db, parseId(params.documentId))),
);

export const PATCH = withUser<Params>(async ({ request, db, params }) => {
  const id = parseId(params.documentId);
  return Response.json(await changeDocument(db, id, await parseJson(request, documentChangeSchema)));
});

export const DELETE = withUser<Params>(async ({ db, user, params }) => {
  const documentId = parseId(params.documentId);
  await deleteDocument(db, documentId);
  try {
    await inngest.send(documentDeleted.create({ documentId, userId: user.id }));
  } catch (error) {
    // The document is gone either way: a job that still reads it finds no row to write to and ends.
    logger().warn({ err: error, documentId }, 'a deletion was not announced to the queue');
  }
  return new Response(null, { status: 204 });
});
