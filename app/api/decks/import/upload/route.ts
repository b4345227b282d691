import { importUploadSchema } from '@/app/api/requests';
import { createImportUpload } from '@/lib/db/queries/deck-transfer';
import { MAX_IMPORT_BYTES } from '@/lib/domain/bounds';
import { AppError } from '@/lib/errors';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Makes room for a collection of cards that is too large for a request; it goes straight to Storage. */
export const POST = withUser(async ({ request, db, user }) => {
  const { sizeBytes } = await parseJson(request, importUploadSchema);
  if (sizeBytes > MAX_IMPORT_BYTES) {
    throw new AppError('file_too_large', { message: 'This file is over 40 MB. Export one deck at a time.' });
  }
  return Response.json(await createImportUpload(db, { userId: user.id }), { status: 201 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
