'use client';

import { useSyncExternalStore } from 'react';
import { Kbd } from '@/components/ui/kbd';

const subscribe = () => () => undefined;

/** The keys of the command menu as this computer prints them. */
export function MenuKeys() {
  const isApple = useSyncExternalStore(
    subscribe,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  );
  return <Kbd>{isApple ? '⌘ K' : 'Ctrl K'}</Kbd>;
}
