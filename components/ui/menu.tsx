'use client';

import { clsx } from 'clsx';
import { Ellipsis, type LucideIcon } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode, Ref } from 'react';
import { iconButtonClass } from './button';

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
  icon?: LucideIcon;
  /** For what takes something away. */
  brick?: boolean;
};

const itemClass = (brick: boolean, className?: string) =>
  clsx(
    'flex min-h-11 items-center gap-2.5 rounded-2 px-3 font-medium outline-none data-disabled:text-ink-3 data-highlighted:bg-sunk md:min-h-9',
    brick ? 'text-brick' : 'text-ink',
    className,
  );

export function MenuItem({ icon: Icon, className, brick = false, children, ...rest }: ItemProps) {
  return (
    <Primitive.Item {...rest} className={itemClass(brick, className)}>
      {Icon ? (
        <>
          <Icon aria-hidden="true" className="size-4 shrink-0" />
          {children}
        </>
      ) : (
        children
      )}
    </Primitive.Item>
  );
}

/** An item that leads somewhere, or brings a file. */
export function MenuLink({ icon: Icon, children, ...rest }: ComponentProps<'a'> & { icon: LucideIcon }) {
  return (
    <Primitive.Item asChild className={itemClass(false)}>
      <a {...rest}>
        <Icon aria-hidden="true" className="size-4 shrink-0" />
        {children}
      </a>
    </Primitive.Item>
  );
}

type MoreMenuProps = {
  /** What the menu is about; its button is named after it. */
  about: string;
  /** For a button whose name is another sentence. */
  label?: string;
  ref?: Ref<HTMLButtonElement>;
  className?: string;
  triggerClassName?: string;
  children: ReactNode;
};

/** What else can be done with one thing of a list. */
export const MoreMenu = ({
  about,
  label = `More for ${about}`,
  ref,
  className,
  triggerClassName,
  children,
}: MoreMenuProps) => (
  <Menu>
    <MenuTrigger ref={ref} aria-label={label} className={iconButtonClass('quiet', triggerClassName)}>
      <Ellipsis aria-hidden="true" className="size-4.5" />
    </MenuTrigger>
    <MenuContent className={className}>{children}</MenuContent>
  </Menu>
);

export const MenuSeparator = () => <Primitive.Separator className="my-1 h-px bg-rule" />;
