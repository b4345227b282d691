import { startReading } from '@/inngest/notify';
import { requestIngestion } from '@/lib/db/queries/document';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/**
 * Starts the reading. Asked twice it starts one job: a document that waits keeps its run, and the queue takes the event
 * of a run once. `?again=true` reads a ready document anew.
 */
export const POST = withUser<{ documentId: string }>(
  async ({ request, db, user, params }) => {
    const documentId = parseId(params.documentId);
    const again = new URL(request.url).searchParams.get('again') === 'true';
    const { status, run } = await requestIngestion(db, documentId, { again });
    if (status === 'pending') await startReading({ documentId, userId: user.id, run });
    return Response.json({ documentId, status }, { status: 202 });
  },
  { limit: 'embedding' },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
