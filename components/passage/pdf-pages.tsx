'use client';

import { memo, type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import type { PictureWord } from '@/lib/domain/document';
import type { Translate } from '@/lib/language/text';
import { api } from '@/lib/links';
import { type BoxedQuote, laid, type OriginalProps, Paper, placeQuotes, scrollToBox } from './paper';
import { drawPdfPage, openPdf, type PdfFile, wordsOfPdfPage } from './pdf-drawing';
import { type Box, offsetOfPlaced, type PlacedText } from './place-words';

type Opened = { file: PdfFile; ratio: number };
type State = { opened?: Opened; problem?: string };

function sentenceOf(error: unknown, t: Translate): string {
  const [name, status] = error instanceof Error ? [error.name, Reflect.get(error, 'status')] : [];
  if (name === 'PasswordException') return t('This file has a password, so its pages cannot be drawn.');
  if (status === 404) return t('The file is no longer in your library.');
  if (name === 'InvalidPDFException')
    return t('The file is damaged, so its pages cannot be drawn. The text stays.');
  return t('The file did not arrive. The text stays.');
}

/** The file, opened once; `again` opens it anew after a failure. */
function usePdf(docId: string) {
  const t = useText();
  const [state, setState] = useState<State>({});
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt opens it anew.
  useEffect(() => {
    let isLeft = false;
    let close = () => undefined as unknown;
    const open = async () => {
      const task = await openPdf(api.file(docId));
      close = () => task.destroy();
      // Who leaves before it is open hears no more of it.
      task.promise.catch(() => undefined);
      if (isLeft) return close();
      const file = await task.promise;
      const { width, height } = (await file.getPage(1)).getViewport({ scale: 1 });
      if (!isLeft) setState({ opened: { file, ratio: width / height } });
    };
    setState({});
    open().catch((error: unknown) => !isLeft && setState({ problem: sentenceOf(error, t) }));
    return () => {
      isLeft = true;
      void close();
    };
  }, [docId, attempt]);
  return { ...state, again: () => setAttempt((count) => count + 1) };
}

type PagesProps = OriginalProps & { width: number; scroller: RefObject<HTMLDivElement | null> };

const NO_QUOTES: readonly BoxedQuote[] = [];

/** All pages one under the other. Those near what is in view are drawn; the others are paper of their size. */
export function PdfPages(props: PagesProps) {
  const t = useText();
  const { docId, page, quotes, words, width, scroller } = props;
  const { opened, problem, again } = usePdf(docId);
  const near = useNear(scroller, opened !== undefined, width);
  const follow = useFollowing(props, opened !== undefined);
  if (problem) {
    return (
      <Strip tone="bad" className="m-4" onRetry={again}>
        {problem}
      </Strip>
    );
  }
  if (!opened) return <LoadingLines label={t('Opening the pages')} className="m-3 bg-page p-6" />;
  return Array.from({ length: opened.file.numPages }, (_, index) => index + 1).map((number) => (
    <Sheet
      key={number}
      {...opened}
      number={number}
      width={width}
      isNear={near.has(number)}
      quotes={number === page ? quotes : NO_QUOTES}
      words={number === page ? words : null}
      follow={near.has(number) ? follow : undefined}
    />
  ));
}

const numberOf = (sheet: Element) => Number(sheet.getAttribute('data-page'));
const sheetOf = (scroller: HTMLElement | null, page: number) =>
  scroller?.querySelector<HTMLElement>(`[data-page="${page}"]`);

/** The pages in view, and one height before and behind. */
function useNear(
  scroller: RefObject<HTMLElement | null>,
  isOpen: boolean,
  width: number,
): ReadonlySet<number> {
  const [near, setNear] = useState<ReadonlySet<number>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width lays all of them out anew.
  useEffect(() => {
    const root = scroller.current;
    if (!root || !isOpen) return;
    const seen = new Set<number>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries)
          seen[isIntersecting ? 'add' : 'delete'](numberOf(target));
        setNear(new Set(seen));
      },
      { root, rootMargin: '100% 0px' },
    );
    for (const sheet of root.querySelectorAll('[data-page]')) observer.observe(sheet);
    return () => observer.disconnect();
  }, [scroller, isOpen, width]);
  return near;
}

const RESTED_MILLISECONDS = 250;

