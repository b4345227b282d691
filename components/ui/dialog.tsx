'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import {
  type ButtonHTMLAttributes,
  cloneElement,
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useState,
} from 'react';
import { useText } from '#use-text';
import { DOUBLE_PRESS_MS, settle, useSettledPage } from '@/components/client/use-first-press';
import { iconButtonClass } from './button-look';
import { menuJustLeft, nearing, type Opening, type OverlayParts, useOpening, useOverlays } from './overlay';

const DialogContext = createContext<Opening | undefined>(undefined);

function useDialog(): Opening {
  const dialog = useContext(DialogContext);
  if (!dialog) throw new Error('A part of a dialog was rendered outside <Dialog>.');
  return dialog;
}

type DialogProps = { open?: boolean; onOpenChange?: (isOpen: boolean) => void; children: ReactNode };

/** Opens by its own trigger, or as `open` says. */
export function Dialog({ open, onOpenChange, children }: DialogProps) {
  return <DialogContext value={useOpening(onOpenChange, open)}>{children}</DialogContext>;
}

type TriggerProps = ButtonHTMLAttributes<HTMLButtonElement> & { asChild?: boolean };

export function DialogTrigger({ asChild = false, children, ...rest }: TriggerProps) {
  const { isOpen, setOpen, trigger, id } = useDialog();
  const known = {
    ...nearing,
    ...rest,
    ref: (element: HTMLButtonElement | null) => {
      trigger.current = element;
    },
    type: 'button' as const,
    'aria-haspopup': 'dialog' as const,
    'aria-expanded': isOpen,
    'aria-controls': isOpen ? id : undefined,
    'data-state': isOpen ? 'open' : 'closed',
    onClick: () => setOpen(!isOpen),
  };
  if (asChild) return cloneElement(children as ReactElement<typeof known>, known);
  return <button {...known}>{children}</button>;
}

type ContentProps = {
  title: string;
  /** A sentence under the title, tied to the dialog for screen readers. */
  description?: string;
  titleHidden?: boolean;
  className?: string;
  children: ReactNode;
};

/**
 * What has the focus now, then what is around it and takes the focus, should it go away meanwhile; of an item of a menu, which
 * goes away as it opens something, the button of the menu.
 */
function lookUpOpeners(): { openers: Element[]; isMenu: boolean } {
  const active = document.activeElement;
  const menu = active?.closest('[role="menu"]');
  // A moment after a menu went away nothing has the focus.
  const button = menu
    ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
    : active === document.body && menuJustLeft();
  const opener = button || active;
  const openers: Element[] = [];
  for (let around = opener; around; around = around.parentElement?.closest('[tabindex]') ?? null)
    openers.push(around);
  return { openers, isMenu: Boolean(button) };
}

type FrameProps = {
  parts: OverlayParts['Dialog'];
  className: string;
  isDescribed: boolean;
  children: ReactNode;
};

/**
 * There while the dialog is open. Who opened it is looked up before anything inside takes the focus: without a trigger of
 * its own the dialog would give the focus back to nobody.
 */
function Frame({ parts, className, isDescribed, children }: FrameProps) {
  const { trigger, id } = useDialog();
  const [{ openers, isMenu }] = useState(lookUpOpeners);
  const [openedMs] = useState(() => performance.now());
  useSettledPage();
  return (
    <parts.Content
      {...(isDescribed ? {} : { 'aria-describedby': undefined })}
      id={id}
      className={className}
      onOpenAutoFocus={(event) => {
        const content = event.currentTarget;
        if (!(content instanceof HTMLElement)) return;
        settle(content);
        // A field that took the focus by itself has lost it to the menu that was still there.
        const field = isMenu && content.querySelector('input, textarea, select');
        if (!(field instanceof HTMLElement)) return;
        event.preventDefault();
        field.focus();
      }}
      onPointerDownOutside={(event) => {
        // The second press of the double one that opened it.
        if (performance.now() - openedMs < DOUBLE_PRESS_MS) event.preventDefault();
      }}
      onCloseAutoFocus={(event) => {
        // Some browsers do not give the focus to a button that is pressed.
        const own = [trigger.current, ...openers].find((element) => element?.isConnected);
        if (!(own instanceof HTMLElement) || own === document.body) return;
        event.preventDefault();
        own.focus();
      }}
    >
      {children}
    </parts.Content>
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
  const t = useText();
  const { isOpen, setOpen } = useDialog();
  const parts = useOverlays(isOpen, () => setOpen(false))?.Dialog;
  if (!parts) return null;
  const content = (
    <parts.Portal>
      <parts.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
      <Frame
        parts={parts}
        isDescribed={description !== undefined}
        className={clsx(
          'fixed z-50 border border-rule bg-page shadow-float outline-none',
          look.content,
          className,
        )}
      >
        <div className={clsx('flex justify-between gap-4', look.head)}>
          <parts.Title className={titleHidden ? 'sr-only' : look.title}>{title}</parts.Title>
          <parts.Close aria-label={t('Close')} className={iconButtonClass('quiet', '-mr-2')}>
            <X aria-hidden="true" className="size-4.5" />
          </parts.Close>
        </div>
        {description && <parts.Description className={look.description}>{description}</parts.Description>}
        <div className={look.body}>{children}</div>
      </Frame>
    </parts.Portal>
  );
  return (
    <parts.Root open={isOpen} onOpenChange={setOpen}>
      {content}
    </parts.Root>
  );
}

const BOX: Look = {
  content:
    'top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-appear scroll-py-24 overflow-y-auto rounded-4 p-6',
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
