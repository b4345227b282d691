import { addDocument, cursorOf, LIST_LIMIT, listDocuments } from '@/lib/db/queries/document';
import { listSchema, newDocumentSchema } from '@/lib/domain/document';
import { serverEnv } from '@/lib/env';
import { parseJson, parseQuery, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { checkUpload } from '@/lib/ingestion/door';
import { uploadKind } from '@/lib/ingestion/upload';

/** The newest first; `next` is where the list goes on. */
export const GET = withUser(async ({ request, db }) => {
  const documents = await listDocuments(db, parseQuery(request, listSchema));
  const last = documents.length === LIST_LIMIT ? documents.at(-1) : undefined;
  return Response.json({ documents, next: last ? cursorOf(last) : null });
});

/** Makes room for a file. The file itself goes from the browser straight to Storage. */
export const POST = withUser(
  async ({ request, db }) => {
    const body = await parseJson(request, newDocumentSchema);
    const env = serverEnv();
    await checkUpload(body, env);
    const added = await addDocument(db, {
      ...body,
      ...uploadKind(body.fileName, body.mimeType, env.UPLOAD_TYPES),
      maxUnfinished: env.UPLOAD_MAX_FILES,
    });
    return Response.json(added, { status: added.alreadyInLibrary ? 200 : 201 });
  },
  { limit: 'upload' },
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
