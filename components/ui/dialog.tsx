'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, type Ref, useState } from 'react';
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

/** What has the focus now; of an item of a menu, which goes away as it opens something, the button of the menu. */
function lookUpOpener(): { opener: Element | null; isMenu: boolean } {
  const active = document.activeElement;
  const menu = active?.closest('[role="menu"]');
  if (!menu) return { opener: active, isMenu: false };
  return { opener: document.getElementById(menu.getAttribute('aria-labelledby') ?? ''), isMenu: true };
}

type FrameProps = { className: string; isDescribed: boolean; ref?: Ref<HTMLDivElement>; children: ReactNode };

/**
 * There while the dialog is open. Who opened it is looked up before anything inside takes the focus: without a trigger of
 * its own the dialog would give the focus back to nobody.
 */
function Frame({ className, isDescribed, ref, children }: FrameProps) {
  const [{ opener, isMenu }] = useState(lookUpOpener);
  return (
    <Primitive.Content
      {...(isDescribed ? {} : { 'aria-describedby': undefined })}
      ref={ref}
      className={className}
      onOpenAutoFocus={(event) => {
        // A field that took the focus by itself has lost it to the menu that was still there.
        const content = event.currentTarget;
        const field =
          isMenu && content instanceof HTMLElement && content.querySelector('input, textarea, select');
        if (!(field instanceof HTMLElement)) return;
        event.preventDefault();
        field.focus();
      }}
      onCloseAutoFocus={(event) => {
        if (!(opener instanceof HTMLElement) || opener === document.body || !opener.isConnected) return;
        event.preventDefault();
        opener.focus();
      }}
    >
      {children}
    </Primitive.Content>
  );
}

type Look = Record<'content' | 'head' | 'title' | 'description' | 'body', string>;

function Content({
  look,
  title,
  description,
  titleHidden = false,
  className,
  children,
}: ContentProps & { look: Look }) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
      <Frame
        isDescribed={description !== undefined}
        className={clsx(
          'fixed z-50 border border-rule bg-page shadow-float outline-none',
          look.content,
          className,
        )}
      >
        <div className={clsx('flex justify-between gap-4', look.head)}>
          <Primitive.Title className={titleHidden ? 'sr-only' : look.title}>{title}</Primitive.Title>
          <Primitive.Close aria-label="Close" className={iconButtonClass('quiet', '-mr-2')}>
            <X aria-hidden="true" className="size-4.5" />
          </Primitive.Close>
        </div>
        {description && (
          <Primitive.Description className={look.description}>{description}</Primitive.Description>
        )}
        <div className={look.body}>{children}</div>
      </Frame>
    </Primitive.Portal>
  );
}

const BOX: Look = {
  content:
    'top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-appear overflow-y-auto rounded-4 p-6',
  head: 'items-start',
  title: 'pt-1 font-semibold text-lg',
  description: 'mt-1 text-ink-2',
  body: 'mt-4',
};
const SHEET: Look = {
  content:
    'inset-x-0 bottom-0 flex h-[62dvh] animate-rise flex-col overflow-hidden rounded-t-4 pb-[env(safe-area-inset-bottom)] md:inset-y-2 md:right-2 md:left-auto md:h-auto md:w-lg md:rounded-4 md:pb-0',
  head: 'items-center border-rule border-b py-2 pr-4 pl-5 md:pl-6',
  title: 'min-w-0 truncate font-semibold',
  description: 'sr-only',
  body: 'min-h-0 flex-1 overflow-y-auto',
};

/** A box in the middle of the page. Focus is kept inside and goes back to the opener. */
export const DialogContent = (props: ContentProps) => <Content look={BOX} {...props} />;

/** From the bottom on a phone (62 % of the height), from the right elsewhere. */
export const SheetContent = (props: ContentProps) => <Content look={SHEET} {...props} />;
