'use client';

import { useEffect, useEffectEvent } from 'react';
import { areHotkeysOn } from './hotkeys-setting';

/** Keys as `event.key` says them, in small letters (`/`, `?`, `[`, `escape`), two in a row (`g l`), or with `mod+`. */
type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const SEQUENCE_MILLISECONDS = 1_000;

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Arrows belong to a wide table or formula that has the focus and scrolls sideways. */
const scrollsSideways = (event: KeyboardEvent) =>
  event.key.startsWith('Arrow') &&
  event.target instanceof Element &&
  event.target !== document.body &&
  event.target.scrollWidth > event.target.clientWidth;

/** Enter and Space press what has the focus. */
const pressesControl = (event: KeyboardEvent) =>
  (event.key === 'Enter' || event.key === ' ') &&
  event.target instanceof Element &&
  event.target.closest('a, button, summary, [role]:not(main)') !== null;

const isInOverlay = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role="dialog"], [role="menu"]') !== null;

const INPUT_METHOD_KEY_CODE = 229;

/** Whether the key belongs to an input method, which uses Enter to choose a word. Safari tells it by the code alone. */
export const isChoosingWord = ({ isComposing, keyCode }: globalThis.KeyboardEvent) =>
  isComposing || keyCode === INPUT_METHOD_KEY_CODE;

/**
 * Acts on keys while no field, dialog or menu has the focus. Later renders may pass new handlers without binding anew.
 * `enabled: false` silences them, for instance while a panel above owns the same keys.
 */
export function useHotkeys(hotkeys: Hotkeys, options: { enabled?: boolean } = {}): void {
  const { enabled = true } = options;
  const latest = useEffectEvent(() => hotkeys);

  useEffect(() => {
    if (!enabled) return;
    let pending = '';
    let pendingSince = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isChoosingWord(event) || event.altKey) return;
      const withModifier = event.metaKey || event.ctrlKey;
      const key = event.key.toLowerCase();
      if (!withModifier && (isField(event.target) || isInOverlay(event.target) || !areHotkeysOn())) return;

      if (scrollsSideways(event) || pressesControl(event)) return;

      const isSecond = pending !== '' && event.timeStamp - pendingSince < SEQUENCE_MILLISECONDS;
      const sequence = isSecond ? `${pending} ${key}` : '';
      pending = '';
      const handler = withModifier ? latest()[`mod+${key}`] : (latest()[sequence] ?? latest()[key]);
      if (handler) {
        event.preventDefault();
        handler(event);
      } else if (!withModifier && Object.keys(latest()).some((name) => name.startsWith(`${key} `))) {
        pending = key;
        pendingSince = event.timeStamp;
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}
