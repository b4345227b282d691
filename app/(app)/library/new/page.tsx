import { NoteEditor } from '@/components/notes/note-editor';
import { requireSession } from '@/lib/auth/session';
import { titled } from '@/lib/language/server-text';

export const generateMetadata = titled('New note');

/** The note begins with its first words; until then there is none. */
export default async function NewNotePage() {
  await requireSession();
  const documentId = crypto.randomUUID();
  return <NoteEditor key={documentId} documentId={documentId} note={null} />;
}
