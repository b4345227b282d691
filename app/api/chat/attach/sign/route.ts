import { threadIdOf } from '@/lib/agent/requests';
import { addAttachment } from '@/lib/db/queries/attachment';
import { attachSignSchema } from '@/lib/domain/attachment';
import { serverEnv } from '@/lib/env';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { checkUpload } from '@/lib/ingestion/door';
import { attachmentKind } from '@/lib/ingestion/upload';

/** Makes room for a file that goes with a question. The file itself goes from the client straight to Storage. */
export const POST = withUser(
  async ({ db, user, body }) => {
    const env = serverEnv();
    const { fileName, mimeType, sizeBytes, threadId } = body;
    await checkUpload(body, env);
    const added = await addAttachment(db, {
      fileName,
      sizeBytes,
      ...attachmentKind(fileName, mimeType, env.UPLOAD_TYPES),
      threadId: threadId ? threadIdOf(threadId, user.id) : null,
      maxUnfinished: env.UPLOAD_MAX_FILES,
    });
    return Response.json(added, { status: 201 });
  },
  { body: attachSignSchema, limit: 'upload' },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
