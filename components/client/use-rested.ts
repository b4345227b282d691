'use client';

import { useCallback, useEffect, useRef } from 'react';

/** Many who come and go together are looked at no oftener than this. */
const REST_MILLISECONDS = 300;

/** Calls at once, and again at the end of a rest for whatever came within it: the last change is never missed. */
export function useRested(work: () => void, restMilliseconds = REST_MILLISECONDS): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  // Not an effect event: it is called from wherever the changes are told.
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    if (timer.current !== undefined) return;
    const wait = Math.max(0, lastAt.current + restMilliseconds - performance.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      lastAt.current = performance.now();
      latest.current();
    }, wait);
  }, [restMilliseconds]);
}
