'use client';

import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { nearing, useOverlays } from './overlay';

type Handlers = {
  onPointerEnter?: (event: PointerEvent<HTMLElement>) => void;
  onPointerLeave?: (event: PointerEvent<HTMLElement>) => void;
  onPointerDown?: (event: PointerEvent<HTMLElement>) => void;
  onFocus?: (event: FocusEvent<HTMLElement>) => void;
  onBlur?: (event: FocusEvent<HTMLElement>) => void;
  'aria-describedby'?: string | undefined;
};

type FloatProps = {
  /** How long the pointer rests before it opens, and how long it may take over the gap into what floats. */
  openMs: number;
  closeMs: number;
  /** Neighbours open at once after the first. */
  isQuick?: boolean;
  role?: 'tooltip';
  className: string;
  content: ReactNode;
  /** The one element that it belongs to. */
  children: ReactElement<Handlers>;
};

const QUICK_MS = 300;
let lastClosedMs = Number.NEGATIVE_INFINITY;

/** What floats below an element while the pointer rests on it, or the keys are at it. Escape and a press close it. */
export function Float({ openMs, closeMs, isQuick = false, role, className, content, children }: FloatProps) {
  const anchor = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const turn = (opens: boolean, afterMs = 0) => {
    clearTimeout(timer.current);
    if (!opens && isOpen) lastClosedMs = performance.now();
    if (afterMs > 0) timer.current = setTimeout(() => setOpen(opens), afterMs);
    else setOpen(opens);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const parts = useOverlays(isOpen, () => setOpen(false))?.Popper;
  const { props } = children;
  const open = (element: HTMLElement, afterMs: number) => {
    anchor.current = element;
    turn(true, isQuick && performance.now() - lastClosedMs < QUICK_MS ? 0 : afterMs);
  };
  return (
    <>
      {cloneElement(children, {
        onPointerEnter: (event) => {
          props.onPointerEnter?.(event);
          if (event.pointerType === 'touch') return;
          nearing.onPointerEnter();
          open(event.currentTarget, openMs);
        },
        onPointerLeave: (event) => {
          props.onPointerLeave?.(event);
          turn(false, isOpen ? closeMs : 0);
        },
        onPointerDown: (event) => {
          props.onPointerDown?.(event);
          turn(false);
        },
        onFocus: (event) => {
          props.onFocus?.(event);
          if (event.currentTarget.matches(':focus-visible')) open(event.currentTarget, 0);
        },
        onBlur: (event) => {
          props.onBlur?.(event);
          turn(false);
        },
        'aria-describedby': role === 'tooltip' && isOpen ? id : props['aria-describedby'],
      })}
      {isOpen && parts && (
        <parts.Root>
          <parts.Anchor virtualRef={anchor as RefObject<HTMLElement>} />
          <Escaping onEscape={() => turn(false)} />
          {createPortal(
            <parts.Content
              id={id}
              role={role}
              sideOffset={6}
              collisionPadding={8}
              className={className}
              onPointerEnter={() => turn(true)}
              onPointerLeave={() => turn(false, closeMs)}
            >
              {content}
            </parts.Content>,
            document.body,
          )}
        </parts.Root>
      )}
    </>
  );
}

/** Before anything below it hears of the key. */
function Escaping({ onEscape }: { onEscape: () => void }) {
  const close = useEffectEvent(onEscape);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // It was for what floats, and for nothing below it.
      event.preventDefault();
      close();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
  return null;
}
