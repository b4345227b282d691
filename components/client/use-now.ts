'use client';

import { useEffect, useState } from 'react';
import { MINUTE_MS } from '@/lib/calendar/dates';

/**
 * The time, to the minute, and anew with whatever it is held against. It starts with the server's, so that both draw the
 * same page first.
 */
export function useNow(initial: number, heldAgainst: unknown): number {
  const [now, setNow] = useState(initial);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new data is what asks for the time.
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, [heldAgainst]);
  return now;
}
