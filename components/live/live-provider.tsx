'use client';

import type { RealtimeClient } from '@supabase/realtime-js';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
} from 'react';
import { requestJson } from '@/components/client/request';
import { api } from '@/lib/links';
import { userTopic } from '@/lib/realtime/topics';
import { followConnection } from './follow-connection';
import { keepJoined } from './keep-joined';

/** While it is not `live`, whoever shows something that changes asks for it from time to time. */
type LiveStatus = 'connecting' | 'live' | 'offline';
type Live = { client: RealtimeClient | undefined; status: LiveStatus; userId: string };
type Told = { event: string; payload: unknown };
type Listener = (told: Told) => void;

const LiveContext = createContext<Live>({ client: undefined, status: 'connecting', userId: '' });
const ToldContext = createContext<Set<Listener>>(new Set());

export const useLive = (): Live => useContext(LiveContext);

/** What the database tells this student, and nobody else, over the live connection. */
export function useTold(event: string, onTold: (payload: unknown) => void): void {
  const listeners = useContext(ToldContext);
  const tell = useEffectEvent(onTold);
  useEffect(() => {
    const listener = (told: Told) => {
      if (told.event === event) tell(told.payload);
    };
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [listeners, event]);
}

type LiveProviderProps = {
  /** Given by the server when the page is made, so that one build serves every project. */
  url: string;
  publishableKey: string;
  userId: string;
  children: ReactNode;
};

/** One socket for the whole tab, opened after the page is there. */
export function LiveProvider({ url, publishableKey, userId, children }: LiveProviderProps) {
  const [client, setClient] = useState<RealtimeClient>();
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const [listeners] = useState(() => new Set<Listener>());

  useEffect(() => {
    let leave: (() => void) | undefined;
    let isGone = false;

    async function connect() {
      const { RealtimeClient } = await import('@supabase/realtime-js');
      if (isGone) return;
      const made = new RealtimeClient(`${url.replace(/^http/, 'ws').replace(/\/$/, '')}/realtime/v1`, {
        params: { apikey: publishableKey },
        accessToken: createTokenSource(),
        // A tab in the background may run its own timers once a minute; the server gives up on a silent socket sooner.
        worker: typeof Worker !== 'undefined',
      });
      // A channel joined before the token is there is joined as nobody, refused, and tried again only a second later.
      await made.setAuth();
      if (isGone) return;
      // The student's own channel doubles as the sign of life: while it is joined, changes arrive.
      const own = keepJoined(made, {
        topic: userTopic(userId),
        config: { private: true },
        listen: (channel) =>
          channel.on('broadcast', { event: '*' }, ({ event, payload }) => {
            for (const listener of listeners) listener({ event, payload });
          }),
        onJoined: () => setStatus('live'),
        onLost: () => setStatus('offline'),
      });
      const unfollow = followConnection(made);
      leave = () => {
        unfollow();
        own.leave();
        void made.removeAllChannels();
        void made.disconnect();
      };
      setClient(made);
    }

    connect().catch(() => setStatus('offline'));
    return () => {
      isGone = true;
      leave?.();
    };
  }, [url, publishableKey, userId, listeners]);

  const live = useMemo(() => ({ client, status, userId }), [client, status, userId]);
  return (
    <ToldContext value={listeners}>
      <LiveContext value={live}>{children}</LiveContext>
    </ToldContext>
  );
}

/** A token is asked for anew this long before it ends, so that a slow request does not join with a dead one. */
const MARGIN_MS = 30_000;

/** Gives the tab's token, asking the server only when the last one is about to end. */
function createTokenSource() {
  let known: { token: string; endsAt: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const { token, expiresAt } = await requestJson<{ token: string; expiresAt: string }>(api.realtimeToken);
    known = { token, endsAt: Date.parse(expiresAt) };
    return token;
  }

  return (): Promise<string> => {
    if (known && known.endsAt - MARGIN_MS > Date.now()) return Promise.resolve(known.token);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
