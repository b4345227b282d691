'use client';

import { clsx } from 'clsx';
import { Ellipsis, type LucideIcon } from 'lucide-react';
import {
  type ButtonHTMLAttributes,
  type ComponentProps,
  cloneElement,
  createContext,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
  type RefObject,
  useContext,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { useText } from '#use-text';
import { useSettledPage } from '@/components/client/use-first-press';
import { iconButtonClass } from './button-look';
import { leaveMenu, nearing, type Opening, type OverlayParts, useOpening, useOverlays } from './overlay';

type MenuState = Opening & {
  modal: boolean;
  /** How far down the keys went while the menu was on its way; undefined after a press of the pointer. */
  steps: RefObject<number | undefined>;
};

const MenuContext = createContext<MenuState | undefined>(undefined);
const PartsContext = createContext<OverlayParts['Menu'] | undefined>(undefined);

function useMenu(): MenuState {
  const menu = useContext(MenuContext);
  if (!menu) throw new Error('A part of a menu was rendered outside <Menu>.');
  return menu;
}

/** What the items of a menu are made of; they are drawn only inside of one that is there. */
export function useMenuParts(): OverlayParts['Menu'] {
  const parts = useContext(PartsContext);
  if (!parts) throw new Error('An item of a menu was rendered outside <MenuContent>.');
  return parts;
}

type MenuProps = { modal?: boolean; onOpenChange?: (isOpen: boolean) => void; children: ReactNode };

export function Menu({ modal = true, onOpenChange, children }: MenuProps) {
  const opening = useOpening(onOpenChange);
  const steps = useRef<number>(undefined);
  const menu = useMemo(() => ({ ...opening, modal, steps }), [opening, modal]);
  return <MenuContext value={menu}>{children}</MenuContext>;
}

type TriggerProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  asChild?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

/** Opens with a press, as the menus of the system do, or with Enter, Space or an arrow. */
export function MenuTrigger({ asChild = false, ref, children, ...rest }: TriggerProps) {
  const { isOpen, setOpen, trigger, steps, id } = useMenu();
  const known = {
    ...nearing,
    ...rest,
    ref: (element: HTMLButtonElement | null) => {
      trigger.current = element;
      if (typeof ref === 'function') ref(element);
      else if (ref) ref.current = element;
    },
    id: `${id}-trigger`,
    type: 'button' as const,
    'aria-haspopup': 'menu' as const,
    'aria-expanded': isOpen,
    'aria-controls': isOpen ? id : undefined,
    'data-state': isOpen ? 'open' : 'closed',
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || event.ctrlKey) return;
      steps.current = undefined;
      setOpen(!isOpen);
      // The focus goes into the menu.
      if (!isOpen) event.preventDefault();
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (!['Enter', ' ', 'ArrowDown'].includes(event.key)) return;
      event.preventDefault();
      if (event.key !== 'ArrowDown' && isOpen) return setOpen(false);
      // What is pressed before the menu has come counts.
      steps.current = isOpen ? (steps.current ?? -1) + 1 : 0;
      setOpen(true);
    },
  };
  if (asChild) return cloneElement(children as ReactElement<typeof known>, known);
  return <button {...known}>{children}</button>;
}

type ContentProps = Omit<ComponentProps<OverlayParts['Menu']['Content']>, 'id'>;

export function MenuContent({ className, children, ...rest }: ContentProps) {
  const { isOpen, setOpen, modal, trigger, steps, id } = useMenu();
  const parts = useOverlays(isOpen, () => setOpen(false))?.Menu;
  const leavesFocus = useRef(false);
  if (!parts) return null;
  return (
    <PartsContext value={parts}>
      <parts.Root open={isOpen} onOpenChange={setOpen} modal={modal}>
        <parts.Anchor virtualRef={trigger as RefObject<HTMLElement>} />
        <parts.Portal>
          <parts.Content
            align="end"
            sideOffset={4}
            collisionPadding={8}
            {...rest}
            id={id}
            aria-labelledby={`${id}-trigger`}
            onInteractOutside={(event) => {
              // The trigger closes by itself; elsewhere the focus stays with what was pressed.
              const { target } = event.detail.originalEvent;
              if (target instanceof Node && trigger.current?.contains(target)) event.preventDefault();
              else if (!modal) leavesFocus.current = true;
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              // An item may have opened what has the focus by now.
              const isFree = document.activeElement === null || document.activeElement === document.body;
              if (isFree && !leavesFocus.current) trigger.current?.focus();
              leavesFocus.current = false;
            }}
            className={clsx(
              'z-50 min-w-48 max-w-[calc(100vw-1rem)] animate-appear rounded-3 border border-rule bg-page p-1 shadow-float',
              className,
            )}
          >
            <WhileOpen steps={steps} trigger={trigger} menuId={id} />
            {children}
          </parts.Content>
        </parts.Portal>
      </parts.Root>
    </PartsContext>
  );
}

/** Goes to the item that the keys have reached, where keys opened the menu; there while the menu is. */
function WhileOpen({ steps, trigger, menuId }: Pick<MenuState, 'steps' | 'trigger'> & { menuId: string }) {
  useSettledPage();
  useEffect(() => () => leaveMenu(trigger.current), [trigger]);
  useEffect(() => {
    const step = steps.current;
    steps.current = undefined;
    if (step === undefined) return;
    const items = document.getElementById(menuId)?.querySelectorAll<HTMLElement>(ENABLED_ITEM) ?? [];
    items[Math.min(step, items.length - 1)]?.focus({ preventScroll: true });
  }, [steps, menuId]);
  return null;
}

const ENABLED_ITEM = '[role^="menuitem"]:not([data-disabled])';

type ItemProps = ComponentProps<OverlayParts['Menu']['Item']> & {
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
  const { Item } = useMenuParts();
  return (
    <Item {...rest} className={itemClass(brick, className)}>
      {Icon ? (
        <>
          <Icon aria-hidden="true" className="size-4 shrink-0" />
          {children}
        </>
      ) : (
        children
      )}
    </Item>
  );
}

/** An item that leads somewhere, or brings a file. */
export function MenuLink({ icon: Icon, children, ...rest }: ComponentProps<'a'> & { icon: LucideIcon }) {
  const { Item } = useMenuParts();
  return (
    <Item asChild className={itemClass(false)}>
      <a {...rest}>
        <Icon aria-hidden="true" className="size-4 shrink-0" />
        {children}
      </a>
    </Item>
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
export const MoreMenu = ({ about, label, ref, className, triggerClassName, children }: MoreMenuProps) => {
  const t = useText();
  return (
    <Menu>
      <MenuTrigger
        ref={ref}
        aria-label={label ?? t('More for {about}', { about })}
        className={iconButtonClass('quiet', triggerClassName)}
      >
        <Ellipsis aria-hidden="true" className="size-4.5" />
      </MenuTrigger>
      <MenuContent className={className}>{children}</MenuContent>
    </Menu>
  );
};

export function MenuSeparator() {
  const { Separator } = useMenuParts();
  return <Separator className="my-1 h-px bg-rule" />;
}
