import { createFileLink } from '@/lib/db/queries/document';
import { findNote } from '@/lib/db/queries/note';
import { titleOfNote } from '@/lib/domain/note';
import { parseId, withUser } from '@/lib/http';
import { attachment } from '@/lib/http/attachment';
import { otherMethods } from '@/lib/http/methods';

/** Sends the student on to the original file in Storage; a note is one itself. */
export const GET = withUser<{ documentId: string }>(async ({ db, params }) => {
  const id = parseId(params.documentId);
  const note = await findNote(db, id);
  if (note) {
    const headers = {
      'content-type': 'text/markdown; charset=utf-8',
      ...attachment(titleOfNote(note.content), 'md'),
      'cache-control': 'no-store',
    };
    return new Response(note.content, { headers });
  }
  const location = await createFileLink(db, id);
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
