'use client';

import { useCallback, useEffect, useState } from 'react';

const SHOWN_MILLISECONDS = 2_000;

type CopyState = 'idle' | 'copied' | 'failed';

/** Copies text and says for two seconds whether that worked. */
export function useCopy(): { state: CopyState; copy: (text: string) => Promise<void> } {
  const [state, setState] = useState<CopyState>('idle');

  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = useCallback(async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // The browser can refuse the clipboard, for instance on an insecure address; the button says so.
      setState('failed');
    }
  }, []);

  return { state, copy };
}
