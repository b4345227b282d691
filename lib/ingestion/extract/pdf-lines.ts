import { setOff } from '../../retrieval/raised.ts';

/** One piece of text as the PDF places it: origin at the lower left, `width` along the line. */
export type TextPiece = { text: string; x: number; y: number; width: number; size: number; font: string };

/** Pieces on one base line without a wide gap. `font` is the one most of its characters are set in. */
export type Fragment = {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  font: string;
  /** How many pieces with wide gaps between them make the line: a row of a table has two or more. */
  cells: number;
};

/** Gap, in font sizes, from which two pieces on one line belong to different cells or columns. */
const WIDE_GAP = 1.6;
const WORD_GAP = 0.2;
/** Vertical distance, in font sizes, up to which a piece is a raised or lowered part of the line. */
const SAME_LINE = 0.55;

/** A raised or lowered piece is set smaller, and by so much above or below, in font sizes of the line. */
const SMALLER = 0.85;
const RAISED_BY = 0.15;
const LOWERED_BY = 0.08;

/** An exponent or index as text says it; everything else as it is. */
function levelled({ text, size, y }: TextPiece, line: Fragment): string {
  if (size > SMALLER * line.size) return text;
  const height = (y - line.y) / line.size;
  if (height >= RAISED_BY) return setOff(text, 'raised', line.text);
  return height <= -LOWERED_BY ? setOff(text, 'lowered', line.text) : text;
}

type Draft = Fragment & { fonts: Map<string, number>; endsWord: boolean };

