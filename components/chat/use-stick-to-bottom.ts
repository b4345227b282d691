'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/** As near to the end as counts as being there. */
const NEAR_PIXELS = 48;

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
  const isTouched = useRef(false);
  const heightPixels = useRef(0);
  const topPixels = useRef(0);
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
    topPixels.current = element.scrollTop;
    isSticking.current = true;
    isTouched.current = false;
    setAtBottom(true);
  }, []);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    // The event of a jump may come when more has arrived below: only a way up is the student's.
    const isWayUp = element.scrollTop < topPixels.current;
    topPixels.current = element.scrollTop;
    if (isWayUp || !isSticking.current) measure();
  }, [measure]);

  useEffect(() => {
    if (isGrowing) isTouched.current = false;
  }, [isGrowing]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const touch = () => {
      isTouched.current = true;
    };
    element.addEventListener('pointerdown', touch);
    element.addEventListener('keydown', touch);
    return () => {
      element.removeEventListener('pointerdown', touch);
      element.removeEventListener('keydown', touch);
    };
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (!content.current || !element) return;
    const observer = new ResizeObserver(() => {
      // The box below grows with what is typed, and leaves less of the conversation to see.
      const isOtherHeight = element.clientHeight !== heightPixels.current;
      heightPixels.current = element.clientHeight;
      if (isSticking.current && (isGrowing || isOtherHeight || !isTouched.current)) jump();
      else measure();
    });
    observer.observe(content.current);
    observer.observe(element);
    return () => observer.disconnect();
  }, [isGrowing, jump, measure]);

  return { scroller, content, isAtBottom, jump, onScroll };
}
