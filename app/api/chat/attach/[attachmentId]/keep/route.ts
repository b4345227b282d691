import { keepAttachment } from '@/lib/db/queries/attachment';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Moves an attachment into the library, where every conversation finds it. */
export const POST = withUser<{ attachmentId: string }>(async ({ db, params }) =>
  Response.json(await keepAttachment(db, parseId(params.attachmentId))),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
