import type { ReactNode } from 'react';
import type { PictureWord } from '@/lib/domain/document';
import type { HighlightColor } from '@/lib/domain/highlight';
import { type Box, type PlacedText, placedWords, placeQuote } from './place-words';

/** Words of the page in view that are boxed on it: a passage that is proof, or a highlight. */
export type BoxedQuote = { key: string; text: string; nth: number; color?: HighlightColor | undefined };

export type OriginalProps = {
  docId: string;
  title: string;
  fileName: string | null;
  page: number;
  pageCount: number;
  /** Of the page that is open. */
  content: string;
  quotes: readonly BoxedQuote[];
  /** Words that were read from a picture of it, with their places. */
  words: readonly PictureWord[] | null;
  /** Another page came into view, or a place on one was pressed: an offset into the text of that page. */
  onPlace: (page: number, range?: { from: number; to: number }) => void;
};

export type PlacedQuote = BoxedQuote & { boxes: readonly Box[] };

/** Where the quotes stand: by the text of the page itself, else by the words that were read from its picture. */
export function placeQuotes(
  text: readonly PlacedText[],
  { quotes, words }: Pick<OriginalProps, 'quotes' | 'words'>,
): PlacedQuote[] {
  const page = text.length > 0 ? text : placedWords(words ?? []);
  return quotes.map((quote) => ({ ...quote, boxes: placeQuote(page, quote.text, quote.nth) }));
}

/** Around a page, on its desk. */
export const EDGES = 24;

/** Lays an element out by lengths that are reckoned here, since no page takes a style that is written into it. */
export const laid = (lengths: Readonly<Record<string, string>>) => (element: HTMLElement | null) => {
  for (const [name, length] of Object.entries(lengths)) element?.style.setProperty(name, length);
};

const percent = (share: number) => `${share * 100}%`;

/** A page on its paper, with what is boxed on it. */
export function Paper({ placed, children }: { placed: readonly PlacedQuote[]; children: ReactNode }) {
  return (
    <>
      {children}
      {placed.flatMap(({ key, color, boxes }) =>
        boxes.map(({ left, top, width, height }) => (
          <span
            key={`${key} ${top} ${left}`}
            aria-hidden="true"
            data-box={color ?? 'proof'}
            className="page-box"
            ref={laid({
              left: percent(left),
              top: percent(top),
              width: percent(width),
              height: percent(height),
            })}
          />
        )),
      )}
    </>
  );
}

/** Brings a place of a page into the upper third of what scrolls around it. */
export function scrollToBox(scroller: HTMLElement, sheet: HTMLElement, box: Box | undefined): void {
  const top = sheet.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  scroller.scrollTop = box ? top + box.top * sheet.offsetHeight - scroller.clientHeight / 3 : top - EDGES / 2;
  if (box) scroller.scrollLeft = Math.max(0, box.left * sheet.offsetWidth - EDGES);
}
