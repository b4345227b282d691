import { notifyDocumentReplaced, notifyDocumentsWaiting, notifyNoteSaved } from '@/inngest/notify';
import { getDocument } from '@/lib/db/queries/document';
import { keepBoth, listVersions, replaceDocument, restoreVersion } from '@/lib/db/queries/version';
import { versionRequestSchema } from '@/lib/domain/version';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { documentId: string };

export const GET = withUser<Params>(async ({ db, params }) =>
  Response.json(await listVersions(db, parseId(params.documentId))),
);

/** Decides on a version: it takes the place of an earlier one, both are kept, or a replaced one comes back. */
export const POST = withUser<Params>(async ({ request, db, user, params }) => {
  const documentId = parseId(params.documentId);
  const asked = await parseJson(request, versionRequestSchema);
  if (asked.do === 'replace') {
    const earlierId = await replaceDocument(db, documentId, asked.earlierId);
    // Links in notes follow the title that stays.
    await Promise.all([
      notifyDocumentReplaced({ userId: user.id, documentId, earlierId }),
      notifyNoteSaved(user.id),
    ]);
  } else if (asked.do === 'keep') await keepBoth(db, documentId);
  else {
    await restoreVersion(db, documentId);
    await notifyDocumentsWaiting();
  }
  return Response.json(await getDocument(db, documentId));
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
