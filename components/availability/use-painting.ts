'use client';

import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { type Cell, DAYS, isFree, painted, SLOTS, type Week } from './week';

/** A finger that rests this long paints; one that moves before that scrolls the page. */
const HOLD_MILLISECONDS = 220;
const SLIP_PIXELS = 8;

type Stroke = { from: Cell; base: Week; free: boolean };
type Touch = { cell: Cell; x: number; y: number; timer: ReturnType<typeof setTimeout> };

const cellOf = (element: Element | null): Cell | undefined => {
  const { column, slot } = element?.closest<HTMLElement>('[data-slot]')?.dataset ?? {};
  return column === undefined || slot === undefined
    ? undefined
    : { column: Number(column), slot: Number(slot) };
};

const STEPS: Readonly<Record<string, [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  PageUp: [0, -4],
  PageDown: [0, 4],
};

/**
 * Painting a week with a mouse, a finger or the keys. A stroke sets every cell of the rectangle from its first cell to
 * where it is now to what the first became, over the week as it was before.
 */
export function usePainting(week: Week, firstSlot: number, onPaint: (week: Week) => void) {
  const [focus, setFocus] = useState<Cell>({ column: 0, slot: 36 });
  const grid = useRef<HTMLTableElement>(null);
  const stroke = useRef<Stroke>(undefined);
  const touch = useRef<Touch>(undefined);
  /** Set while Shift is held: the cells between are painted like the first. */
  const extending = useRef<Stroke>(undefined);
  const latest = useRef(week);
  useEffect(() => {
    latest.current = week;
  });

  const paint = (next: Week) => {
    latest.current = next;
    onPaint(next);
  };
  const begin = (cell: Cell) => {
    const base = latest.current;
    const free = !isFree(base, cell);
    stroke.current = { from: cell, base, free };
    paint(painted(base, cell, cell, free));
    setFocus(cell);
  };
  const end = useCallback(() => {
    stroke.current = undefined;
    if (touch.current) clearTimeout(touch.current.timer);
    touch.current = undefined;
  }, []);

  // A page must not scroll away under a finger that paints; only a listener that is not passive can say so.
  useEffect(() => {
    const element = grid.current;
    const hold = (event: TouchEvent) => {
      if (stroke.current) event.preventDefault();
    };
    element?.addEventListener('touchmove', hold, { passive: false });
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    return () => {
      element?.removeEventListener('touchmove', hold);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
    };
  }, [end]);

  const onPointerDown = (event: PointerEvent) => {
    const cell = cellOf(event.target instanceof Element ? event.target : null);
    if (!cell || event.button !== 0) return;
    if (event.pointerType !== 'touch') {
      begin(cell);
      return;
    }
    touch.current = {
      cell,
      x: event.clientX,
      y: event.clientY,
      timer: setTimeout(() => begin(cell), HOLD_MILLISECONDS),
    };
  };
  const onPointerMove = (event: PointerEvent) => {
    const waiting = touch.current;
    if (waiting && !stroke.current) {
      const slipped = Math.hypot(event.clientX - waiting.x, event.clientY - waiting.y) > SLIP_PIXELS;
      if (slipped) end();
      return;
    }
    const current = stroke.current;
    if (!current) return;
    const cell = cellOf(document.elementFromPoint(event.clientX, event.clientY));
    if (!cell) return;
    paint(painted(current.base, current.from, cell, current.free));
    setFocus(cell);
  };
  const onPointerUp = () => {
    // A tap that was too short to paint switches its one cell.
    if (touch.current && !stroke.current) begin(touch.current.cell);
    end();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const cell = cellOf(event.target instanceof Element ? event.target : null);
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      extending.current = undefined;
      paint(painted(latest.current, cell, cell, !isFree(latest.current, cell)));
      return;
    }
    const step = STEPS[event.key];
    const jump = event.key === 'Home' ? firstSlot : event.key === 'End' ? SLOTS - 1 : undefined;
    if (!step && jump === undefined) return;
    event.preventDefault();
    const [right, down] = step ?? [0, 0];
    const next = {
      column: Math.min(Math.max(cell.column + right, 0), DAYS.length - 1),
      slot: jump ?? Math.min(Math.max(cell.slot + down, firstSlot), SLOTS - 1),
    };
    if (event.shiftKey) {
      extending.current ??= { from: cell, base: latest.current, free: isFree(latest.current, cell) };
      const { from, base, free } = extending.current;
      paint(painted(base, from, next, free));
    } else {
      extending.current = undefined;
    }
    setFocus(next);
    grid.current
      ?.querySelector<HTMLElement>(`[data-column="${next.column}"][data-slot="${next.slot}"]`)
      ?.focus();
  };
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.key === 'Shift') extending.current = undefined;
  };

  return { grid, focus, handlers: { onPointerDown, onPointerMove, onPointerUp, onKeyDown, onKeyUp } };
}
