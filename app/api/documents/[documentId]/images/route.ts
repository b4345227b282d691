import { addNoteImage } from '@/lib/db/queries/note';
import { parseId, withUser } from '@/lib/http';
import { readBytes } from '@/lib/http/body';
import { otherMethods } from '@/lib/http/methods';

/** Takes a picture for a note, as the body of the request. */
export const POST = withUser<{ documentId: string }>(
  async ({ request, db, user, params }) => {
    const docId = parseId(params.documentId);
    const bytes = await readBytes(request, 'A picture over 4 MB is too large. Scale it down.');
    const imageId = await addNoteImage(db, { docId, userId: user.id, bytes });
    return Response.json({ imageId }, { status: 201 });
  },
  { limit: 'upload' },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
