'use client';

import type { ReactNode } from 'react';
import { Button, type ButtonStyle } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { type Making, openMaking } from './make-store';

type MakeButtonProps = Making & ButtonStyle & { children: ReactNode };

/** Opens the chooser. */
export const MakeButton = ({ kind, docId, ...rest }: MakeButtonProps) => (
  <Button {...rest} onClick={() => openMaking({ kind, ...(docId === undefined ? {} : { docId }) })} />
);

/** The page's one ink button, where it makes something: Enter presses it while nothing else has the focus. */
export function StartMaking({ kind, children }: Pick<MakeButtonProps, 'kind' | 'children'>) {
  useHotkeys({ enter: () => openMaking({ kind }) });
  return (
    <MakeButton kind={kind} variant="primary" size="lg" className="basis-full md:basis-auto">
      {children}
      <span aria-hidden="true" className="hidden md:inline">
        <Kbd onInk>↵</Kbd>
      </span>
    </MakeButton>
  );
}
