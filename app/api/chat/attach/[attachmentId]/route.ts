import { notifyDocumentDeleted } from '@/inngest/notify';
import { deleteAttachment, getAttachment } from '@/lib/db/queries/attachment';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { attachmentId: string };

export const GET = withUser<Params>(async ({ db, params }) =>
  Response.json({ attachment: await getAttachment(db, parseId(params.attachmentId)) }),
);

export const DELETE = withUser<Params>(async ({ db, user, params }) => {
  const documentId = await deleteAttachment(db, parseId(params.attachmentId));
  if (documentId !== null) await notifyDocumentDeleted({ userId: user.id, documentId });
  return new Response(null, { status: 204 });
});

export const { POST, PUT, PATCH, OPTIONS } = otherMethods('GET', 'DELETE');
