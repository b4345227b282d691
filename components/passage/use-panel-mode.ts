'use client';

import { useSyncExternalStore } from 'react';

/** Beside the conversation, over its right edge, or a sheet from below. */
export type PanelMode = 'column' | 'overlay' | 'sheet';

// The widths at which the rail becomes icons and then tabs.
const COLUMN = '(min-width: 73.75rem)';
const OVERLAY = '(min-width: 45.0625rem)';

function subscribe(onChange: () => void): () => void {
  const queries = [COLUMN, OVERLAY].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener('change', onChange);
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange);
  };
}

function read(): PanelMode {
  if (window.matchMedia(COLUMN).matches) return 'column';
  return window.matchMedia(OVERLAY).matches ? 'overlay' : 'sheet';
}

export const usePanelMode = (): PanelMode => useSyncExternalStore(subscribe, read, () => 'column');
