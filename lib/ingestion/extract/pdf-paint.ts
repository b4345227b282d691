import { AnnotationMode, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import { TURNED_LETTER } from './pdf-direction.ts';
import type { PdfPage } from './pdf-file.ts';
import type { TextPiece } from './pdf-lines.ts';
import type { Meant } from './pdf-meant.ts';

/** Text as it is painted: glyphs from left to right as they stand, whatever way they are read. */
export type PaintedText = TextPiece & { isHidden: boolean; isOffPage: boolean };
export type Painted = {
  texts: PaintedText[];
  pictures: number;
  paths: number;
  /** Something whose look depends on pictures, where they were left out. */
  isUnsure: boolean;
};

type Matrix = [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

/** What of an operation is used. Anything else of a file that is not in order counts as missing. */
const matrixSchema = z.preprocess(
  (given) => (ArrayBuffer.isView(given) ? [...(given as Float32Array)] : given),
  z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]),
);
type Glyph = { unicode: string; width: number; isSpace?: boolean };
/** Looked at by hand: a book has millions of them. */
const isGlyph = (given: unknown): given is Glyph =>
  typeof given === 'object' &&
  given !== null &&
  'unicode' in given &&
  typeof given.unicode === 'string' &&
  'width' in given &&
  typeof given.width === 'number';
const matrixOf = (given: unknown): Matrix => matrixSchema.safeParse(given).data ?? IDENTITY;
const numberOf = (given: unknown): number =>
  typeof given === 'number' && Number.isFinite(given) ? given : 0;

type State = {
  ctm: Matrix;
  /** Null for a pattern. */
  fill: string | null;
  alpha: number;
  mode: number;
  font: string;
  size: number;
  spacing: number;
  wordSpacing: number;
  stretch: number;
  rise: number;
  leading: number;
};
/** A surface that was painted; null where its colour is not one. */
type Surface = { x0: number; y0: number; x1: number; y1: number; colour: string | null };

/** Gaps, in font sizes, at which painted text is cut into pieces. */
const PIECE_GAP = 0.12;
/** What has no room of its own in a line. */
const ABOVE = /^\p{Mn}+$/u;
/** On a page as long as this; a larger page is looked at from farther away. */
const USUAL_LENGTH = 842;
const LEAST_SIZE = 0.9;
const INVISIBLE_MODE = 3;
/** Difference of a colour from what it stands on, of 255, up to which nobody sees it. */
const SAME_COLOUR = 12;
const FILLS = new Set<number>([
  OPS.fill,
  OPS.eoFill,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
]);
const PICTURES = new Set<number>([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageXObjectRepeat,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintImageMaskXObjectRepeat,
  OPS.paintInlineImageXObjectGroup,
  OPS.paintSolidColorImageMask,
]);

const colourDistance = (left: string, right: string): number =>
  Math.max(
    ...[1, 3, 5].map((at) =>
      Math.abs(Number.parseInt(left.slice(at, at + 2), 16) - Number.parseInt(right.slice(at, at + 2), 16)),
    ),
  );

