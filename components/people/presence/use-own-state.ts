'use client';

import { useEffect, useState } from 'react';
import { useText } from '#use-text';
import type { Activity, OwnPresence } from '@/lib/domain/presence';
import { freeForMs, ownShape, ownStateWords } from './own-state-words';
import { usePresence } from './presence-provider';

/** What others see of the student now. A beacon ends here by itself, as it does for others. */
export function useOwnState(): { own: OwnPresence | undefined; words: string; shape: Activity | null } {
  const t = useText();
  const { own } = usePresence();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const leftMs = own ? freeForMs(own, Date.now()) : null;
    if (leftMs === null) return;
    const timer = setTimeout(() => setNow(Date.now()), leftMs + 50);
    return () => clearTimeout(timer);
  }, [own]);
  return { own, words: ownStateWords(own, now, t), shape: ownShape(own, now) };
}
