'use client';

import { useEffect, useState } from 'react';
import type { Timer } from '@/lib/domain/room';
import { type Moment, momentOf } from '@/lib/study/room/timer';

/** What the clock shows, drawn anew when its seconds change. Nothing is asked of the server for it. */
export function useMoment(timer: Timer, nowMs: () => number, pageNowMs: number): Moment {
  const [moment, setMoment] = useState(() => momentOf(timer, pageNowMs));

  useEffect(() => {
    let pending: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      clearTimeout(pending);
      const next = momentOf(timer, nowMs());
      setMoment(next);
      if (next.isPaused || next.phase === 'waiting' || next.phase === 'done') return;
      // At the next whole second; a little late rather than a little early, or the same second would be drawn twice.
      pending = setTimeout(draw, (next.remainingMs % 1000 || 1000) + 5);
    };
    draw();
    // A sleeping tab runs its timers late.
    document.addEventListener('visibilitychange', draw);
    return () => {
      clearTimeout(pending);
      document.removeEventListener('visibilitychange', draw);
    };
  }, [timer, nowMs]);

  return moment;
}
