'use client';

import { clsx } from 'clsx';
import { ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { IconButton } from '@/components/ui/button';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { EDGES, type OriginalProps } from './paper';
import { PdfPages } from './pdf-pages';
import { PicturePage } from './picture-page';
import { SlidePage } from './slide-page';

export type OriginalKind = 'pdf' | 'picture' | 'slide';

const PAGES = { pdf: PdfPages, picture: PicturePage, slide: SlidePage } as const;

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const;
const FITS = ZOOMS.indexOf(1);
/** A page is no wider than it can be read, whatever room there is. */
const MOST_WIDTH = 1_000;

/** The document as it looks, beside its text. */
export function OriginalPane({
  kind,
  className,
  ...props
}: OriginalProps & { kind: OriginalKind; className?: string }) {
  const t = useText();
  const [zoom, setZoom] = useState(FITS);
  const scroller = useRef<HTMLDivElement>(null);
  const room = useWidth(scroller);
  const by = (step: number) => setZoom((at) => Math.min(ZOOMS.length - 1, Math.max(0, at + step)));
  useHotkeys({ '+': () => by(1), '=': () => by(1), '-': () => by(-1) });
  const width = Math.min(MOST_WIDTH, Math.max(0, room - EDGES)) * (ZOOMS[zoom] ?? 1);
  const Pages = PAGES[kind];
  return (
    <div className={clsx('relative min-h-0 min-w-0 flex-1 bg-sunk', className)}>
      <section
        ref={scroller}
        aria-label={t('{title} as it looks, page {page} of {pageCount}', {
          title: props.title,
          page: props.page,
          pageCount: props.pageCount,
        })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the pages scroll and must be reachable by keyboard.
        tabIndex={0}
        className="h-full overflow-auto overscroll-contain"
      >
        {width > 0 && <Pages {...props} width={width} scroller={scroller} />}
      </section>
      <div className="absolute right-4 bottom-3 z-10 flex items-center rounded-3 border border-rule bg-page shadow-float">
        <IconButton label={t('Smaller')} aria-disabled={zoom === 0} onClick={() => by(-1)}>
          <ZoomOut aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
        </IconButton>
        <p role="status" className="w-11 text-center text-ink-2 text-xs tabular">
          {Math.round((ZOOMS[zoom] ?? 1) * 100)}%
        </p>
        <IconButton label={t('Larger')} aria-disabled={zoom === ZOOMS.length - 1} onClick={() => by(1)}>
          <ZoomIn aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
        </IconButton>
      </div>
    </div>
  );
}

/** The width of an element, told again when it has rested. */
function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      const measure = () => setWidth(current.clientWidth);
      // At once for the first time; while a window is dragged nothing is drawn anew.
      timer = setTimeout(measure, 100);
    });
    setWidth(current.clientWidth);
    observer.observe(current);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [element]);
  return width;
}
