'use client';

import { type MouseEvent, useRef } from 'react';

const DOUBLE_PRESS_MS = 400;

/** Tells the first press of a double one from the second, for what would take itself back. A key is never pressed double. */
export function useFirstPress(): (event: MouseEvent) => boolean {
  const last = useRef(Number.NEGATIVE_INFINITY);
  return ({ detail, timeStamp }) => {
    const isFirst = detail === 0 || timeStamp - last.current > DOUBLE_PRESS_MS;
    last.current = timeStamp;
    return isFirst;
  };
}
