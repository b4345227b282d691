import type { PictureWord } from '@/lib/domain/document';
import { lettersOf, occurrences } from '@/lib/retrieval/anchor';

/** A place on a page, as shares of its width and height. */
export type Box = { left: number; top: number; width: number; height: number };

/** Words that stand in one line of a page, and the place of some of their characters. */
export type PlacedText = { text: string; boxOf: (from: number, to: number) => Box };

/** How often words were said before a place of a text: which of several is meant. */
export function countBefore(text: string, quote: string, offset: number): number {
  const { letters } = lettersOf(quote);
  return occurrences(lettersOf(text.slice(0, offset)).letters, letters).length;
}

/** Fewer letters than these stand in too many places, unless they stand where they are awaited. */
const SHORTEST = 8;
const AWAITED = { letters: 3, within: 16 } as const;
/** More than these are looked for before what was found as well. */
const TELLING = 20;
type Stretch = { from: number; to: number };

/** The longest beginning of a text that stands on the page behind a place. */
function longestFrom(page: string, text: string, behind: number): Stretch | undefined {
  const find = (length: number) => page.indexOf(text.slice(0, length), behind);
  let [least, most] = [0, text.length];
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (find(middle) >= 0) least = middle;
    else most = middle - 1;
  }
  const from = find(least);
  const isNear = least >= AWAITED.letters && from - behind <= AWAITED.within;
  return least >= SHORTEST || isNear ? { from, to: from + least } : undefined;
}

/** Where a quote stands: whole, or in pieces, each behind the one before it. */
function stretchesOf(page: string, quote: string, nth: number): Stretch[] {
  const whole = occurrences(page, quote);
  const meant = whole[Math.min(nth, whole.length - 1)];
  if (meant !== undefined) return [{ from: meant, to: meant + quote.length }];
  const found: Stretch[] = [];
  for (let at = 0; at < quote.length; ) {
    const rest = quote.slice(at);
    const behind = found.at(-1)?.to ?? 0;
    const next = longestFrom(page, rest, behind);
    const before = next ? undefined : longestFrom(page, rest, 0);
    const piece = next ?? (before && before.to - before.from >= TELLING ? before : undefined);
    if (piece) found.push(piece);
    at += piece ? piece.to - piece.from : 1;
  }
  return found;
}

const bottomOf = ({ top, height }: Box) => top + height;
const rightOf = ({ left, width }: Box) => left + width;

export function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  return {
    left,
    top,
    width: Math.max(...boxes.map(rightOf)) - left,
    height: Math.max(...boxes.map(bottomOf)) - top,
  };
}

/** Boxes of one line are one box. */
function byLine(boxes: readonly Box[]): Box[] {
  const lines: Box[] = [];
  for (const box of boxes) {
    const last = lines.at(-1);
    const shared = last ? Math.min(bottomOf(last), bottomOf(box)) - Math.max(last.top, box.top) : 0;
    if (last && shared > 0.6 * Math.min(last.height, box.height))
      lines[lines.length - 1] = around([last, box]);
    else lines.push(box);
  }
  return lines;
}

/** All words of a page as one text, and which of them its characters are. */
function joined(page: readonly PlacedText[]) {
  const begins: number[] = [];
  let text = '';
  for (const item of page) {
    begins.push(text.length);
    text += `${item.text} `;
  }
  return { text, itemAt: (place: number) => begins.findLastIndex((begin) => begin <= place), begins };
}

/**
 * Where a quote stands on a page, a box a line. The letters alone are compared, so that spaces, hyphens, markup and ligatures
 * may be what they like in either; what the text says otherwise than the page (a formula, a table) is found in its pieces.
 */
export function placeQuote(page: readonly PlacedText[], quote: string, nth = 0): Box[] {
  const { text, itemAt, begins } = joined(page);
  const whole = lettersOf(text);
  const { letters } = lettersOf(quote);
  if (letters === '') return [];
  const boxes = stretchesOf(whole.letters, letters, nth).flatMap(({ from, to }) => {
    const [start, end] = [whole.starts[from] ?? 0, whole.ends[to - 1] ?? 0];
    const last = itemAt(end - 1);
    const found: Box[] = [];
    for (let item = itemAt(start); item >= 0 && item <= last; item++) {
      const [one, begin = 0] = [page[item], begins[item]];
      if (one) found.push(one.boxOf(Math.max(0, start - begin), Math.min(one.text.length, end - begin)));
    }
    return found;
  });
  return byLine(boxes);
}

/** Where in a text the words stand that a place of the page shows; the words behind them tell which. */
export function offsetOfPlaced(
  page: readonly PlacedText[],
  item: number,
  content: string,
): Stretch | undefined {
  const lettersFrom = (count: number) => lettersOf(joined(page.slice(item, item + count)).text).letters;
  const [own, context] = [lettersFrom(1), lettersFrom(4)];
  const whole = lettersOf(content);
  const found = [context, own].map((part) => (part === '' ? -1 : whole.letters.indexOf(part)));
  const at = found.find((place) => place >= 0);
  if (at === undefined || own === '') return undefined;
  const [from, to] = [whole.starts[at], whole.ends[at + own.length - 1]];
  return from === undefined || to === undefined ? undefined : { from, to };
}

const NARROW = /[ijl.,:;'!|()[\]fIt ]/;
const WIDE = /[mwMW@%—\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (NARROW.test(sign) ? 0.5 : WIDE.test(sign) ? 1.6 : 1), 0);

/** Between which shares of a line some of its characters stand, by how wide letters usually are. */
export function shareOf(text: string, from: number, to: number): [start: number, end: number] {
  const whole = widthOf(text) || 1;
  return [widthOf(text.slice(0, from)) / whole, widthOf(text.slice(0, to)) / whole];
}

export const placedWords = (words: readonly PictureWord[]): PlacedText[] =>
  words.map(([text, ...place]) => {
    const [left = 0, top = 0, width = 0, height = 0] = place.map((part) => part / 10_000);
    return { text, boxOf: () => ({ left, top, width, height }) };
  });
