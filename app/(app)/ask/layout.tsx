import type { ReactNode } from 'react';
import { ConversationKeeper } from '@/components/chat/conversation-keeper';
import { usageNotice } from '@/components/you/usage-view';
import { requireSession } from '@/lib/auth/session';
import { usageToday } from '@/lib/db/queries/operations';
import { ERRORS } from '@/lib/errors';
import { chatClosure } from '@/lib/operations/kill-switch';

export default async function AskLayout({ children }: { children: ReactNode }) {
  const { db } = await requireSession();
  const [closure, usage] = await Promise.all([chatClosure(db), usageToday(db)]);
  const notice = closure ? (closure.reason ?? ERRORS.chat_disabled.message) : usageNotice(usage);
  return <ConversationKeeper notice={notice}>{children}</ConversationKeeper>;
}
