'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import useSWR from 'swr';
import { useLive } from '@/components/live/live-provider';
import { useRows } from '@/components/live/use-rows';
import type { NudgeInbox } from '@/lib/db/queries/nudge';
import type { NudgeAnswer } from '@/lib/domain/nudge';
import { api } from '@/lib/links';
import { answerNudge, fetchInbox } from '../requests';
import { nothingPutOff, putOff, subscribePutOff } from './quiet-store';

/** Only while the live connection is down. */
const POLL_MILLISECONDS = 20_000;
/** Quiet hours begin, and messages are let through, by the clock: no row tells of it. */
const CLOCK_MILLISECONDS = 300_000;
/** The two clocks may differ by a little; asking again at once would ask many times. */
const LEAST_WAIT_MILLISECONDS = 5_000;
/** Longer, and a timer would fire at once instead. */
const LONGEST_WAIT_MILLISECONDS = 2_000_000_000;

/** The inbox, live: a message that arrives, is answered or is taken back changes it without a reload. */
export function useNudges() {
  const { status } = useLive();
  const { data, error, mutate } = useSWR<NudgeInbox, Error>(api.nudges, fetchInbox, {
    refreshInterval: status === 'live' ? CLOCK_MILLISECONDS : POLL_MILLISECONDS,
  });

  /** Shown as answered at once; when it could not be saved, the truth comes back and the sentence is thrown. */
  const answer = async (id: string, given: NudgeAnswer): Promise<void> => {
    await mutate(
      async (inbox) => {
        await answerNudge(id, given);
        return inbox ? answered(inbox, id, given) : fetchInbox(api.nudges);
      },
      {
        optimisticData: (inbox) => (inbox ? answered(inbox, id, given) : EMPTY),
        rollbackOnError: true,
        throwOnError: true,
      },
    );
  };

  return { inbox: data, error, answer, refresh: () => mutate() };
}

/** Keeps the inbox live; mounted once for the whole app, so that one channel serves every place that shows it. */
export function useLiveInbox(): void {
  const { inbox, refresh } = useNudges();
  useRows({ table: 'nudge' }, () => void refresh());

  // What waits for the end of quiet hours arrives by the clock: no row changes then.
  const quietUntil = inbox?.quietUntil ?? null;
  useEffect(() => {
    if (quietUntil === null) return;
    const wait = Math.max(LEAST_WAIT_MILLISECONDS, Date.parse(quietUntil) - Date.now() + 500);
    const timer = setTimeout(() => void refresh(), Math.min(wait, LONGEST_WAIT_MILLISECONDS));
    return () => clearTimeout(timer);
  });
}

const EMPTY: NudgeInbox = { nudges: [], unread: 0, quietUntil: null };

function answered(inbox: NudgeInbox, id: string, given: NudgeAnswer): NudgeInbox {
  const nudges = inbox.nudges.map((nudge) => (nudge.id === id ? { ...nudge, status: given } : nudge));
  const unread = nudges.filter(({ direction, status }) => direction !== 'sent' && status === 'sent').length;
  return { ...inbox, nudges, unread };
}

/** What this device puts off, and the time by which it is judged: it moves on when the next one is over. */
export function usePutOff() {
  const state = useSyncExternalStore(subscribePutOff, putOff, nothingPutOff);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const current = Date.now();
    setNow(current);
    const next = Math.min(
      ...[...Object.values(state.snoozed), state.mutedUntil].filter((at) => at > current),
    );
    if (!Number.isFinite(next)) return;
    const timer = setTimeout(
      () => setNow(Date.now()),
      Math.min(next - current + 50, LONGEST_WAIT_MILLISECONDS),
    );
    return () => clearTimeout(timer);
  }, [state]);
  return { ...state, now };
}

/** How many messages are new, for the words beside People in the navigation. */
export const useUnread = (): number => useNudges().inbox?.unread ?? 0;
