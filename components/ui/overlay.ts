'use client';

import { type RefObject, useEffect, useEffectEvent, useId, useMemo, useRef, useState } from 'react';
import { lazyModule } from '@/components/client/lazy-module';

/** What menus, dialogs and what floats are made of: a sixth of a page's code, which comes when one is about to open. */
export const overlays = lazyModule(() => import('./overlay-parts'));

export type OverlayParts = typeof import('./overlay-parts');

/** It, once something wanted to open and it has come; `onMissing` hears that it could not be fetched. */
export function useOverlays(isWanted: boolean, onMissing: () => void) {
  // What closes goes away at its own pace.
  const [wasWanted, setWasWanted] = useState(isWanted);
  if (isWanted && !wasWanted) setWasWanted(true);
  const [, setCome] = useState(false);
  const miss = useEffectEvent(onMissing);
  useEffect(() => {
    if (!isWanted || overlays.get()) return;
    overlays.load().then(
      () => setCome(true),
      () => miss(),
    );
  }, [isWanted]);
  return wasWanted ? overlays.get() : undefined;
}

/** Fetches it as soon as somebody comes near a control that opens something. */
export const nearing = {
  onPointerEnter: () => void overlays.load().catch(() => undefined),
  onFocus: () => void overlays.load().catch(() => undefined),
};

/** The control of the menu that went away last, which has its focus back a moment later, and when that was. */
let left: { trigger: HTMLElement; atMs: number } | undefined;
const MOMENT_MS = 1_000;
export function leaveMenu(trigger: HTMLElement | null): void {
  if (trigger) left = { trigger, atMs: performance.now() };
}
export const menuJustLeft = (): HTMLElement | undefined =>
  left && performance.now() - left.atMs < MOMENT_MS ? left.trigger : undefined;

/** What a control opens: whether it is open, the control, and the name by which the control points at it. */
export type Opening = {
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
  trigger: RefObject<HTMLElement | null>;
  id: string;
};

/** Opened by its own control, or as `open` says. */
export function useOpening(onOpenChange?: (isOpen: boolean) => void, open?: boolean): Opening {
  const [isOwnOpen, setOwnOpen] = useState(false);
  const isOpen = open ?? isOwnOpen;
  const trigger = useRef<HTMLElement>(null);
  const id = useId();
  return useMemo(() => {
    const setOpen = (opens: boolean) => {
      setOwnOpen(opens);
      onOpenChange?.(opens);
    };
    return { isOpen, setOpen, trigger, id };
  }, [isOpen, onOpenChange, id]);
}
