'use client';

import type { RealtimeChannel } from '@supabase/realtime-js';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { readShown, type Shown, type TabState } from './seats';

/** Looking something up in another tab is no absence. */
const AWAY_AFTER_MS = 60_000;
/** A channel is renewed when somebody leaves, and everybody is out of it for a moment. */
const GONE_AFTER_MS = 10_000;

/** Calls when the tab was out of sight for a while, and when it is looked at again. */
function useAway(onState: (state: TabState['state'], since: string) => void): void {
  const tell = useEffectEvent(onState);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onChange = () => {
      clearTimeout(timer);
      const since = new Date().toISOString();
      if (document.visibilityState === 'visible') tell('here', since);
      else timer = setTimeout(() => tell('away', since), AWAY_AFTER_MS);
    };
    document.addEventListener('visibilitychange', onChange);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onChange);
    };
  }, []);
}

/** Shows this tab in the room's channel, once at every join and again only when the student goes away or comes back. */
export function useRoomPresence() {
  const [shown, setShown] = useState<Shown>(new Map());
  const channel = useRef<RealtimeChannel>(undefined);
  const own = useRef<TabState>({ state: 'here', since: new Date().toISOString() });
  const lastSeen = useRef(new Map<string, number>());

  const track = (joined?: RealtimeChannel) => {
    if (joined) channel.current = joined;
    void channel.current?.track(own.current);
  };
  useAway((state, since) => {
    if (own.current.state === state) return;
    own.current = { state, since };
    track();
  });

  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const waiting = timers.current;
    return () => {
      for (const timer of waiting) clearTimeout(timer);
    };
  }, []);

  /** Takes over who is there at once, and who is not after a while: a reconnect is no absence. */
  const onPresence = (state: Record<string, readonly unknown[]>) => {
    const now = Date.now();
    const next = readShown(state);
    for (const userId of next.keys()) lastSeen.current.set(userId, now);
    setShown((before) => {
      const kept = [...before].filter(([userId]) => !next.has(userId));
      if (kept.length === 0) return next;
      const timer = setTimeout(() => {
        timers.current.delete(timer);
        setShown((present) => {
          const gone = kept.filter(([userId]) => (lastSeen.current.get(userId) ?? 0) <= now);
          const rest = new Map(present);
          for (const [userId] of gone) rest.delete(userId);
          return rest;
        });
      }, GONE_AFTER_MS);
      timers.current.add(timer);
      return new Map([...kept, ...next]);
    });
  };

  return { shown, onPresence, track };
}
