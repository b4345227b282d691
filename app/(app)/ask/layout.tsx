import type { ReactNode } from 'react';
import { ConversationKeeper } from '@/components/chat/conversation-keeper';

export default function AskLayout({ children }: { children: ReactNode }) {
  return <ConversationKeeper>{children}</ConversationKeeper>;
}
