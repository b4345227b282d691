'use client';

import { useEffect, useState } from 'react';
import type { ClervaMessage } from '@/lib/agent/messages';
import { ConversationView, type MessagesCode } from './conversation-view';
import { useStore } from './conversations';
import { Messages } from './messages';

const messagesCode: MessagesCode = { get: () => ({ Messages }), load: async () => undefined };

type StoredConversationProps = { threadId: string; title: string | null; messages: ClervaMessage[] };

/** The page of a thread, from what is stored and what this tab already follows. */
export function StoredConversation({ threadId, title, messages }: StoredConversationProps) {
  const store = useStore();
  const [conversation] = useState(() => store.open(threadId, messages));
  useEffect(() => conversation.settle(messages), [conversation, messages]);
  return <ConversationView {...{ conversation, messagesCode, threadId, title }} />;
}
