'use client';

import type { RealtimeChannel, RealtimePresenceState } from '@supabase/realtime-js';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { type Joined, keepJoined } from './keep-joined';
import { useLive } from './live-provider';

type TopicHandlers = {
  onBroadcast?: (event: string, payload: unknown) => void;
  /** Who is tracked in the channel, whenever that changes. Asked for only when this is given. */
  onPresence?: (state: RealtimePresenceState) => void;
  /** At every join, also of a socket that came back: ask for what was missed, and track again. */
  onJoined?: (channel: RealtimeChannel) => void;
};

type TopicOptions = {
  /** Under which the own connections are merged, a student's id as a rule. */
  presenceKey?: string;
  /** Whether own broadcasts come back. */
  self?: boolean;
};

/** A private channel, joined while the component is there and a topic is named. */
export function useTopic(topic: string | undefined, handlers: TopicHandlers, options: TopicOptions = {}) {
  const { client } = useLive();
  const [isJoined, setIsJoined] = useState(false);
  const joined = useRef<Joined>(undefined);
  const latest = useEffectEvent(() => handlers);

  const wantsPresence = handlers.onPresence !== undefined;
  const { presenceKey = '', self = false } = options;
  useEffect(() => {
    if (!client || topic === undefined) return;
    const kept = keepJoined(client, {
      topic,
      config: {
        private: true,
        broadcast: { self },
        presence: { key: presenceKey, enabled: wantsPresence },
      },
      listen: (channel) => {
        channel.on('broadcast', { event: '*' }, ({ event, payload }) =>
          latest().onBroadcast?.(event, payload),
        );
        if (wantsPresence) {
          channel.on('presence', { event: 'sync' }, () => latest().onPresence?.(channel.presenceState()));
        }
      },
      onJoined: (channel) => {
        setIsJoined(true);
        latest().onJoined?.(channel);
      },
      onLost: () => setIsJoined(false),
    });
    joined.current = kept;
    return () => {
      joined.current = undefined;
      setIsJoined(false);
      kept.leave();
    };
  }, [client, topic, presenceKey, self, wantsPresence]);

  /** Told to the others in the channel; false when the channel is not joined, and nothing was sent. */
  const send = useCallback(
    async (event: string, payload: Record<string, unknown>) => {
      if (!isJoined || !joined.current) return false;
      return (await joined.current.channel().send({ type: 'broadcast', event, payload })) === 'ok';
    },
    [isJoined],
  );
  return { isJoined, send };
}
