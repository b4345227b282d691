import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { StoredConversation } from '@/components/chat/conversations';
import { toClervaMessage } from '@/lib/agent/message-codec';
import { requireSession } from '@/lib/auth/session';
import { listMessages } from '@/lib/db/queries/message';
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
    z.uuid().safeParse(threadId).success ? listMessages(db, { threadId }) : [],
  ]);
  if (thread === null) notFound();
  return (
    <StoredConversation
      key={thread.id}
      threadId={thread.id}
      title={thread.title}
      messages={messages.map(toClervaMessage)}
    />
  );
}
