import { z } from 'zod';
import { addDocument, listDocuments } from '@/lib/db/queries/document';
import { serverEnv } from '@/lib/env';
import { parseJson, withUser } from '@/lib/http';
import { checkUploadSize, uploadKind } from '@/lib/ingestion/upload';

const newDocument = z.object({
  title: z.string().trim().min(1).max(200),
  fileName: z.string().trim().min(1).max(255),
  mimeType: z.string().max(150),
  sizeBytes: z.number().int().min(0),
  course: z.string().trim().min(1).max(120).nullish(),
  contentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'A sha256 in hexadecimal digits.')
    .optional(),
  sourceType: z.enum(['upload', 'session']).default('upload'),
});

export const GET = withUser(async ({ db }) => Response.json({ documents: await listDocuments(db) }));

/** Makes room for a file. The file itself goes from the browser straight to Storage. */
export const POST = withUser(async ({ request, db }) => {
  const body = await parseJson(request, newDocument);
  const env = serverEnv();
  checkUploadSize(body.sizeBytes, env.UPLOAD_MAX_BYTES);
  const added = await addDocument(db, {
    title: body.title,
    fileName: body.fileName,
    sizeBytes: body.sizeBytes,
    ...uploadKind(body.fileName, body.mimeType),
    course: body.course ?? undefined,
    contentHash: body.contentHash,
    sourceType: body.sourceType,
    maxUnfinished: env.UPLOAD_MAX_FILES,
  });
  return Response.json(added, { status: added.alreadyInLibrary ? 200 : 201 });
});
