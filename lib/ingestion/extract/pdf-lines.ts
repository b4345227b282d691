import { setOff } from '../../retrieval/raised.ts';
import { inLogicalOrder, isRightToLeft } from './pdf-direction.ts';
import { type Box, inOrder } from './reading-order.ts';

/** One piece of text as the PDF places it: origin at the lower left, `width` along the line, which leans by `angle`. */
export type TextPiece = {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  font: string;
  angle: number;
};

/** Pieces on one base line without a wide gap. `font` is the one most of its characters are set in. */
export type Fragment = {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  font: string;
  /** The pieces with wide gaps between them that make the line: a row of a table has two or more. */
  cells: readonly Cell[];
};
export type Cell = { text: string; x: number; right: number };

/** Gap, in font sizes, from which two pieces on one line belong to different cells or columns. */
const WIDE_GAP = 1.6;
const WORD_GAP = 0.2;
/** Of pieces that are taken as they are painted, in a file without spaces and in one that has them. */
const WORD_GAP_PAINTED = 0.12;
const WORD_GAP_BESIDE_SPACES = 0.22;
/** Vertical distance, in font sizes, up to which a piece is a raised or lowered part of the line. */
const SAME_LINE = 0.55;

/** A raised or lowered piece is set smaller, and by so much above or below, in font sizes of the line. */
const SMALLER = 0.85;
const RAISED_BY = 0.15;
const LOWERED_BY = 0.08;

type Level = Parameters<typeof setOff>[1];

function levelOf({ size, y }: TextPiece, line: Draft): Level | null {
  if (size > SMALLER * line.size) return null;
  const height = (y - line.y) / line.size;
  if (height >= RAISED_BY) return 'raised';
  return height <= -LOWERED_BY ? 'lowered' : null;
}

/** Adds a piece to its line: an exponent or index as text says it, of several pieces as one, everything else as it is. */
function append(line: Draft, piece: TextPiece, isApart: boolean): void {
  const level = levelOf(piece, line);
  const { run } = line;
  if (level && run && !isApart && run.level === level && Math.abs(run.y - piece.y) < 0.1 * piece.size) {
    run.text += piece.text;
    const before = line.text.slice(0, run.at);
    const written = setOff(run.text, level, before);
    // What is too long or too odd for one mark keeps those of its parts.
    line.text = written === run.text ? line.text + setOff(piece.text, level, line.text) : before + written;
    return;
  }
  line.text += isApart ? ' ' : '';
  line.run = level && { level, y: piece.y, text: piece.text, at: line.text.length };
  line.text += level ? setOff(piece.text, level, line.text) : piece.text;
}

type Draft = Omit<Fragment, 'cells'> & {
  /** What is raised or lowered at its end. */
  run: { level: Level; y: number; text: string; at: number } | null;
  fonts: Map<string, number>;
  endsWord: boolean;
  pieces: TextPiece[];
};

