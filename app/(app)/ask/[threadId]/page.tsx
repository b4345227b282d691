import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { StoredConversation } from '@/components/chat/stored-conversation';
import { readBlocks } from '@/components/markdown/read-blocks';
import { loadMessages } from '@/lib/agent/threads';
import { requireSession } from '@/lib/auth/session';
import { getThread } from '@/lib/db/queries/thread';

type ThreadPageProps = { params: Promise<{ threadId: string }> };

const threadOf = cache(async (threadId: string) => {
  const { db } = await requireSession();
  return z.uuid().safeParse(threadId).success ? getThread(db, { threadId }) : null;
});

export async function generateMetadata({ params }: ThreadPageProps): Promise<Metadata> {
  const thread = await threadOf((await params).threadId);
  return { title: thread ? (thread.title ?? 'Ask') : 'Nothing here' };
}

export default async function ThreadPage({ params }: ThreadPageProps) {
  const { threadId } = await params;
  const { db } = await requireSession();
  const [thread, messages] = await Promise.all([
    threadOf(threadId),
    z.uuid().safeParse(threadId).success ? loadMessages(db, { threadId }) : [],
  ]);
  if (thread === null) notFound();
  return (
    <StoredConversation
      key={thread.id}
      threadId={thread.id}
      title={thread.title}
      messages={messages}
      read={readBlocks(messages)}
    />
  );
}