/** Follows what a page paints, so that text which a person cannot see is known by its looks. */
class Follower {
  readonly texts: PaintedText[] = [];
  isUnsure = false;
  readonly #surfaces: Surface[] = [];
  readonly #view: readonly number[];
  readonly #leastSize: number;
  readonly #fontScale: (font: string) => number;
  #kept: State[] = [];
  #state: State = {
    ctm: IDENTITY,
    fill: '#000000',
    alpha: 1,
    mode: 0,
    font: '',
    size: 0,
    spacing: 0,
    wordSpacing: 0,
    stretch: 1,
    rise: 0,
    leading: 0,
  };
  #line: Matrix = IDENTITY;
  #text: Matrix = IDENTITY;
  /** Marks around what is painted, with what it stands for until that is placed. */
  readonly #marks: { said: string | null }[] = [];
  readonly #meant: Meant;
  #marked = 0;

  constructor(view: readonly number[], fontScale: (font: string) => number, meant: Meant) {
    this.#view = view;
    this.#meant = meant;
    this.#fontScale = fontScale;
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = view;
    this.#leastSize = LEAST_SIZE * Math.min(1, Math.max(x1 - x0, y1 - y0) / USUAL_LENGTH);
  }

  follow(operation: number, given: readonly unknown[]): void {
    if (PICTURES.has(operation)) this.#paint({ x0: 0, y0: 0, x1: 1, y1: 1 }, null);
    else this.#moves[operation]?.(given);
  }

  readonly #moves: Record<number, (given: readonly unknown[]) => unknown> = {
    [OPS.save]: () => this.#save(),
    [OPS.restore]: () => this.#restore(),
    [OPS.transform]: (given) => this.#transform(matrixOf(given)),
    [OPS.paintFormXObjectBegin]: ([matrix]) => {
      this.#save();
      if (matrix) this.#transform(matrixOf(matrix));
    },
    [OPS.paintFormXObjectEnd]: () => this.#restore(),
    [OPS.setGState]: ([entries]) => {
      for (const [key, value] of z.array(z.array(z.unknown())).safeParse(entries).data ?? []) {
        if (key === 'ca') this.#state.alpha = numberOf(value);
        if (key === 'Font' && Array.isArray(value)) this.#setFont(value);
      }
    },
    [OPS.setFillRGBColor]: ([colour]) => {
      this.#state.fill = typeof colour === 'string' && /^#[0-9a-f]{6}$/i.test(colour) ? colour : null;
    },
    [OPS.setFillColorN]: () => {
      this.#state.fill = null;
    },
    [OPS.setFillTransparent]: () => {
      this.#state.fill = null;
    },
    [OPS.shadingFill]: () => {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = this.#view;
      this.#surfaces.push({ x0, y0, x1, y1, colour: null });
    },
    [OPS.constructPath]: (given) => this.#path(given),
    [OPS.setTextRenderingMode]: ([mode]) => {
      this.#state.mode = numberOf(mode);
    },
    [OPS.setFont]: (given) => this.#setFont(given),
    [OPS.setCharSpacing]: ([value]) => {
      this.#state.spacing = numberOf(value);
    },
    [OPS.setWordSpacing]: ([value]) => {
      this.#state.wordSpacing = numberOf(value);
    },
    [OPS.setHScale]: ([value]) => {
      this.#state.stretch = numberOf(value) / 100 || 1;
    },
    [OPS.setLeading]: ([value]) => {
      this.#state.leading = -numberOf(value);
    },
    [OPS.setTextRise]: ([value]) => {
      this.#state.rise = numberOf(value);
    },
    [OPS.beginText]: () => this.#startAt(IDENTITY),
    [OPS.setTextMatrix]: ([matrix]) => this.#startAt(matrixOf(matrix)),
    [OPS.moveText]: ([x, y]) => this.#moveLine(numberOf(x), numberOf(y)),
    [OPS.setLeadingMoveText]: ([x, y]) => {
      this.#state.leading = numberOf(y);
      this.#moveLine(numberOf(x), numberOf(y));
    },
    [OPS.nextLine]: () => this.#moveLine(0, this.#state.leading),
    [OPS.beginMarkedContent]: () => this.#marks.push({ said: null }),
    [OPS.beginMarkedContentProps]: () => this.#marks.push({ said: this.#meant[this.#marked++] ?? null }),
    [OPS.endMarkedContent]: () => this.#marks.pop(),
    [OPS.showText]: ([glyphs]) => {
      if (Array.isArray(glyphs)) this.#show(glyphs);
    },
  };

  #save(): void {
    this.#kept.push({ ...this.#state });
  }
  #restore(): void {
    this.#state = this.#kept.pop() ?? this.#state;
  }
  #transform(matrix: Matrix): void {
    this.#state.ctm = times(this.#state.ctm, matrix);
  }
  #setFont([font, size]: readonly unknown[]): void {
    this.#state.font = String(font);
    this.#state.size = numberOf(size);
  }
  #startAt(matrix: Matrix): void {
    this.#line = this.#text = matrix;
  }
  #moveLine(x: number, y: number): void {
    this.#startAt(times(this.#line, [1, 0, 0, 1, x, y]));
  }

  /** Only a rectangle has a colour all over the room that it takes. */
  #path([operation, data, bounds]: readonly unknown[]): void {
    if (!FILLS.has(numberOf(operation)) || !ArrayBuffer.isView(bounds)) return;
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = bounds as Float32Array;
    const points = Array.isArray(data) && ArrayBuffer.isView(data[0]) ? (data[0] as Float32Array) : [];
    const { fill, alpha } = this.#state;
    this.#paint({ x0, y0, x1, y1 }, alpha === 1 && isRectangle(points, x0, y0, x1, y1) ? fill : null);
  }

  #paint(box: Omit<Surface, 'colour'>, colour: string | null): void {
    const at = (x: number, y: number) => times(this.#state.ctm, [1, 0, 0, 1, x, y]);
    const corners = [at(box.x0, box.y0), at(box.x1, box.y1), at(box.x0, box.y1), at(box.x1, box.y0)];
    const xs = corners.map((corner) => corner[4]);
    const ys = corners.map((corner) => corner[5]);
    const surface = { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
    this.#surfaces.push({ ...surface, colour });
  }

  #show(glyphs: readonly unknown[]): void {
    const { size, spacing, wordSpacing, stretch, rise, font } = this.#state;
    const scale = size * this.#fontScale(font);
    let from = 0;
    let to = 0;
    let text = '';
    const mark = this.#marks.findLast(({ said }) => said !== null);
    const finish = () => {
      if (text !== '' && !mark) this.#place(text, from, to, rise);
      text = '';
    };
    let at = 0;
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        at -= ((glyph * size) / 1_000) * stretch;
        continue;
      }
      if (!isGlyph(glyph)) continue;
      const width = glyph.width * scale * stretch;
      // Moved to where it stands over a letter, and back to behind it.
      if (text !== '' && ABOVE.test(glyph.unicode)) {
        text += glyph.unicode;
        at += width;
        to = Math.max(to, at);
        continue;
      }
      if (text !== '' && Math.abs(at - to) > PIECE_GAP * Math.abs(size)) {
        finish();
        if (at > to && !mark) this.#place(' ', to, at, rise);
      }
      if (text === '') from = at;
      text += painted(glyph.unicode);
      to = at + width;
      at = to + (spacing + (glyph.isSpace ? wordSpacing : 0)) * stretch;
    }
    finish();
    if (mark?.said) {
      this.#place(painted(mark.said), 0, to, rise);
      mark.said = '';
    }
    this.#text = times(this.#text, [1, 0, 0, 1, at, 0]);
  }

  #place(text: string, from: number, to: number, rise: number): void {
    const { ctm, size, font } = this.#state;
    const base = times(ctm, this.#text);
    const [start, end] = [from, to].map((x) => times(base, [1, 0, 0, 1, x, rise]));
    if (!start || !end) return;
    const [x, y] = [start[4], start[5]];
    const angle = Math.atan2(base[1], base[0]);
    const placed = {
      text,
      x,
      y,
      width: Math.hypot(end[4] - x, end[5] - y),
      size: Math.hypot(base[0], base[1]) * Math.abs(size) || 1,
      font,
      angle,
    };
    const middle = { x: (x + end[4]) / 2, y: (y + end[5]) / 2 };
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = this.#view;
    const isOffPage = middle.x < x0 || middle.x > x1 || middle.y < y0 || middle.y > y1;
    this.texts.push({
      ...placed,
      isOffPage,
      isHidden: (isOffPage && text.trim() !== '') || this.#isHidden(placed, middle),
    });
  }

  #isHidden({ text, size }: TextPiece, { x, y }: { x: number; y: number }): boolean {
    const { fill, alpha, mode } = this.#state;
    if (text.trim() === '') return false;
    if (size < this.#leastSize) return true;
    const height = y + 0.3 * size;
    const under = this.#surfaces.findLast(
      (surface) => surface.x0 <= x && surface.x1 >= x && surface.y0 <= height && surface.y1 >= height,
    );
    const ground = under ? under.colour : '#ffffff';
    // The text of a scan lies unseen over its picture, and is what the picture shows.
    const isUnseen =
      mode === INVISIBLE_MODE
        ? ground !== null
        : mode % 4 === 0 &&
          (alpha <= 0.02 ||
            (ground !== null && fill !== null && colourDistance(fill, ground) <= SAME_COLOUR));
    if (isUnseen) this.isUnsure = true;
    return isUnseen;
  }
}

