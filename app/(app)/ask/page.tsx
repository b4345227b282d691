import { z } from 'zod';
import { NewConversation } from '@/components/chat/conversations';
import type { Scope } from '@/components/chooser/document-picker';
import { requireSession } from '@/lib/auth/session';
import type { DatabaseClient } from '@/lib/db/clients';
import { readerDocument } from '@/lib/db/queries/reader';
import { MESSAGE_MAX_CHARACTERS } from '@/lib/domain/bounds';
import { readText, titled } from '@/lib/language/server-text';
import { loadStartingPoints } from './starting-points';

export const generateMetadata = titled('Ask');

type Given = string | string[] | undefined;
type AskPageProps = { searchParams: Promise<{ q?: Given; draft?: Given; doc?: Given }> };

const textOf = (given: Given) => (Array.isArray(given) ? given[0] : given)?.slice(0, MESSAGE_MAX_CHARACTERS);

/** The document that a question keeps to, where the address names one of the student's own. */
async function scopeOf(db: DatabaseClient, docId: string | undefined): Promise<Scope | undefined> {
  if (!z.uuid().safeParse(docId).success || docId === undefined) return undefined;
  const document = await readerDocument(db, { docId });
  return document ? { course: null, docIds: [docId], title: document.title } : undefined;
}

export default async function AskPage({ searchParams }: AskPageProps) {
  const t = await readText();
  const [{ q, draft, doc }, { db }] = await Promise.all([searchParams, requireSession()]);
  const question = textOf(q)?.trim();
  const [{ hasNotes, suggestions }, scope] = await Promise.all([
    loadStartingPoints(db, t),
    scopeOf(db, textOf(doc)),
  ]);
  return (
    <NewConversation
      // Another document, or another question, is another conversation.
      key={`${textOf(doc)} ${question}`}
      question={question || undefined}
      draft={textOf(draft)}
      scope={scope}
      hasNotes={hasNotes}
      suggestions={suggestions}
    />
  );
}
