import { notifyNoteSaved } from '@/inngest/notify';
import { takeImport } from '@/lib/db/queries/deck-transfer';
import { vaultRequestSchema } from '@/lib/domain/note';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { importVault } from '@/lib/ingestion/import-vault';
import { readAside } from '@/lib/ingestion/reader/pool';

// Some hundred pictures go to the store one after the other.
export const maxDuration = 60;

/** Takes the notes of a zip, or of a whole vault, with their folders, links and pictures. */
export const POST = withUser(
  async ({ request, db, user }) => {
    const { upload } = await parseJson(request, vaultRequestSchema);
    const bytes = await takeImport(db, { userId: user.id, uploadId: upload });
    const vault = await readAside(user.id, 'vault', { bytes });
    const report = await importVault(db, { vault, upload, userId: user.id });
    await notifyNoteSaved(user.id);
    return Response.json(report, { status: 201 });
  },
  { limit: 'upload' },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
