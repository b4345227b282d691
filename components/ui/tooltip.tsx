'use client';

import { Tooltip as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Kbd } from './kbd';

/** One provider for the whole app, so that neighbours open at once after the first. */
export function Tooltips({ children }: { children: ReactNode }) {
  return <Primitive.Provider delayDuration={400}>{children}</Primitive.Provider>;
}

type TooltipProps = {
  text: string;
  keys?: string;
  children: ReactNode;
};

/** A name in words for an icon. The icon keeps its own accessible name. */
export function Tooltip({ text, keys, children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side="bottom"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex animate-appear items-center gap-2 rounded-2 bg-ink px-2.5 py-1.5 text-on-ink text-xs shadow-float"
        >
          {text}
          {keys && <Kbd onInk>{keys}</Kbd>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
