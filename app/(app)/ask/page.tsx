import type { Metadata } from 'next';
import { NewConversation } from '@/components/chat/conversations';
import { requireSession } from '@/lib/auth/session';
import { MESSAGE_MAX_CHARACTERS } from '@/lib/domain/bounds';
import { loadStartingPoints } from './starting-points';

export const metadata: Metadata = { title: 'Ask' };

type AskPageProps = { searchParams: Promise<{ q?: string | string[] }> };

export default async function AskPage({ searchParams }: AskPageProps) {
  const [{ q }, { db }] = await Promise.all([searchParams, requireSession()]);
  const question = (Array.isArray(q) ? q[0] : q)?.trim().slice(0, MESSAGE_MAX_CHARACTERS);
  const { hasNotes, suggestions } = await loadStartingPoints(db);
  return (
    <NewConversation {...(question ? { question } : {})} hasNotes={hasNotes} suggestions={suggestions} />
  );
}
