import type { SlideFill, SlideShape, SlideText } from '../../domain/slide.ts';
import type { Archive } from './zip-guard.ts';

/** What drawings of both kinds of slides are put together from. */
export const BLACK = '#000000';
export const WHITE = '#ffffff';
/** More than these are no slide that anybody looks at. */
export const MOST_SHAPES = 2_000;

export type Rectangle = { x: number; y: number; width: number; height: number };
/** Pictures of a slide share a bound, in characters of their addresses. */
export type Canvas = { roomForPictures: number };

export const shapeAt = (box: Rectangle, given: Partial<SlideShape>): SlideShape => ({
  ...box,
  turn: 0,
  form: 'rectangle',
  path: null,
  fill: null,
  line: null,
  picture: null,
  crop: null,
  missing: null,
  text: null,
  ...given,
});

/** Pictures that browsers show, by how they begin: names of parts say little of what they hold. */
const TYPES: readonly (readonly [type: string, begins: RegExp])[] = [
  ['png', /^\x89PNG/],
  ['jpeg', /^\xff\xd8\xff/],
  ['gif', /^GIF8/],
  ['bmp', /^BM/],
  ['webp', /^RIFF[\s\S]{4}WEBP/],
  ['svg+xml', /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE svg|svg)/],
];
const HEAD_BYTES = 64;

function bytesOf(archive: Archive, part: string | undefined): Uint8Array | undefined {
  try {
    return part === undefined ? undefined : archive.bytes(part);
  } catch {
    // A damaged picture, or one that unpacks to too much, is not shown, and what stands around it is.
    return undefined;
  }
}

/** A picture of the file as an address; those that browsers cannot show, and those beyond the bound, are left out. */
export function pictureOf(canvas: Canvas, archive: Archive, part: string | undefined): string | null {
  const bytes = bytesOf(archive, part?.replace(/^\.\//, ''));
  const head = Buffer.from(bytes?.subarray(0, HEAD_BYTES) ?? []).toString('latin1');
  const [type] = TYPES.find(([, begins]) => begins.test(head)) ?? [];
  if (!bytes || type === undefined || bytes.length * 1.4 > canvas.roomForPictures) return null;
  const address = `data:image/${type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')}`;
  canvas.roomForPictures -= address.length;
  return address;
}

/** A colour with so much of it kept, and so much of white added. */
export function darkened(color: string, { kept, lighter }: { kept: number; lighter: number }): string {
  const part = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) * Math.min(1, kept);
    const mixed = value + (255 - value) * Math.min(1, Math.max(0, lighter));
    return Math.round(mixed).toString(16).padStart(2, '0');
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}

type Cell = {
  columns: number;
  rows: number;
  isCovered: boolean;
  fill: SlideFill | null;
  text: SlideText | null;
};
const RULE = { color: '#8a949b', width: 0.75 };

/** The cells of a table, each a shape; a table that says less of its size than it has stands in its whole box. */
export function cellsAt(
  box: Rectangle,
  columns: readonly number[],
  rows: readonly { height: number; cells: readonly Cell[] }[],
): SlideShape[] {
  const sum = (lengths: readonly number[]) => lengths.reduce((all, one) => all + one, 0);
  const heights = rows.map(({ height }) => height);
  const across = sum(columns) > 0 ? box.width / sum(columns) : 1;
  const down = sum(heights) > 0 ? Math.max(1, box.height / sum(heights)) : 1;
  return (
    rows
      // What a cell spans is named behind it, covered.
      .flatMap(({ cells }, index) => cells.map((cell, from) => ({ cell, from, index })))
      .filter(({ cell }) => !cell.isCovered)
      .slice(0, MOST_SHAPES)
      .map(({ cell, from, index }) =>
        shapeAt(
          {
            x: box.x + across * sum(columns.slice(0, from)),
            y: box.y + down * sum(heights.slice(0, index)),
            width: across * sum(columns.slice(from, from + cell.columns)),
            height: down * sum(heights.slice(index, index + cell.rows)),
          },
          { fill: cell.fill, line: RULE, text: cell.text },
        ),
      )
  );
}
