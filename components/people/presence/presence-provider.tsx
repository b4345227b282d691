'use client';

import { usePathname } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useLive, useTold } from '@/components/live/live-provider';
import { useShell } from '@/components/live/use-shell';
import type { Activity, OwnPresence } from '@/lib/domain/presence';
import { activityAt, activityOf, IDLE_AFTER_MS } from '@/lib/realtime/activity';
import { choose, fetchOwnPresence, type Shown, sayGone, saySign } from '../requests';
import { followInput, lastInputAt } from './last-input';
import { useLeader } from './use-leader';
import { type ShownIn, useShown } from './use-shown';

/**
 * Ten of these fit into the five minutes after which silence counts as gone, and still five when a browser runs the
 * timers of a background tab only once a minute: one lost request, or four, change nothing.
 */
const SIGN_EVERY_MS = 30_000;
/** A page that is passed through on the way to another is not worth a word. */
const SETTLE_MS = 150;
/** The first word waits for the channel, so that one says both: that the student is here, and that the tab can be seen. */
const JOIN_MS = 1_500;

type Presence = {
  /** Undefined until it is known. */
  own: OwnPresence | undefined;
  show: (shown: Shown) => Promise<void>;
  /** Asks again, after something else was changed that decides what others see. */
  refresh: () => void;
};

const PresenceContext = createContext<Presence>({
  own: undefined,
  show: async () => undefined,
  refresh: () => undefined,
});
export const usePresence = (): Presence => useContext(PresenceContext);

/** What the student shows of being here, the same in every tab of this browser. */
function useSharedPresence(userId: string) {
  const [own, setOwn] = useState<OwnPresence>();
  const tabs = useRef<BroadcastChannel>(undefined);
  const learn = useCallback((next: OwnPresence) => {
    setOwn(next);
    tabs.current?.postMessage(next);
  }, []);
  const look = useCallback(() => void fetchOwnPresence().then(setOwn, () => undefined), []);
  useEffect(() => {
    const channel = new BroadcastChannel(`clerva-presence-${userId}`);
    // Only tabs of this student in this browser write here, and they write what the server said.
    channel.onmessage = ({ data }: MessageEvent<OwnPresence>) => setOwn(data);
    tabs.current = channel;
    return () => channel.close();
  }, [userId]);
  // Known with the page; from then on what is told and chosen is newer.
  const made = useShell().data?.presence;
  useEffect(() => setOwn((known) => known ?? made), [made]);
  // The choice was made in another tab or on another device, or somebody must be left behind in the old channel.
  useTold('presence', look);
  return { own, learn, look };
}

type Speaking = {
  own: OwnPresence | undefined;
  pathname: string;
  isSeen: boolean;
  isLeader: boolean;
  isShown: boolean;
  say: (activity?: Activity) => void;
};

/** The tab that is looked at says what the student does; the leader alone says that they are still here. */
function useSigns({ own, pathname, isSeen, isLeader, isShown, say }: Speaking): void {
  const here = useEffectEvent(() => {
    if (document.visibilityState === 'visible') say(activityAt(pathname));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another activity.
  useEffect(() => {
    if (!isSeen) return;
    const timer = setTimeout(() => here(), isShown ? SETTLE_MS : JOIN_MS);
    return () => clearTimeout(timer);
  }, [isSeen, pathname, isShown]);

  const sign = useEffectEvent(() => {
    const isIdle =
      own?.currentActivity === 'studying' && activityOf(pathname, Date.now(), lastInputAt()) === 'idle';
    // Another tab may be the one that is studied in: only hands that rest everywhere make idle.
    say(isIdle && Date.now() - lastInputAt() >= IDLE_AFTER_MS ? 'idle' : undefined);
  });
  useEffect(() => {
    if (!isSeen || !isLeader) return;
    // As soon as watchers can see the tab leave, the row may be held against the channel; a tab that is looked at says so.
    if (isShown && document.visibilityState !== 'visible') sign();
    const timer = setInterval(() => sign(), SIGN_EVERY_MS);
    return () => clearInterval(timer);
  }, [isSeen, isLeader, isShown]);

  useEffect(() => {
    if (!isSeen) return;
    const onHere = () => here();
    const unfollow = followInput(IDLE_AFTER_MS, onHere);
    document.addEventListener('visibilitychange', onHere);
    document.addEventListener('resume', onHere);
    window.addEventListener('pageshow', onHere);
    window.addEventListener('online', onHere);
    return () => {
      unfollow();
      document.removeEventListener('visibilitychange', onHere);
      document.removeEventListener('resume', onHere);
      window.removeEventListener('pageshow', onHere);
      window.removeEventListener('online', onHere);
    };
  }, [isSeen]);
}

/** Says that the tab goes away, where nobody else says that the student is still here. */
function useGoodbye(isSeen: boolean, isLeader: boolean, { isShown, others }: ShownIn, tab: string): void {
  const gone = useEffectEvent(() => {
    const isAlone = isShown && others.current() === 0;
    // Without a channel to see the others in, the next leader says that it is here.
    if (isAlone || isShown || isLeader) sayGone(isAlone || !isShown ? undefined : tab);
  });
  useEffect(() => {
    if (!isSeen) return;
    const onGone = () => gone();
    window.addEventListener('pagehide', onGone);
    return () => window.removeEventListener('pagehide', onGone);
  }, [isSeen]);
}

/** Says that the student is here, for all their tabs together, and what they do; nothing at all while they hide. */
export function PresenceProvider({ children }: { children: ReactNode }) {
  const { userId } = useLive();
  const pathname = usePathname();
  const [tab] = useState(() => `${Date.now().toString(36)}.${Math.random().toString(36).slice(2)}`);
  const { own, learn, look } = useSharedPresence(userId);

  const isSeen = own?.isHidden === false;
  const shown = useShown(isSeen ? (own.topic ?? undefined) : undefined, tab);
  const isLeader = useLeader(`clerva-presence-${userId}`, isSeen);
  /** A lost sign is made up for by the next one. */
  const say = (activity?: Activity) => {
    if (!isSeen) return;
    saySign({ isLive: shown.isShown, ...(activity && { activity }) }).then(learn, () => undefined);
  };
  useSigns({ own, pathname, isSeen, isLeader, isShown: shown.isShown, say });
  useGoodbye(isSeen, isLeader, shown, tab);

  const presence = useMemo(
    () => ({ own, show: async (next: Shown) => learn(await choose(next)), refresh: look }),
    [own, learn, look],
  );
  return <PresenceContext value={presence}>{children}</PresenceContext>;
}
