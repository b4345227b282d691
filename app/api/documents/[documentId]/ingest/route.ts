import { startReading } from '@/inngest/notify';
import { getDocument, requestIngestion } from '@/lib/db/queries/document';
import { ingestSchema } from '@/lib/domain/document';
import { AppError } from '@/lib/errors';
import { parseId, parseQuery, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { kindOfName } from '@/lib/ingestion/kinds';

/**
 * Starts the reading. Asked twice it starts one job: a document that waits keeps its run, and the queue takes the event
 * of a run once. `?again=true` reads a ready document anew, `&encoding=koi8-r` as what its student says it is.
 */
export const POST = withUser<{ documentId: string }>(
  async ({ request, db, user, params }) => {
    const documentId = parseId(params.documentId);
    const { again, encoding } = parseQuery(request, ingestSchema);
    if (encoding !== undefined) {
      const { fileName } = await getDocument(db, documentId);
      if (kindOfName(fileName ?? '')?.container !== 'text')
        throw new AppError('invalid_request', { message: 'Only a file of plain text has another encoding.' });
    }
    const { status, run } = await requestIngestion(db, documentId, { again: again === 'true', encoding });
    if (status === 'pending') await startReading({ documentId, userId: user.id, run });
    return Response.json({ documentId, status }, { status: 202 });
  },
  { limit: 'embedding' },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
