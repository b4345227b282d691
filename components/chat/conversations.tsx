'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useContext, useEffect, useRef, useState } from 'react';
import type { Scope } from '@/components/chooser/document-picker';
import { lazyModule } from '@/components/client/lazy-module';
import { loadParser } from '@/components/markdown/with-parser';
import { paths } from '@/lib/links';
import { ConversationStore } from './conversation';
import { StoreContext } from './conversation-keeper';
import { ConversationView } from './conversation-view';
import { EmptyConversation } from './empty-conversation';

export /** Nothing was said yet on the page of a new question. */
const messagesCode = lazyModule(async () => {
  const [messages] = await Promise.all([import('./messages'), loadParser()]);
  return messages;
});

export function useStore(): ConversationStore {
  const keeper = useContext(StoreContext);
  if (!keeper) throw new Error('A conversation was rendered outside <ConversationKeeper>.');
  keeper.current ??= new ConversationStore();
  return keeper.current;
}

type NewConversationProps = {
  question?: string | undefined;
  /** Stands in the box, to be finished. */
  draft?: string | undefined;
  /** The notes that are chosen already. */
  scope?: Scope | undefined;
  suggestions: string[];
  hasNotes: boolean;
};

/**
 * The page of a new question. The address changes to the thread's as soon as there is one, without leaving the page;
 * when the student comes back to `/ask`, a fresh conversation begins.
 */
export function NewConversation({ question, draft, scope, ...start }: NewConversationProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [turn, setTurn] = useState(0);
  const wasElsewhere = useRef<boolean>(undefined);

  useEffect(() => {
    const isHere = pathname === paths.ask;
    // The browser's back button can bring this page to a thread's address: then the thread is what was meant.
    if (wasElsewhere.current === undefined && !isHere) router.replace(pathname);
    if (wasElsewhere.current && isHere) setTurn((count) => count + 1);
    wasElsewhere.current = !isHere;
  }, [pathname, router]);

  return <FreshConversation key={turn} {...start} {...(turn === 0 ? { question, draft, scope } : {})} />;
}

function FreshConversation({ question, draft, scope, suggestions, hasNotes }: NewConversationProps) {
  const store = useStore();
  const [threadId, setThreadId] = useState<string>();
  const [conversation] = useState(() => {
    const begun = store.begin((id) => {
      setThreadId(id);
      // Not the router: it would load the page anew in the middle of the answer.
      window.history.replaceState(null, '', paths.thread(id));
    });
    begun.chosen = scope;
    if (draft !== undefined) begun.draft = draft;
    return begun;
  });
  return (
    <ConversationView
      conversation={conversation}
      messagesCode={messagesCode}
      threadId={threadId}
      title={null}
      question={question}
      empty={(ask) => <EmptyConversation suggestions={suggestions} hasNotes={hasNotes} onAsk={ask} />}
    />
  );
}
