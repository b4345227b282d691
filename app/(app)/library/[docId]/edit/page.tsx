import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { NoteEditor } from '@/components/notes/note-editor';
import { requireSession } from '@/lib/auth/session';
import { findNote } from '@/lib/db/queries/note';
import { titleOfNote } from '@/lib/domain/note';
import { readText } from '@/lib/language/server-text';

type NotePageProps = { params: Promise<{ docId: string }> };

const noteOf = cache(async (docId: string) => {
  const { db } = await requireSession();
  return z.uuid().safeParse(docId).success ? findNote(db, docId) : null;
});

export async function generateMetadata({ params }: NotePageProps): Promise<Metadata> {
  const t = await readText();
  const note = await noteOf((await params).docId);
  return { title: note ? titleOfNote(note.content) : t('Nothing here') };
}

export default async function NotePage({ params }: NotePageProps) {
  const note = await noteOf((await params).docId);
  if (note === null) notFound();
  return <NoteEditor key={note.documentId} documentId={note.documentId} note={note} />;
}
