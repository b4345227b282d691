'use client';

import { usePathname } from 'next/navigation';
import { useCallback, useEffect, useEffectEvent, useRef } from 'react';
import useSWR from 'swr';
import { requestJson } from '@/components/client/request';
import { api } from '@/lib/links';
import type { Shell } from '@/lib/shell';
import { useLive, useTold } from './live-provider';
import { useRows } from './use-rows';

/** Cards become due and people fall silent by the clock, which no row tells of. */
const CLOCK_MS = 60_000;
/** How often it is read where nobody tells of changes. */
const POLL_MS = 5_000;
const GATHER_MS = 300;
/** The channels of a page are joined one after another, and each asks for what it missed: once for all of them. */
const JOIN_MS = 1_500;
/** Many come and go at once; a number in the margin is not worth a request for each. */
const REST_MS = 2_000;

const fetchShell = (url: string) => requestJson<Shell>(url);

/** What stands around the page, as it is known: first as the page was made with it. */
export function useShell() {
  return useSWR<Shell, Error>(api.shell, fetchShell, { revalidateIfStale: false, dedupingInterval: 500 });
}

/** Calls once for all who ask within a while: as soon as the most impatient of them wants it. */
function useGathered(work: () => void): (waitMs: number) => void {
  const waiting = useRef({ timer: 0, at: Number.POSITIVE_INFINITY });
  useEffect(
    () => () => {
      window.clearTimeout(waiting.current.timer);
      waiting.current.at = Number.POSITIVE_INFINITY;
    },
    [],
  );
  return useCallback(
    (waitMs) => {
      const at = performance.now() + waitMs;
      if (at >= waiting.current.at) return;
      window.clearTimeout(waiting.current.timer);
      const timer = window.setTimeout(() => {
        waiting.current.at = Number.POSITIVE_INFINITY;
        work();
      }, waitMs);
      waiting.current = { timer, at };
    },
    [work],
  );
}

/** Keeps it true for the whole tab, with one call for all of its parts. `made`: what the page was made with. */
export function useKeptShell(made: Shell): void {
  const { status } = useLive();
  const isLive = status === 'live';
  const pathname = usePathname();
  const { data, isValidating, mutate } = useSWR<Shell, Error>(api.shell, fetchShell, {
    revalidateOnMount: false,
    refreshInterval: isLive ? CLOCK_MS : POLL_MS,
    dedupingInterval: 500,
  });
  const look = useGathered(useCallback(() => void mutate(), [mutate]));
  // A page that is made anew knows better than what was read before. An answer on its way is lost by that, and asked for anew.
  const isAsking = useEffectEvent(() => isValidating);
  useEffect(() => {
    void mutate(made, { revalidate: false });
    if (isAsking()) look(GATHER_MS);
  }, [made, mutate, look]);

  useRows({ table: 'nudge' }, (hasJoined) => look(hasJoined ? JOIN_MS : GATHER_MS));
  useRows({ table: 'presence' }, (hasJoined) => look(hasJoined ? JOIN_MS : REST_MS));
  useTold('thread', () => look(GATHER_MS));
  // What happened before the connection stood was told to nobody.
  useEffect(() => {
    if (isLive) look(JOIN_MS);
  }, [isLive, look]);

  // Leaving a review or a quiz is when the number of cards has changed.
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current !== pathname) look(0);
    before.current = pathname;
  }, [pathname, look]);

  // What waits for the end of quiet hours arrives by the clock: no row changes then.
  const quietUntil = data?.inbox.quietUntil ?? null;
  useEffect(() => {
    if (quietUntil === null) return;
    const wait = Math.max(LEAST_WAIT_MS, Date.parse(quietUntil) - Date.now() + 500);
    const timer = setTimeout(() => void mutate(), Math.min(wait, LONGEST_WAIT_MS));
    return () => clearTimeout(timer);
  });
}

/** The two clocks may differ by a little; asking again at once would ask many times. */
const LEAST_WAIT_MS = 5_000;
/** Longer, and a timer would fire at once instead. */
export const LONGEST_WAIT_MS = 2_000_000_000;
