'use client';

import { usePathname } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useLive, useTold } from '@/components/live/live-provider';
import type { Activity, OwnPresence } from '@/lib/domain/presence';
import { activityAt, activityOf, IDLE_AFTER_MS } from '@/lib/realtime/activity';
import { followInput, lastInputAt } from './last-input';
import { choose, fetchOwnPresence, type Shown, sayGone, saySign } from './requests';
import { useLeader } from './use-leader';
import { useShown } from './use-shown';

/**
 * Ten of these fit into the five minutes after which silence counts as gone, and still five when a browser runs the
 * timers of a background tab only once a minute: one lost request, or four, change nothing.
 */
const SIGN_EVERY_MS = 30_000;
/** A page that is passed through on the way to another is not worth a word. */
const SETTLE_MS = 150;

type Presence = {
  /** Undefined until it is known. */
  own: OwnPresence | undefined;
  show: (shown: Shown) => Promise<void>;
};

const PresenceContext = createContext<Presence>({ own: undefined, show: async () => undefined });
export const usePresence = (): Presence => useContext(PresenceContext);

/** Says that the student is here, for all their tabs together, and what they do; nothing at all while they hide. */
export function PresenceProvider({ children }: { children: ReactNode }) {
  const { userId } = useLive();
  const pathname = usePathname();
  const [own, setOwn] = useState<OwnPresence>();
  const [tab] = useState(() => `${Date.now().toString(36)}.${Math.random().toString(36).slice(2)}`);

  const isSeen = own?.isHidden === false;
  const { isShown, others } = useShown(isSeen ? (own.topic ?? undefined) : undefined, tab);
  const isLeader = useLeader(`clerva-presence-${userId}`, isSeen);

  // What listeners below read when they are called, long after they were added.
  const now = useRef({ own, isShown, isLeader, pathname });
  useEffect(() => {
    now.current = { own, isShown, isLeader, pathname };
  });

  const tabs = useRef<BroadcastChannel>(undefined);
  const learn = useCallback((next: OwnPresence) => {
    setOwn(next);
    tabs.current?.postMessage(next);
  }, []);
  const look = useCallback(() => void fetchOwnPresence().then(setOwn, () => undefined), []);
  /** A lost sign is made up for by the next one. */
  const say = useCallback(
    (activity?: Activity) => {
      if (now.current.own?.isHidden !== false) return;
      saySign({ isLive: now.current.isShown, ...(activity && { activity }) }).then(learn, () => undefined);
    },
    [learn],
  );

  useEffect(() => {
    const channel = new BroadcastChannel(`clerva-presence-${userId}`);
    // Only tabs of this student in this browser write here, and they write what the server said.
    channel.onmessage = ({ data }: MessageEvent<OwnPresence>) => setOwn(data);
    tabs.current = channel;
    look();
    return () => channel.close();
  }, [userId, look]);

  // The choice was made in another tab or on another device, or somebody must be left behind in the old channel.
  useTold('presence', look);

  // The tab that is looked at says what the student does; the leader alone says that they are still here.
  useEffect(() => {
    if (!isSeen) return;
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') say(activityAt(pathname));
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [isSeen, pathname, say]);

  useEffect(() => {
    if (!isSeen || !isLeader) return;
    const sign = () => {
      const { own: known, pathname: at } = now.current;
      const isIdle =
        known?.currentActivity === 'studying' && activityOf(at, Date.now(), lastInputAt()) === 'idle';
      // Another tab may be the one that is studied in: only hands that rest everywhere make idle.
      say(isIdle && Date.now() - lastInputAt() >= IDLE_AFTER_MS ? 'idle' : undefined);
    };
    // As soon as watchers can see the tab leave, the row may be held against the channel.
    if (isShown) sign();
    const timer = setInterval(sign, SIGN_EVERY_MS);
    return () => clearInterval(timer);
  }, [isSeen, isLeader, isShown, say]);

  useEffect(() => {
    if (!isSeen) return;
    const here = () => {
      if (document.visibilityState === 'visible') say(activityAt(now.current.pathname));
    };
    const gone = () => {
      const { isShown: shown, isLeader: leads } = now.current;
      const isAlone = shown && others.current() === 0;
      // Without a channel to see the others in, the next leader says that it is here.
      if (isAlone || shown || leads) sayGone(isAlone || !shown ? undefined : tab);
    };
    const unfollow = followInput(IDLE_AFTER_MS, here);
    document.addEventListener('visibilitychange', here);
    document.addEventListener('resume', here);
    window.addEventListener('pageshow', here);
    window.addEventListener('online', here);
    window.addEventListener('pagehide', gone);
    return () => {
      unfollow();
      document.removeEventListener('visibilitychange', here);
      document.removeEventListener('resume', here);
      window.removeEventListener('pageshow', here);
      window.removeEventListener('online', here);
      window.removeEventListener('pagehide', gone);
    };
  }, [isSeen, say, others, tab]);

  const show = useCallback(
    async (shown: Shown) => {
      const { own: known } = now.current;
      if (known) learn(await choose(shown, known));
    },
    [learn],
  );

  const presence = useMemo(() => ({ own, show }), [own, show]);
  return <PresenceContext value={presence}>{children}</PresenceContext>;
}
