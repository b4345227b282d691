import { startReading } from '@/inngest/notify';
import { arriveAttachment, getAttachment } from '@/lib/db/queries/attachment';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The file is there: it is read as a document is, and a picture is ready at once. */
export const POST = withUser<{ attachmentId: string }>(
  async ({ db, user, params }) => {
    const id = parseId(params.attachmentId);
    const reading = await arriveAttachment(db, id);
    if (reading) await startReading({ ...reading, userId: user.id });
    return Response.json({ attachment: await getAttachment(db, id) }, { status: 202 });
  },
  { limit: 'embedding' },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