function dominantFont(fonts: ReadonlyMap<string, number>): string {
  return [...fonts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

/** How far apart, in font sizes, the same text is printed a second time to look bold. */
const OVERPRINT = 0.35;

/** Text that is printed several times in nearly one place is there once. */
export function withoutOverprints(pieces: readonly TextPiece[]): TextPiece[] {
  const seen = new Map<string, TextPiece[]>();
  return pieces.filter((piece) => {
    if (piece.text.trim() === '') return true;
    const same = seen.get(piece.text) ?? [];
    // Never as far as the same letter twice: an l stands beside an l.
    const reach = Math.min(OVERPRINT * piece.size, 0.6 * piece.width);
    if (same.some(({ x, y }) => Math.abs(x - piece.x) < reach && Math.abs(y - piece.y) < reach)) return false;
    seen.set(piece.text, [...same.slice(-MOST_COMPARED), piece]);
    return true;
  });
}
const MOST_COMPARED = 50;

/** Marks are set on their own, over the letter that they belong to; read from the right they follow it. */
function withMarks(pieces: readonly TextPiece[]): TextPiece[] {
  const isMark = ({ text }: TextPiece) => /^[\p{M}\s]+$/u.test(text) && text.trim() !== '';
  const letters = pieces.filter((piece) => !isMark(piece)).map((piece) => ({ ...piece }));
  for (const mark of pieces.filter(isMark)) {
    const middle = mark.x + mark.width / 2;
    const under = letters.find(
      ({ text, x, width }) => text.trim() !== '' && middle >= x && middle <= x + width,
    );
    if (!under) continue;
    const signs = [...under.text];
    signs.splice(Math.floor(((middle - under.x) / under.width) * signs.length), 0, mark.text.trim());
    under.text = signs.join('');
  }
  return letters;
}

/** A gap that lies over letters is where the pen went on its way to the next space. */
function withoutFarGaps(pieces: readonly TextPiece[]): TextPiece[] {
  const letters = pieces.filter(({ text }) => text.trim() !== '');
  const common = (one: TextPiece, other: TextPiece) =>
    Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  return pieces.filter(
    (piece) =>
      piece.text.trim() !== '' || !letters.some((letter) => common(letter, piece) > 0.5 * piece.width),
  );
}

/** Written from right to left, pieces stand in no order that can be relied on: where they stand says how they are read. */
function rightToLeftText(painted: readonly TextPiece[]): string {
  const pieces = withoutFarGaps(painted);
  let [text, right] = ['', 0];
  const wordGap = pieces.some((piece) => /\s/.test(piece.text)) ? WORD_GAP_BESIDE_SPACES : WORD_GAP_PAINTED;
  for (const piece of withMarks(pieces).toSorted((a, b) => a.x - b.x)) {
    const isApart = text !== '' && piece.x - right > wordGap * piece.size;
    text += (isApart && !/\s$/.test(text) ? ' ' : '') + piece.text;
    right = Math.max(right, piece.x + piece.width);
  }
  return inLogicalOrder(text);
}

/**
 * Joins pieces in the order of the file into fragments of lines. Where a page is written from right to left its pieces are
 * given as they are painted.
 */
export function toFragments(pieces: readonly TextPiece[], isTurned = false): Fragment[] {
  const fragments: Draft[] = [];
  for (const piece of pieces) {
    const current = fragments.at(-1);
    if (piece.text.trim() === '') {
      // A space of its own says that the next piece is another word, however narrow it is set.
      if (current && piece.text !== '') current.endsWord = true;
      if (isTurned) current?.pieces.push(piece);
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
        pieces: [piece],
        fonts: new Map([[piece.font, piece.text.length]]),
        endsWord: false,
        run: null,
      });
      continue;
    }
    const isApart = current.endsWord || gap > WORD_GAP * reach;
    const needsSpace = isApart && !/\s$/.test(current.text) && !/^\s/.test(piece.text);
    append(current, piece, needsSpace);
    current.endsWord = false;
    current.right = Math.max(current.right, piece.x + piece.width);
    current.x = Math.min(current.x, piece.x);
    // The base line of the larger letters counts, not that of an exponent.
    if (piece.size > current.size) [current.size, current.y] = [piece.size, piece.y];
    current.fonts.set(piece.font, (current.fonts.get(piece.font) ?? 0) + piece.text.length);
    current.pieces.push(piece);
  }
  return fragments.map(({ fonts, endsWord: _, run: __, pieces: joined, ...fragment }) => {
    const text = isTurned ? rightToLeftText(joined) : fragment.text;
    return { ...fragment, text, cells: [], font: dominantFont(fonts) };
  });
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
export function inReadingOrder(fragments: readonly Fragment[], isTurned = false): Fragment[] {
  const gutter = findGutter(fragments);
  if (gutter === null) return [...fragments];
  const ordered: Fragment[] = [];
  let left: Fragment[] = [];
  let right: Fragment[] = [];
  const flush = (): void => {
    const downwards = (column: Fragment[]): Fragment[] => column.sort((a, b) => b.y - a.y || a.x - b.x);
    const columns = [downwards(left), downwards(right)];
    ordered.push(...(isTurned ? columns.reverse() : columns).flat());
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

/** Lines of a slide that stand closer than so many font sizes are of one box. */
const BOX_GAP = 1.9;
type Boxed = { lines: Fragment[]; box: Box };

const overlapAcross = (one: Box, other: Box): number =>
  (Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)) /
  Math.max(1, Math.min(one.width, other.width));

function boxesOf(fragments: readonly Fragment[]): Boxed[] {
  const boxes: Boxed[] = [];
  for (const line of fragments) {
    const [top, bottom] = [-line.y - line.size, -line.y];
    const own = { x: line.x, y: top, width: line.right - line.x, height: bottom - top };
    const last = boxes.at(-1);
    const before = last?.lines.at(-1);
    const gap = before ? before.y - line.y : 0;
    const isBelow = before && gap >= -0.3 * line.size && gap <= BOX_GAP * Math.max(before.size, line.size);
    if (!last || !isBelow || overlapAcross(last.box, own) <= 0) {
      boxes.push({ lines: [line], box: own });
      continue;
    }
    const [x, right] = [Math.min(last.box.x, own.x), Math.max(last.box.x + last.box.width, line.right)];
    last.lines.push(line);
    last.box = { x, y: last.box.y, width: right - x, height: Math.max(last.box.height, bottom - last.box.y) };
  }
  return boxes;
}

/**
 * A slide is printed in the order its boxes were drawn in. Where one stands above what was drawn before it, as no column of a text
 * does, where they stand says how they are read.
 */
export function inSlideOrder(fragments: readonly Fragment[], isTurned = false): Fragment[] {
  const boxes = boxesOf(fragments);
  const isDrawn = boxes.some((later, at) =>
    boxes
      .slice(0, at)
      .some(({ box }) => later.box.y + later.box.height <= box.y && overlapAcross(later.box, box) > 0.5),
  );
  return isDrawn ? inOrder(boxes, isTurned).flatMap(({ lines }) => lines) : [...fragments];
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

/** Brackets reach a little into what stands beside them, in font sizes. */
const OVERHANG = 0.2;

/** Fragments that stand side by side become one line. */
export function toLines(fragments: readonly Fragment[], isTurned = false): Fragment[] {
  const lines: (Fragment & { cells: Cell[] })[] = [];
  for (const fragment of fragments) {
    const current = lines.at(-1);
    const isBeside =
      current &&
      Math.abs(current.y - fragment.y) <= 0.3 * Math.max(current.size, fragment.size) &&
      (fragment.x >= current.right || (isTurned && fragment.right <= current.x + OVERHANG * current.size));
    const cell = { text: clean(fragment.text), x: fragment.x, right: fragment.right };
    if (!current || !isBeside) {
      lines.push({ ...fragment, cells: [cell] });
      continue;
    }
    current.cells.push(cell);
    current.x = Math.min(current.x, fragment.x);
    current.right = Math.max(current.right, fragment.right);
    if (fragment.size > current.size) current.size = fragment.size;
  }
  return lines.map((line) => {
    const cells = isTurned ? turnedCells(line) : line.cells;
    return { ...line, cells, text: bulleted(cells.map(({ text }) => text).join(' ')) };
  });
}

/** Cells from the right to the left. What a term in another script cut, as the pen jumped over it, is one cell. */
function turnedCells({ cells, size }: Fragment): Cell[] {
  const joined: Cell[] = [];
  for (const cell of cells.toSorted((a, b) => b.x - a.x)) {
    const last = joined.at(-1);
    const gap = last ? last.x - cell.right : 0;
    if (!last || gap > WIDE_GAP * size) joined.push({ ...cell });
    else {
      last.text += (/^[\p{Po}\p{Pe}\p{Pf}]/u.test(cell.text) ? '' : ' ') + cell.text;
      last.x = cell.x;
    }
  }
  return joined;
}

const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Whether most of what is written on a page goes from right to left. */
export const isTurnedPage = (pieces: readonly TextPiece[]): boolean => {
  const text = pieces.map((piece) => piece.text).join('');
  return isRightToLeft(text);
};

/** Bullets of symbol fonts have no character of their own. */
function bulleted(text: string): string {
  return text.replace(/^\p{Co}\s*/u, '• ');
}
