'use client';

import { clsx } from 'clsx';
import { Popover as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;
export const PopoverAnchor = Primitive.Anchor;
export const PopoverClose = Primitive.Close;

export function PopoverContent({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={6}
        collisionPadding={8}
        {...rest}
        className={clsx(
          'z-50 w-80 max-w-[calc(100vw-1rem)] animate-appear rounded-3 border border-rule bg-page p-4 shadow-float outline-none',
          className,
        )}
      />
    </Primitive.Portal>
  );
}
