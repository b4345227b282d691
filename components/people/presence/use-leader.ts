'use client';

import { useEffect, useState } from 'react';

/**
 * Whether this tab speaks for all tabs of the student in this browser. The lock goes to the next one when its tab is
 * closed or dies. A browser without locks lets every tab speak, which costs requests and nothing else.
 */
export function useLeader(name: string, isWanted: boolean): boolean {
  const [isLeader, setIsLeader] = useState(false);
  useEffect(() => {
    if (!isWanted) return;
    if (!navigator.locks) {
      setIsLeader(true);
      return () => setIsLeader(false);
    }
    const waiting = new AbortController();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    navigator.locks
      .request(name, { signal: waiting.signal }, () => {
        setIsLeader(true);
        return held;
      })
      // Aborted while it waited: the tab does not want to speak any more.
      .catch(() => undefined);
    return () => {
      waiting.abort();
      release();
      setIsLeader(false);
    };
  }, [name, isWanted]);
  return isLeader;
}
