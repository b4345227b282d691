'use client';

import { createContext, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { ConversationStore } from './conversation';

export const StoreContext = createContext<RefObject<ConversationStore | undefined> | undefined>(undefined);

/** What is said above every box of this tab. */
export const NoticeContext = createContext<string | undefined>(undefined);

/**
 * Keeps the conversations of this tab while its pages change. The first of them makes the store: pages that only lead
 * to the chat load none of its code.
 */
export function ConversationKeeper({
  notice,
  children,
}: {
  notice?: string | undefined;
  children: ReactNode;
}) {
  const store = useRef<ConversationStore>(undefined);
  useEffect(() => () => store.current?.close(), []);
  return (
    <NoticeContext value={notice}>
      <StoreContext value={store}>{children}</StoreContext>
    </NoticeContext>
  );
}
