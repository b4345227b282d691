'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { useStable } from '@/components/client/use-stable';

/** As near to the end as counts as being there. */
const NEAR_PIXELS = 48;

/** Whether the student has touched the conversation since it last began to grow. */
function useTouched(scroller: RefObject<HTMLElement | null>, isGrowing: boolean) {
  const isTouched = useRef(false);
  useEffect(() => {
    if (isGrowing) isTouched.current = false;
  }, [isGrowing]);
  useEffect(() => {
    const element = scroller.current;
    const touch = () => {
      isTouched.current = true;
    };
    element?.addEventListener('pointerdown', touch);
    element?.addEventListener('keydown', touch);
    return () => {
      element?.removeEventListener('pointerdown', touch);
      element?.removeEventListener('keydown', touch);
    };
  }, [scroller]);
  return isTouched;
}

/**
 * Follows a growing conversation only while the student is at its end. Reading further up is never interrupted.
 *
 * An answer goes on growing after its last word: cards and their contents arrive. So the end is followed until the
 * student touches the conversation; what they open themselves then grows below their hand.
 */
export function useStickToBottom(isGrowing: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isSticking = useRef(true);
  const heightPixels = useRef(0);
  const topPixels = useRef(0);
  const isTouched = useTouched(scroller, isGrowing);
  const [isAtBottom, setAtBottom] = useState(true);

  const stick = (sticks: boolean) => {
    isSticking.current = sticks;
    setAtBottom(sticks);
  };
  const { measure, jump, onScroll, onResize } = useStable({
    measure: (element: HTMLElement) =>
      stick(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PIXELS),
    jump: () => {
      const element = scroller.current;
      if (!element) return;
      element.scrollTop = element.scrollHeight;
      topPixels.current = element.scrollTop;
      isTouched.current = false;
      stick(true);
    },
    onScroll: () => {
      const element = scroller.current;
      if (!element) return;
      // The event of a jump may come when more has arrived below: only a way up is the student's.
      const isWayUp = element.scrollTop < topPixels.current;
      topPixels.current = element.scrollTop;
      if (isWayUp || !isSticking.current) measure(element);
    },
    onResize: (element: HTMLElement) => {
      // The box below grows with what is typed, and leaves less of the conversation to see.
      const isOtherHeight = element.clientHeight !== heightPixels.current;
      heightPixels.current = element.clientHeight;
      if (isSticking.current && (isGrowing || isOtherHeight || !isTouched.current)) jump();
      else measure(element);
    },
  });

  useEffect(() => {
    const element = scroller.current;
    if (!content.current || !element) return;
    const observer = new ResizeObserver(() => onResize(element));
    observer.observe(content.current);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onResize]);

  return { scroller, content, isAtBottom, jump, onScroll };
}
