'use client';

import { clsx } from 'clsx';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

export const Menu = Primitive.Root;
export const MenuTrigger = Primitive.Trigger;

export function MenuContent({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        {...rest}
        className={clsx(
          'z-50 min-w-48 max-w-[calc(100vw-1rem)] animate-appear rounded-3 border border-rule bg-page p-1 shadow-float',
          className,
        )}
      />
    </Primitive.Portal>
  );
}

type ItemProps = ComponentProps<typeof Primitive.Item> & {
  /** For what takes something away. */
  brick?: boolean;
};

export function MenuItem({ className, brick = false, ...rest }: ItemProps) {
  return (
    <Primitive.Item
      {...rest}
      className={clsx(
        'flex min-h-11 items-center gap-2.5 rounded-2 px-3 font-medium outline-none data-disabled:text-ink-3 data-highlighted:bg-sunk md:min-h-9',
        brick ? 'text-brick' : 'text-ink',
        className,
      )}
    />
  );
}

export const MenuSeparator = () => <Primitive.Separator className="my-1 h-px bg-rule" />;
