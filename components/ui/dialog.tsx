'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { iconButtonClass } from './button';

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;

type ContentProps = {
  title: string;
  /** A sentence under the title, tied to the dialog for screen readers. */
  description?: string;
  titleHidden?: boolean;
  className?: string;
  children: ReactNode;
};

const Overlay = () => <Primitive.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />;

const CloseButton = () => (
  <Primitive.Close aria-label="Close" className={iconButtonClass('quiet', '-mr-2')}>
    <X aria-hidden="true" className="size-4.5" />
  </Primitive.Close>
);

/** A box in the middle of the page. Focus is kept inside and goes back to the opener. */
export function DialogContent({
  title,
  description,
  titleHidden = false,
  className,
  children,
}: ContentProps) {
  return (
    <Primitive.Portal>
      <Overlay />
      <Primitive.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={clsx(
          'fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-appear overflow-y-auto rounded-4 border border-rule bg-page p-6 shadow-float outline-none',
          className,
        )}
      >
        <div className="flex items-start justify-between gap-4">
          <Primitive.Title className={titleHidden ? 'sr-only' : 'pt-1 font-semibold text-lg'}>
            {title}
          </Primitive.Title>
          <CloseButton />
        </div>
        {description && (
          <Primitive.Description className="mt-1 text-ink-2">{description}</Primitive.Description>
        )}
        <div className="mt-4">{children}</div>
      </Primitive.Content>
    </Primitive.Portal>
  );
}

/** From the bottom on a phone (62 % of the height), from the right elsewhere. */
export function SheetContent({ title, description, titleHidden = false, className, children }: ContentProps) {
  return (
    <Primitive.Portal>
      <Overlay />
      <Primitive.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={clsx(
          'fixed z-50 flex animate-rise flex-col overflow-hidden border border-rule bg-page shadow-float outline-none',
          'inset-x-0 bottom-0 h-[62dvh] rounded-t-4 pb-[env(safe-area-inset-bottom)] md:inset-y-2 md:right-2 md:left-auto md:h-auto md:w-lg md:rounded-4 md:pb-0',
          className,
        )}
      >
        <div className="flex items-center justify-between gap-4 border-rule border-b py-2 pr-4 pl-5 md:pl-6">
          <Primitive.Title className={titleHidden ? 'sr-only' : 'min-w-0 truncate font-semibold'}>
            {title}
          </Primitive.Title>
          <CloseButton />
        </div>
        {description && <Primitive.Description className="sr-only">{description}</Primitive.Description>}
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
