'use client';

import type { ComponentProps } from 'react';
import { Float } from './float';
import { Kbd } from './kbd';

type TooltipProps = { text: string; keys?: string; children: ComponentProps<typeof Float>['children'] };

/** A name in words for an icon. The icon keeps its own accessible name. */
export const Tooltip = ({ text, keys, children }: TooltipProps) => (
  <Float
    openMs={400}
    closeMs={100}
    isQuick
    role="tooltip"
    className="z-50 flex animate-appear items-center gap-2 rounded-2 bg-ink px-2.5 py-1.5 text-on-ink text-xs shadow-float"
    content={
      <>
        {text}
        {keys && <Kbd onInk>{keys}</Kbd>}
      </>
    }
  >
    {children}
  </Float>
);
