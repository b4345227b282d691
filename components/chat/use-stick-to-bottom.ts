'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/** As near to the end as counts as being there. */
const NEAR_PIXELS = 48;

/**
 * Follows a growing conversation only while the student is at its end. Reading further up is never interrupted.
 */
export function useStickToBottom(isGrowing: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isSticking = useRef(true);
  const [isAtBottom, setAtBottom] = useState(true);

  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const distance = element.scrollHeight - element.scrollTop - element.clientHeight;
    isSticking.current = distance < NEAR_PIXELS;
    setAtBottom(isSticking.current);
  }, []);

  const jump = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    isSticking.current = true;
    setAtBottom(true);
  }, []);

  useEffect(() => {
    if (!content.current) return;
    const observer = new ResizeObserver(() => {
      if (isGrowing && isSticking.current) jump();
      else measure();
    });
    observer.observe(content.current);
    return () => observer.disconnect();
  }, [isGrowing, jump, measure]);

  return { scroller, content, isAtBottom, jump, onScroll: measure };
}
