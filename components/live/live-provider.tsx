'use client';

import type { SupabaseClient } from '@supabase/supabase-js';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { userTopic } from '@/lib/realtime/topics';
import { createTokenSource } from './live-token';

/** While it is not `live`, whoever shows something that changes asks for it from time to time. */
export type LiveStatus = 'connecting' | 'live' | 'offline';
export type Live = { client: SupabaseClient | undefined; status: LiveStatus; userId: string };

const LiveContext = createContext<Live>({ client: undefined, status: 'connecting', userId: '' });

export const useLive = (): Live => useContext(LiveContext);

type LiveProviderProps = {
  /** Given by the server when the page is made, so that one build serves every project. */
  url: string;
  publishableKey: string;
  userId: string;
  children: ReactNode;
};

/** One socket for the whole tab, opened after the page is there. */
export function LiveProvider({ url, publishableKey, userId, children }: LiveProviderProps) {
  const [client, setClient] = useState<SupabaseClient>();
  const [status, setStatus] = useState<LiveStatus>('connecting');

  useEffect(() => {
    let made: SupabaseClient | undefined;
    let isGone = false;

    async function connect() {
      const { createClient } = await import('@supabase/supabase-js');
      if (isGone) return;
      made = createClient(url, publishableKey, { accessToken: createTokenSource() });
      // The student's own channel doubles as the sign of life: while it is joined, changes arrive.
      made
        .channel(userTopic(userId), { config: { private: true } })
        .subscribe((state) => setStatus(state === 'SUBSCRIBED' ? 'live' : 'offline'));
      setClient(made);
    }

    connect().catch(() => setStatus('offline'));
    return () => {
      isGone = true;
      void made?.removeAllChannels();
      void made?.realtime.disconnect();
    };
  }, [url, publishableKey, userId]);

  const live = useMemo(() => ({ client, status, userId }), [client, status, userId]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
