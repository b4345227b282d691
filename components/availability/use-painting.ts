'use client';

import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { type Cell, DAYS, isFree, painted, SLOTS, type Week } from './week';

/** A finger that rests this long paints; one that moves before that scrolls the page. */
const HOLD_MILLISECONDS = 220;
const SLIP_PIXELS = 8;

type Stroke = { from: Cell; base: Week; free: boolean };
type Touch = { cell: Cell; x: number; y: number; timer: ReturnType<typeof setTimeout> };

const cellOf = (target: EventTarget | null): Cell | undefined => {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-slot]') : null;
  const { column, slot } = element?.dataset ?? {};
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

type Brush = {
  /** The newest week, also between two renders: strokes follow each other faster. */
  week: () => Week;
  paint: (week: Week) => void;
  focus: (cell: Cell) => void;
};

/**
 * Painting a week with a mouse, a finger or the keys. A stroke sets every cell of the rectangle from its first cell to
 * where it is now to what the first became, over the week as it was before.
 */
export function usePainting(week: Week, firstSlot: number, onPaint: (week: Week) => void) {
  const [focus, setFocus] = useState<Cell>({ column: 0, slot: 36 });
  const grid = useRef<HTMLTableElement>(null);
  const latest = useRef(week);
  useEffect(() => {
    latest.current = week;
  });
  const brush: Brush = {
    week: () => latest.current,
    paint: (next) => {
      latest.current = next;
      onPaint(next);
    },
    focus: setFocus,
  };
  const pointer = usePointer(grid, brush);
  const keys = useKeys(grid, brush, firstSlot);
  return { grid, focus, handlers: { ...pointer, ...keys } };
}

function usePointer(grid: RefObject<HTMLTableElement | null>, brush: Brush) {
  const stroke = useRef<Stroke>(undefined);
  const touch = useRef<Touch>(undefined);
  const begin = (cell: Cell) => {
    const base = brush.week();
    const free = !isFree(base, cell);
    stroke.current = { from: cell, base, free };
    brush.paint(painted(base, cell, cell, free));
    brush.focus(cell);
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
  }, [grid, end]);

  const onPointerDown = ({ target, button, pointerType, clientX: x, clientY: y }: PointerEvent) => {
    const cell = cellOf(target);
    if (!cell || button !== 0) return;
    if (pointerType !== 'touch') return begin(cell);
    touch.current = { cell, x, y, timer: setTimeout(() => begin(cell), HOLD_MILLISECONDS) };
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    const [waiting, current] = [touch.current, stroke.current];
    if (!current) {
      if (waiting && Math.hypot(clientX - waiting.x, clientY - waiting.y) > SLIP_PIXELS) end();
      return;
    }
    const cell = cellOf(document.elementFromPoint(clientX, clientY));
    if (!cell) return;
    brush.paint(painted(current.base, current.from, cell, current.free));
    brush.focus(cell);
  };
  const onPointerUp = () => {
    // A tap that was too short to paint switches its one cell.
    if (touch.current && !stroke.current) begin(touch.current.cell);
    end();
  };
  return { onPointerDown, onPointerMove, onPointerUp };
}

function useKeys(grid: RefObject<HTMLTableElement | null>, brush: Brush, firstSlot: number) {
  /** Set while Shift is held: the cells between are painted like the first. */
  const extending = useRef<Stroke>(undefined);
  const extend = (from: Cell, to: Cell) => {
    const week = brush.week();
    extending.current ??= { from, base: week, free: isFree(week, from) };
    brush.paint(painted(extending.current.base, extending.current.from, to, extending.current.free));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = cellOf(event.target);
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    const isPress = event.key === ' ' || event.key === 'Enter';
    const next = isPress ? cell : neighbourOf(cell, event.key, firstSlot);
    if (!next) return;
    event.preventDefault();
    if (event.shiftKey && !isPress) extend(cell, next);
    else extending.current = undefined;
    if (isPress) return brush.paint(painted(brush.week(), cell, cell, !isFree(brush.week(), cell)));
    brush.focus(next);
    grid.current
      ?.querySelector<HTMLElement>(`[data-column="${next.column}"][data-slot="${next.slot}"]`)
      ?.focus();
  };
  const onKeyUp = ({ key }: KeyboardEvent) => {
    if (key === 'Shift') extending.current = undefined;
  };
  return { onKeyDown, onKeyUp };
}

/** Where a key leads, never out of the week; nothing for a key that leads nowhere. */
function neighbourOf({ column, slot }: Cell, key: string, firstSlot: number): Cell | undefined {
  if (key === 'Home') return { column, slot: firstSlot };
  if (key === 'End') return { column, slot: SLOTS - 1 };
  const step = STEPS[key];
  if (!step) return undefined;
  return {
    column: Math.min(Math.max(column + step[0], 0), DAYS.length - 1),
    slot: Math.min(Math.max(slot + step[1], firstSlot), SLOTS - 1),
  };
}