/** The pages go where the text is, and the text where a hand has moved the pages. */
function useFollowing({ page, quotes, content, width, scroller, onPlace }: PagesProps, isOpen: boolean) {
  const place = `${page} ${quotes.find(({ color }) => color === undefined)?.key ?? ''}`;
  /** The page that this pane has asked for: it is there already. */
  const askedFor = useRef<number | undefined>(undefined);
  const isByHand = useRef(false);
  const boxed = useRef('');

  const enter = useEffectEvent(() => {
    if (askedFor.current === page) return;
    const sheet = sheetOf(scroller.current, page);
    isByHand.current = false;
    if (scroller.current && sheet) scrollToBox(scroller.current, sheet, undefined);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, and the first one when it is there.
  useEffect(() => enter(), [page, isOpen]);
  const stay = useEffectEvent(() => {
    askedFor.current = undefined;
    boxed.current = '';
    enter();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: pages of another size are elsewhere.
  useEffect(() => stay(), [width]);

  const settle = useEffectEvent(() => {
    const root = scroller.current;
    if (!root || !isByHand.current) return;
    const { top, height } = root.getBoundingClientRect();
    const at = [...root.querySelectorAll('[data-page]')].find(
      (sheet) => sheet.getBoundingClientRect().bottom > top + height / 3,
    );
    const number = at ? numberOf(at) : page;
    if (number === page) return;
    askedFor.current = number;
    onPlace(number);
  });
  useEffect(() => {
    const root = scroller.current;
    if (!root || !isOpen) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      clearTimeout(timer);
      timer = setTimeout(settle, RESTED_MILLISECONDS);
    };
    const onHand = () => {
      isByHand.current = true;
    };
    const hands = ['wheel', 'touchmove', 'keydown', 'pointerdown'];
    root.addEventListener('scroll', onScroll, { passive: true });
    for (const hand of hands) root.addEventListener(hand, onHand, { passive: true });
    return () => {
      clearTimeout(timer);
      root.removeEventListener('scroll', onScroll);
      for (const hand of hands) root.removeEventListener(hand, onHand);
    };
  }, [scroller, isOpen]);

  /** Once for each passage, and not where the hand that pressed it is already. */
  const onBox = (sheet: HTMLElement, box: Box) => {
    if (boxed.current === place) return;
    boxed.current = place;
    if (askedFor.current === page) return;
    isByHand.current = false;
    if (scroller.current) scrollToBox(scroller.current, sheet, box);
  };
  const onPress = (number: number, text: readonly PlacedText[], item: number) => {
    askedFor.current = number;
    const found = number === page ? offsetOfPlaced(text, item, content) : undefined;
    if (found || number !== page) onPlace(number, found);
  };
  return { onBox, onPress };
}

type SheetProps = Opened & {
  number: number;
  width: number;
  isNear: boolean;
  quotes: readonly BoxedQuote[];
  words: readonly PictureWord[] | null;
  /** Of pages in view alone, so that the others are not drawn anew. */
  follow: ReturnType<typeof useFollowing> | undefined;
};

/** Draws a page while it is near; gives its shape and its words. */
function useDrawnPage(
  canvas: RefObject<HTMLCanvasElement | null>,
  {
    file,
    number,
    width,
    isNear,
    ...first
  }: Pick<SheetProps, 'file' | 'number' | 'width' | 'isNear' | 'ratio'>,
) {
  const [ratio, setRatio] = useState(first.ratio);
  const [text, setText] = useState<readonly PlacedText[]>();
  const [isBroken, setBroken] = useState(false);

  useEffect(() => {
    if (!isNear) return;
    let isLeft = false;
    let stop = () => undefined as unknown;
    const draw = async () => {
      const page = await file.getPage(number);
      const { width: wide, height: high } = page.getViewport({ scale: 1 });
      if (isLeft || !canvas.current) return;
      setRatio(wide / high);
      const task = drawPdfPage(page, canvas.current, width);
      stop = () => task.cancel();
      await task.promise;
      const found = await wordsOfPdfPage(page);
      if (!isLeft) setText(found);
    };
    setBroken(false);
    draw().catch(() => !isLeft && setBroken(true));
    return () => {
      isLeft = true;
      stop();
    };
  }, [canvas, file, number, width, isNear]);
  return { ratio, text, isBroken };
}

const Sheet = memo(function Sheet({ quotes, words, follow, ...own }: SheetProps) {
  const t = useText();
  const { number, width, isNear } = own;
  const sheet = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ratio, text, isBroken } = useDrawnPage(canvas, own);

  useLayoutEffect(
    () => laid({ width: `${width}px`, 'aspect-ratio': String(ratio) })(sheet.current),
    [width, ratio],
  );

  const placed = text ? placeQuotes(text, { quotes, words }) : [];
  const proof = placed.find(({ color, boxes }) => color === undefined && boxes.length > 0)?.boxes[0];
  useEffect(() => {
    if (sheet.current && proof) follow?.onBox(sheet.current, proof);
  });

  const press = (event: { clientX: number; clientY: number }) => {
    if (!sheet.current || !text) return;
    const { left, top, width: wide, height: high } = sheet.current.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / wide, (event.clientY - top) / high];
    const item = text.findIndex((one) => {
      const box = one.boxOf(0, one.text.length);
      return x >= box.left && x <= box.left + box.width && y >= box.top && y <= box.top + box.height;
    });
    follow?.onPress(number, text, item);
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the pointer; the text beside it is reached by keys.
    <div
      ref={sheet}
      data-page={number}
      role="img"
      aria-label={t('Page {number}', { number })}
      onClick={press}
      className="page-sheet"
    >
      {isNear && (
        <Paper placed={placed}>
          <canvas ref={canvas} className="size-full" />
        </Paper>
      )}
      {isBroken && (
        <p className="absolute inset-0 grid place-items-center p-6 text-center text-ink-3 text-sm">
          {t('This page cannot be drawn. Its text is beside it.')}
        </p>
      )}
    </div>
  );
});
