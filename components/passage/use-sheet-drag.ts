'use client';

import { type PointerEvent, useCallback, useRef } from 'react';

const CLOSE_PIXELS = 96;
const GROW_PIXELS = -48;

/** Dragging the handle of a sheet: up to the full height, down to close. Buttons do the same without dragging. */
export function useSheetDrag(onClose: () => void) {
  const sheet = useRef<HTMLDivElement>(null);
  const startedAt = useRef<number | undefined>(undefined);

  const onPointerDown = useCallback((event: PointerEvent<HTMLElement>) => {
    startedAt.current = event.clientY;
    event.currentTarget.setPointerCapture(event.pointerId);
  }, []);

  const onPointerMove = useCallback((event: PointerEvent<HTMLElement>) => {
    if (startedAt.current === undefined || !sheet.current) return;
    sheet.current.style.translate = `0 ${Math.max(0, event.clientY - startedAt.current)}px`;
  }, []);

  const onPointerUp = useCallback(
    (event: PointerEvent<HTMLElement>) => {
      if (startedAt.current === undefined || !sheet.current) return;
      const moved = event.clientY - startedAt.current;
      startedAt.current = undefined;
      sheet.current.style.translate = '';
      if (moved < GROW_PIXELS) sheet.current.style.height = 'calc(100dvh - 1.5rem)';
      else if (moved > CLOSE_PIXELS) onClose();
    },
    [onClose],
  );

  return { sheet, handle: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp } };
}
