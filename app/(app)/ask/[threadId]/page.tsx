import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { StoredConversation } from '@/components/chat/stored-conversation';
import { KnownAnswers } from '@/components/client/known-answers';
import { holdsFormula } from '@/components/markdown/formulas';
import type { ReadBlocks } from '@/components/markdown/markdown';
import { readBlocks } from '@/components/markdown/read-blocks';
import { loadMessages } from '@/lib/agent/threads';
import { requireSession } from '@/lib/auth/session';
import { threadPersona } from '@/lib/db/queries/persona';
import { getThread } from '@/lib/db/queries/thread';
import { readText } from '@/lib/language/server-text';
import { api } from '@/lib/links';

type ThreadPageProps = { params: Promise<{ threadId: string }> };

const threadOf = cache(async (threadId: string) => {
  const { db } = await requireSession();
  return z.uuid().safeParse(threadId).success ? getThread(db, { threadId }) : null;
});

/** What draws formulas is loaded with the first answer that has one. */
async function withFormulas(read: ReadBlocks): Promise<ReadBlocks> {
  if (!Object.values(read).some(holdsFormula)) return read;
  return (await import('@/components/markdown/draw-ahead')).treesAhead(read);
}

export async function generateMetadata({ params }: ThreadPageProps): Promise<Metadata> {
  const t = await readText();
  const thread = await threadOf((await params).threadId);
  return { title: thread ? (thread.title ?? t('Ask')) : t('Nothing here') };
}

export default async function ThreadPage({ params }: ThreadPageProps) {
  const { threadId } = await params;
  const { db } = await requireSession();
  const isId = z.uuid().safeParse(threadId).success;
  const [thread, messages, persona] = await Promise.all([
    threadOf(threadId),
    isId ? loadMessages(db, { threadId }) : [],
    // Refuses where there is no conversation, as the page itself does below.
    threadOf(threadId).then((found) => found && threadPersona(db, { threadId: found.id })),
  ]);
  if (thread === null) notFound();
  return (
    <KnownAnswers answers={{ [api.threadPersona(thread.id)]: { persona } }}>
      <StoredConversation
        key={thread.id}
        threadId={thread.id}
        title={thread.title}
        messages={messages}
        read={await withFormulas(readBlocks(messages))}
      />
    </KnownAnswers>
  );
}
