import { addDocument, listDocuments } from '@/lib/db/queries/document';
import { newDocumentSchema } from '@/lib/domain/document';
import { serverEnv } from '@/lib/env';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { checkUpload } from '@/lib/ingestion/door';
import { uploadKind } from '@/lib/ingestion/upload';

export const GET = withUser(async ({ db }) => Response.json({ documents: await listDocuments(db) }));

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
