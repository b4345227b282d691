'use client';

import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type PointerEvent, type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import { useText } from '#use-text';
import { useSettledPage } from '@/components/client/use-first-press';
import { IconButton } from '@/components/ui/button';
import type { Translate } from '@/lib/language/text';
import { locatorText } from '@/lib/study/locator';
import { PassageSeal, type PassageSource, PassageView } from './passage-view';

type PassagePanelProps = {
  source: PassageSource;
  /** Place in the list that previous and next walk, from 1. */
  position: number;
  count: number;
  previous: () => void;
  next: () => void;
  close: () => void;
};

/** Beside the conversation, over its right edge, or a sheet from below. */
type PanelMode = 'column' | 'overlay' | 'sheet';

// The widths at which the rail becomes icons and then tabs.
const COLUMN = '(min-width: 73.75rem)';
const OVERLAY = '(min-width: 45.0625rem)';

function subscribe(onChange: () => void): () => void {
  const queries = [COLUMN, OVERLAY].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener('change', onChange);
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange);
  };
}

function read(): PanelMode {
  if (window.matchMedia(COLUMN).matches) return 'column';
  return window.matchMedia(OVERLAY).matches ? 'overlay' : 'sheet';
}

const usePanelMode = (): PanelMode => useSyncExternalStore(subscribe, read, () => 'column');

/** The proof beside the answer: a column, an overlay or a sheet, by the width there is. */
export function PassagePanel(props: PassagePanelProps) {
  const mode = usePanelMode();
  return mode === 'sheet' ? <SheetPanel {...props} /> : <SidePanel {...props} mode={mode} />;
}

const panelName = ({ position, count }: PassagePanelProps, t: Translate) =>
  t('Passage {position} of {count}', { position, count });

function SidePanel({ mode, ...props }: PassagePanelProps & { mode: Exclude<PanelMode, 'sheet'> }) {
  const t = useText();
  return (
    <aside
      aria-label={panelName(props, t)}
      className={
        mode === 'column'
          ? 'flex w-lg shrink-0 flex-col overflow-hidden rounded-4 border border-rule bg-page'
          : 'fixed inset-y-2 right-2 z-30 flex w-lg max-w-[calc(100vw-1rem)] animate-appear flex-col overflow-hidden rounded-4 border border-rule bg-page shadow-float'
      }
    >
      <PanelBody
        {...props}
        title={<h2 className="truncate font-notes font-semibold">{props.source.title}</h2>}
      />
    </aside>
  );
}

const CLOSE_PIXELS = 96;
const GROW_PIXELS = -48;

/** Dragging the handle of a sheet: up to the full height, down to close. Buttons do the same without dragging. */
function useSheetDrag(onClose: () => void) {
  const sheet = useRef<HTMLDivElement>(null);
  const startedAt = useRef<number | undefined>(undefined);
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (startedAt.current === undefined || !sheet.current) return;
    const moved = event.clientY - startedAt.current;
    startedAt.current = undefined;
    sheet.current.style.translate = '';
    if (moved < GROW_PIXELS) sheet.current.style.height = 'calc(100dvh - 1.5rem)';
    else if (moved > CLOSE_PIXELS) onClose();
  };
  const handle = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      startedAt.current = event.clientY;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (startedAt.current === undefined || !sheet.current) return;
      sheet.current.style.translate = `0 ${Math.max(0, event.clientY - startedAt.current)}px`;
    },
    onPointerUp,
    onPointerCancel: onPointerUp,
  };
  return { sheet, handle };
}

function SheetPanel(props: PassagePanelProps) {
  const t = useText();
  const { sheet, handle } = useSheetDrag(props.close);
  useSettledPage();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && props.close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Dialog.Content
          ref={sheet}
          aria-describedby={undefined}
          // The chip that opened it takes the focus back; see the conversation.
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="fixed inset-x-0 bottom-0 z-50 flex h-[62dvh] animate-rise flex-col overflow-hidden rounded-t-[20px] border border-rule bg-page pb-[env(safe-area-inset-bottom)] shadow-float outline-none transition-[height] duration-(--panel)"
        >
          <div
            {...handle}
            aria-hidden="true"
            className="flex h-5 shrink-0 touch-none cursor-grab justify-center pt-2"
          >
            <span className="h-1 w-9 rounded-full bg-edge" />
          </div>
          <PanelBody
            {...props}
            title={
              <Dialog.Title className="truncate font-notes font-semibold">
                {props.source.title}
                <span className="sr-only">, {panelName(props, t)}</span>
              </Dialog.Title>
            }
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PanelBody({ title, ...props }: PassagePanelProps & { title: ReactNode }) {
  const t = useText();
  const { source, position, count, previous, next, close } = props;
  const scroller = useRef<HTMLElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another passage starts at its top until its mark is found.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [source.docId, source.locator.index]);

  return (
    <>
      <header className="flex min-h-13 shrink-0 items-center border-rule border-b pr-1 pl-5 md:min-h-14 md:gap-1 md:pr-3 md:pl-6">
        <div className="min-w-0 flex-1">
          <div className="text-md leading-5.5">{title}</div>
          <p className="truncate text-ink-3 text-xs tabular md:hidden">{locatorText(source.locator, t)}</p>
        </div>
        <p className="mr-1 hidden shrink-0 text-ink-3 text-xs tabular md:block">
          {locatorText(source.locator, t)}
        </p>
        <IconButton label={t('Previous passage')} aria-disabled={position <= 1} onClick={previous}>
          <ChevronLeft aria-hidden="true" className="size-4.5" />
        </IconButton>
        <IconButton label={t('Next passage')} aria-disabled={position >= count} onClick={next}>
          <ChevronRight aria-hidden="true" className="size-4.5" />
        </IconButton>
        <IconButton label={t('Close passage')} onClick={close}>
          <X aria-hidden="true" className="size-4.5" />
        </IconButton>
      </header>
      <section
        ref={scroller}
        data-passage-scroll=""
        aria-label={t('The page')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the page scrolls and must be reachable by keyboard.
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto [--chip-at:-2.625rem] md:[--chip-at:-3rem]"
      >
        <div className="margin-line min-h-full pr-5 pl-13 [--margin-at:2.375rem] md:pr-10 md:pl-18 md:[--margin-at:3.25rem]">
          <PassageView source={source} />
        </div>
      </section>
      <PassageSeal source={source} />
    </>
  );
}
