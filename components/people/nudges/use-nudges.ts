'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { useBrowserFact } from '@/components/client/use-browser-fact';
import { LONGEST_WAIT_MS, useShell } from '@/components/live/use-shell';
import type { NudgeInbox } from '@/lib/db/queries/nudge';
import type { NudgeAnswer } from '@/lib/domain/nudge';
import type { Shell } from '@/lib/shell';
import { answerNudge } from '../requests';
import { nothingPutOff, putOff, subscribePutOff } from './quiet-store';

/** The inbox, live: a message that arrives, is answered or is taken back changes it without a reload. */
export function useNudges() {
  const { data, error, mutate } = useShell();
  // Its words depend on the clock and the zone of this device, which the server does not know.
  const isHere = useBrowserFact(() => true, false);

  /** Shown as answered at once; when it could not be saved, the truth comes back and the sentence is thrown. */
  const answer = async (id: string, given: NudgeAnswer): Promise<void> => {
    const next = (shell: Shell): Shell => ({ ...shell, inbox: answered(shell.inbox, id, given) });
    await mutate(
      async (shell) => {
        await answerNudge(id, given);
        return shell && next(shell);
      },
      { ...(data && { optimisticData: next(data) }), rollbackOnError: true, throwOnError: true },
    );
  };

  return { inbox: isHere ? data?.inbox : undefined, error, answer, refresh: () => mutate() };
}

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
    const timer = setTimeout(() => setNow(Date.now()), Math.min(next - current + 50, LONGEST_WAIT_MS));
    return () => clearTimeout(timer);
  }, [state]);
  return { ...state, now };
}