function dominantFont(fonts: ReadonlyMap<string, number>): string {
  return [...fonts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

/** Joins pieces in the order of the file into fragments of lines. */
export function toFragments(pieces: readonly TextPiece[]): Fragment[] {
  const fragments: Draft[] = [];
  for (const piece of pieces) {
    const current = fragments.at(-1);
    if (piece.text.trim() === '') {
      // A space of its own says that the next piece is another word, however narrow it is set.
      if (current && piece.text !== '') current.endsWord = true;
      continue;
    }
    const reach = current ? Math.max(current.size, piece.size) : 0;
    const gap = current ? Math.max(piece.x - current.right, current.x - (piece.x + piece.width)) : 0;
    const isSameLine =
      current && Math.abs(piece.y - current.y) <= SAME_LINE * reach && gap <= WIDE_GAP * reach;
    // Text that jumps back over what was already set is another line drawn at the same height.
    const isOverprint = current && piece.x < current.x && piece.x + piece.width > current.right;
    if (!current || !isSameLine || isOverprint) {
      fragments.push({
        text: piece.text,
        x: piece.x,
        right: piece.x + piece.width,
        y: piece.y,
        size: piece.size,
        font: piece.font,
        cells: 1,
        fonts: new Map([[piece.font, piece.text.length]]),
        endsWord: false,
      });
      continue;
    }
    const isApart = current.endsWord || gap > WORD_GAP * reach;
    const needsSpace = isApart && !/\s$/.test(current.text) && !/^\s/.test(piece.text);
    current.text += (needsSpace ? ' ' : '') + levelled(piece, current);
    current.endsWord = false;
    current.right = Math.max(current.right, piece.x + piece.width);
    current.x = Math.min(current.x, piece.x);
    // The base line of the larger letters counts, not that of an exponent.
    if (piece.size > current.size) [current.size, current.y] = [piece.size, piece.y];
    current.fonts.set(piece.font, (current.fonts.get(piece.font) ?? 0) + piece.text.length);
  }
  return fragments.map(({ fonts, endsWord: _, ...fragment }) => ({ ...fragment, font: dominantFont(fonts) }));
}

/** A page of text has a few hundred lines. A map or a table of thousands is taken as the file orders it. */
export const MAX_LAYOUT_LINES = 3_000;
const MIN_COLUMN_LINES = 6;
const MIN_ALTERNATIONS = 4;
/** Cells of a table are short; lines of a column fill it. */
const COLUMN_FILL = 0.55;

/**
 * Most files set one column after the other, and their own order is the best there is. Some set line by line across the
 * page; those are recognised by a gutter that hardly any fragment crosses while the order jumps over it again and again.
 */
export function inReadingOrder(fragments: readonly Fragment[]): Fragment[] {
  const gutter = findGutter(fragments);
  if (gutter === null) return [...fragments];
  const ordered: Fragment[] = [];
  let left: Fragment[] = [];
  let right: Fragment[] = [];
  const flush = (): void => {
    const downwards = (column: Fragment[]): Fragment[] => column.sort((a, b) => b.y - a.y || a.x - b.x);
    ordered.push(...downwards(left), ...downwards(right));
    left = [];
    right = [];
  };
  // A line across both columns, such as a title, ends what stands above it.
  for (const fragment of [...fragments].sort((a, b) => b.y - a.y || a.x - b.x)) {
    if (fragment.right <= gutter) left.push(fragment);
    else if (fragment.x >= gutter) right.push(fragment);
    else {
      flush();
      ordered.push(fragment);
    }
  }
  flush();
  return ordered;
}

function findGutter(fragments: readonly Fragment[]): number | null {
  if (fragments.length < 2 * MIN_COLUMN_LINES || fragments.length > MAX_LAYOUT_LINES) return null;
  const pageLeft = Math.min(...fragments.map(({ x }) => x));
  const pageRight = Math.max(...fragments.map(({ right }) => right));
  const width = pageRight - pageLeft;
  for (let step = 0; step <= 20; step++) {
    // From the middle outwards.
    const offset = (step % 2 === 0 ? 1 : -1) * Math.ceil(step / 2) * 0.02;
    const x = pageLeft + width * (0.5 + offset);
    const left = fragments.filter(({ right }) => right <= x);
    const right = fragments.filter((fragment) => fragment.x >= x);
    const crossing = fragments.length - left.length - right.length;
    if (crossing > 0.15 * fragments.length) continue;
    if (left.length < MIN_COLUMN_LINES || right.length < MIN_COLUMN_LINES) continue;
    const fills = (column: readonly Fragment[], columnWidth: number): boolean =>
      column.filter((fragment) => fragment.right - fragment.x >= COLUMN_FILL * columnWidth).length >
      0.5 * column.length;
    if (!fills(left, x - pageLeft) || !fills(right, pageRight - x)) continue;
    if (alternations(fragments, x) >= Math.max(MIN_ALTERNATIONS, 0.3 * Math.min(left.length, right.length)))
      return x;
  }
  return null;
}

/** How often the file's order goes from the right of `x` back to the left of it. */
function alternations(fragments: readonly Fragment[], x: number): number {
  let count = 0;
  fragments.forEach((fragment, index) => {
    const previous = fragments[index - 1];
    if (previous && previous.x >= x && fragment.right <= x) count += 1;
  });
  return count;
}

/** Fragments that stand side by side become one line. */
export function toLines(fragments: readonly Fragment[]): Fragment[] {
  const lines: Fragment[] = [];
  for (const fragment of fragments) {
    const current = lines.at(-1);
    const isBeside =
      current &&
      Math.abs(current.y - fragment.y) <= 0.3 * Math.max(current.size, fragment.size) &&
      fragment.x >= current.right;
    if (!current || !isBeside) {
      lines.push({ ...fragment });
      continue;
    }
    current.text = `${current.text.trimEnd()} ${fragment.text.trimStart()}`;
    current.right = fragment.right;
    current.cells += fragment.cells;
    if (fragment.size > current.size) current.size = fragment.size;
  }
  return lines.map((line) => ({ ...line, text: bulleted(line.text.replace(/\s+/g, ' ').trim()) }));
}

/** Bullets of symbol fonts have no character of their own. */
function bulleted(text: string): string {
  return text.replace(/^\p{Co}\s*/u, '• ');
}
