'use client';

import { useSyncExternalStore } from 'react';
import { areHotkeysOn, setHotkeysOn, subscribeHotkeys } from '@/components/ui/hotkeys-setting';

/** Single keys can be switched off for people whose tools type letters of their own (WCAG 2.1.4). */
export function HotkeysSwitch() {
  const isOn = useSyncExternalStore(subscribeHotkeys, areHotkeysOn, () => true);
  return (
    <label className="flex min-h-11 items-center gap-2.5 font-medium">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => setHotkeysOn(event.target.checked)}
        className="size-4.5 accent-(--ink)"
      />
      Use keys on this device
    </label>
  );
}