/** A glyph of several letters keeps their order when the line is turned round. */
const painted = (unicode: string): string =>
  unicode.length > 1 && TURNED_LETTER.test(unicode) ? [...unicode].reverse().join('') : unicode;

function isRectangle(points: ArrayLike<number>, x0: number, y0: number, x1: number, y1: number): boolean {
  // Each point is a kind and two numbers; a last number closes the path.
  if (points.length < 12 || points.length > 16) return false;
  for (let at = 0; at + 2 < points.length; at += 3) {
    const [kind = 0, x = 0, y = 0] = [points[at], points[at + 1], points[at + 2]];
    if (kind > 1) return false;
    if ((x !== x0 && x !== x1) || (y !== y0 && y !== y1)) return false;
  }
  return true;
}

/** Everything that a page paints, its annotations apart. */
export async function paintedOn(page: PdfPage, meant: Meant = []): Promise<Painted> {
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
  const scales = new Map<string, number>();
  const fontScale = (font: string): number => {
    const known = scales.get(font);
    if (known !== undefined) return known;
    const held: unknown = page.commonObjs.has(font) ? page.commonObjs.get(font) : undefined;
    const matrix = z.object({ fontMatrix: z.array(z.number()) }).safeParse(held).data?.fontMatrix;
    const scale = matrix?.[0] ?? 0.001;
    scales.set(font, scale);
    return scale;
  };
  // Of a page that paints others within it not all is told.
  const marks = fnArray.filter((operation) => operation === OPS.beginMarkedContentProps).length;
  const follower = new Follower(page.view, fontScale, marks === meant.length ? meant : []);
  fnArray.forEach((operation, index) => {
    const given: unknown = argsArray[index];
    follower.follow(operation, Array.isArray(given) ? given : []);
  });
  return {
    texts: follower.texts,
    isUnsure: follower.isUnsure,
    pictures: fnArray.filter((operation) => PICTURES.has(operation)).length,
    paths: fnArray.filter((operation) => operation === OPS.constructPath).length,
  };
}
