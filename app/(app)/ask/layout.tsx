import type { ReactNode } from 'react';
import { Conversations } from '@/components/chat/conversations';

export default function AskLayout({ children }: { children: ReactNode }) {
  return <Conversations>{children}</Conversations>;
}
