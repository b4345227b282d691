import type { ReactNode } from 'react';
import { ConversationKeeper } from '@/components/chat/conversation-keeper';
import { KnownAnswers } from '@/components/client/known-answers';
import { usageNotice } from '@/components/you/usage-view';
import { models } from '@/lib/agent/dependencies';
import { requireSession } from '@/lib/auth/session';
import { usageToday } from '@/lib/db/queries/operations';
import { listPersonas } from '@/lib/db/queries/persona';
import { serverEnv } from '@/lib/env';
import { ERRORS } from '@/lib/errors';
import { readText, Texts } from '@/lib/language/server-text';
import { api } from '@/lib/links';
import { chatClosure } from '@/lib/operations/kill-switch';

export default async function AskLayout({ children }: { children: ReactNode }) {
  const t = await readText();
  const { db } = await requireSession();
  const [closure, usage, personas] = await Promise.all([chatClosure(db), usageToday(db), listPersonas(db)]);
  const answers = {
    [api.models]: { models: models() },
    [api.personas]: { personas, default: serverEnv().defaultPersona },
  };
  const notice = closure
    ? (closure.reason ?? t.fault({ code: 'chat_disabled', message: ERRORS.chat_disabled.message }))
    : usageNotice(usage, t);
  return (
    <Texts of={['cards', 'chat', 'markdown', 'passage', 'people']}>
      <KnownAnswers answers={answers}>
        <ConversationKeeper notice={notice}>{children}</ConversationKeeper>
      </KnownAnswers>
    </Texts>
  );
}
