'use client';

import { type MouseEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

export const DOUBLE_PRESS_MS = 400;

/** Tells the first press of a double one from the second, for what would take itself back. A key is never pressed double. */
export function useFirstPress(): (event: MouseEvent) => boolean {
  const last = useRef(Number.NEGATIVE_INFINITY);
  return ({ detail, timeStamp }) => {
    const isFirst = detail === 0 || timeStamp - last.current > DOUBLE_PRESS_MS;
    last.current = timeStamp;
    return isFirst;
  };
}

/** The second press of a double one was meant for what stood here before: the pointer does not reach it yet. Keys do. */
export function settle(element: Element): void {
  const unreached = { pointerEvents: 'none' };
  // A browser of tests animates nothing.
  element.animate?.([unreached, unreached], DOUBLE_PRESS_MS);
}

/** A row that goes brings the button of the next one under the pointer: with fewer of them, those that are left settle. */
export function useSettledRows(list: RefObject<Element | null>, rows: number): void {
  const before = useRef(rows);
  useLayoutEffect(() => {
    if (rows < before.current && list.current) settle(list.current);
    before.current = rows;
  }, [list, rows]);
}

/** What was beneath something that goes away settles before it takes a press. */
export function useSettledPage(): void {
  useEffect(() => () => settle(document.documentElement), []);
}
