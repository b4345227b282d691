'use client';

import { useEffect, useState } from 'react';
import { type ReadBlocks, ReadBlocksContext } from '@/components/markdown/markdown';
import { loadParser } from '@/components/markdown/with-parser';
import type { ClervaMessage } from '@/lib/agent/messages';
import { ConversationView, type MessagesCode } from './conversation-view';
import { useStore } from './conversations';
import { Messages } from './messages';

const messagesCode: MessagesCode = { get: () => ({ Messages }), load: loadParser };

type StoredConversationProps = {
  threadId: string;
  title: string | null;
  messages: ClervaMessage[];
  /** What the answers say, as it was read on the server. */
  read: ReadBlocks;
};

/** The page of a thread, from what is stored and what this tab already follows. */
export function StoredConversation({ threadId, title, messages, read }: StoredConversationProps) {
  const store = useStore();
  const [conversation] = useState(() => store.open(threadId, messages));
  useEffect(() => conversation.settle(messages), [conversation, messages]);
  return (
    <ReadBlocksContext value={read}>
      <ConversationView {...{ conversation, messagesCode, threadId, title }} />
    </ReadBlocksContext>
  );
}
