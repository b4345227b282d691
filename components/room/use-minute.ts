'use client';

import { useEffect, useState } from 'react';

const HALF_MINUTE_MS = 30_000;

/** The server's time, coarse: for words that count minutes. */
export function useMinute(nowMs: () => number, initialMs: number): number {
  const [minuteMs, setMinuteMs] = useState(initialMs);
  useEffect(() => {
    const timer = setInterval(() => setMinuteMs(nowMs()), HALF_MINUTE_MS);
    return () => clearInterval(timer);
  }, [nowMs]);
  return minuteMs;
}
