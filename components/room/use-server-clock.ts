'use client';

import { useCallback, useRef, useState } from 'react';
import { betterOffset, type ClockOffset, measureOffset } from '@/lib/study/room/server-clock';

/** The server's time as this tab knows it. Until something was measured it is the time the page was made at. */
export function useServerClock(pageNowMs: number) {
  const known = useRef<ClockOffset | null>(null);
  const [madeAtMs] = useState(() => performance.now());

  const nowMs = useCallback(
    () =>
      known.current === null ? pageNowMs + performance.now() - madeAtMs : Date.now() + known.current.offsetMs,
    [pageNowMs, madeAtMs],
  );

  /** Asks something that answers with the server's time, and learns from how long it took. */
  const timed = useCallback(async <Answer extends { now: string }>(question: () => Promise<Answer>) => {
    const sentAtMs = Date.now();
    const answer = await question();
    const serverNowMs = Date.parse(answer.now);
    known.current = betterOffset(
      known.current,
      measureOffset({ sentAtMs, receivedAtMs: Date.now(), serverNowMs }),
    );
    return answer;
  }, []);

  return { nowMs, timed };
}
