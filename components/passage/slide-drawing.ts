import type { SlideDrawing, SlideFill, SlideParagraph, SlideRun, SlideShape } from '@/lib/domain/slide';
import { around, type PlacedText, shareOf } from './place-words';

const FACE = 'Arial, Helvetica, "Liberation Sans", sans-serif';
const LEADING = 1.2;
const MISSING = '#8a949b';
/** Letters are as wide as this machine's are: what does not fit into its box by them is set smaller, down to this. */
const SMALLEST = 0.6;
const RAISED = { size: 0.66, by: 0.33, lowered: -0.16 };
const LEFTWARD = /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}]/u;

const fontOf = ({ size, isBold, isSlanted, raise }: SlideRun, scale: number): string =>
  `${isSlanted ? 'italic ' : ''}${isBold ? 'bold ' : ''}${size * scale * (raise === 0 ? 1 : RAISED.size)}px ${FACE}`;

type Piece = { text: string; run: SlideRun; width: number };
type Line = { pieces: Piece[]; width: number; height: number; paragraph: SlideParagraph; isFirst: boolean };

/** The words of a paragraph in lines no wider than their box. */
function linesOf(
  context: CanvasRenderingContext2D,
  paragraph: SlideParagraph,
  { width, scale }: { width: number; scale: number },
): Line[] {
  const size = Math.max(8, ...paragraph.runs.map((run) => run.size)) * scale;
  const begin = (): Line => ({ pieces: [], width: 0, height: size * LEADING, paragraph, isFirst: false });
  const lines = [{ ...begin(), isFirst: true }];
  const room = width - paragraph.indent * scale;
  for (const run of paragraph.runs) {
    context.font = fontOf(run, scale);
    for (const text of run.text.match(
      /\n|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s]+[^\S\n]*|[^\S\n]+/gu,
    ) ?? []) {
      const wide = context.measureText(text).width;
      const bare = context.measureText(text.trimEnd()).width;
      let line = lines.at(-1);
      if (text === '\n' || (line && line.width > 0 && line.width + bare > room)) {
        line = begin();
        lines.push(line);
        if (text === '\n') continue;
      }
      if (!line) continue;
      const last = line.pieces.at(-1);
      // Words of one kind are set together, so that letters join and lines run as their script does.
      if (last?.run === run) [last.text, last.width] = [last.text + text, last.width + wide];
      else line.pieces.push({ text, run, width: wide });
      line.width += wide;
    }
  }
  return lines;
}

/** Sets the text of a shape, whose upper left corner is where the context begins; gives what stands where. */
function drawText(
  context: CanvasRenderingContext2D,
  { width, height, text }: SlideShape,
  onPage: OnPage,
): PlacedText[] {
  if (!text) return [];
  const { inset, anchor, wraps, paragraphs } = text;
  const room = {
    width: wraps ? Math.max(10, width - 2 * inset) : Number.POSITIVE_INFINITY,
    height: height - inset,
  };
  const set = (scale: number) =>
    paragraphs.flatMap((paragraph) => linesOf(context, paragraph, { width: room.width, scale }));
  let scale = 1;
  let lines = set(scale);
  const tall = () => lines.reduce((sum, line) => sum + line.height, 0);
  while (tall() > room.height && scale > SMALLEST && height > 20) {
    scale -= 0.05;
    lines = set(scale);
  }
  const above = { top: inset / 2, middle: (height - tall()) / 2, bottom: height - tall() - inset / 2 }[
    anchor
  ];
  let y = Math.max(anchor === 'top' ? 0 : Number.NEGATIVE_INFINITY, above);
  return lines.flatMap((line) => {
    const placed = drawLine(context, line, {
      y,
      left: inset,
      width: wraps ? room.width : width - 2 * inset,
      scale,
      onPage,
    });
    y += line.height;
    return placed;
  });
}

type OnPage = (corners: readonly (readonly [x: number, y: number])[]) => ReturnType<typeof around>;
type Setting = { y: number; left: number; width: number; scale: number; onPage: OnPage };

function drawLine(
  context: CanvasRenderingContext2D,
  { pieces, width: wide, height, paragraph, isFirst }: Line,
  { y, left, width, scale, onPage }: Setting,
): PlacedText[] {
  const isLeftward = LEFTWARD.test(paragraph.runs.map(({ text }) => text).join(''));
  const indent = paragraph.indent * scale;
  const align = isLeftward && paragraph.align === 'left' ? 'right' : paragraph.align;
  const spare = {
    left: indent,
    center: indent / 2 + (width - wide) / 2,
    right: width - wide - (isLeftward ? indent : 0),
  }[align];
  let x = left + spare + (isLeftward ? wide : 0);
  const baseline = y + height * 0.78;
  context.direction = isLeftward ? 'rtl' : 'ltr';
  context.textAlign = 'start';
  const [first] = pieces;
  if (isFirst && paragraph.mark !== '' && first) {
    context.font = fontOf({ ...first.run, raise: 0 }, scale);
    context.fillStyle = first.run.color;
    context.fillText(
      paragraph.mark,
      x + (isLeftward ? 1 : -1) * Math.min(indent, first.run.size * scale),
      baseline,
    );
  }
  return pieces.map(({ text, run, width: long }) => {
    const size = run.size * scale;
    context.font = fontOf(run, scale);
    context.fillStyle = run.color;
    const rise = run.raise === 1 ? RAISED.by : run.raise === -1 ? RAISED.lowered : 0;
    context.fillText(text, x, baseline - rise * size);
    const from = isLeftward ? x - long : x;
    x += isLeftward ? -long : long;
    const [top, bottom] = [baseline - 0.9 * size, baseline + 0.25 * size];
    return {
      text,
      boxOf(start: number, end: number) {
        const shares = shareOf(text, start, end);
        const [one, other] = (isLeftward ? shares.map((share) => 1 - share) : shares).map(
          (share) => from + share * long,
        );
        return onPage([
          [one ?? from, top],
          [other ?? from, top],
          [one ?? from, bottom],
          [other ?? from, bottom],
        ]);
      },
    };
  });
}

function outlineOf({ form, path, width, height }: SlideShape): Path2D {
  if (form === 'path' && path !== null) return new Path2D(path);
  const outline = new Path2D();
  if (form === 'ellipse') outline.ellipse(width / 2, height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
  else if (form === 'round') outline.roundRect(0, 0, width, height, Math.min(width, height) / 6);
  else if (form === 'line' || form === 'rising') {
    outline.moveTo(0, form === 'line' ? 0 : height);
    outline.lineTo(width, form === 'line' ? height : 0);
  } else outline.rect(0, 0, width, height);
  return outline;
}

type Size = { width: number; height: number };

function paintOf(
  context: CanvasRenderingContext2D,
  fill: SlideFill,
  { width, height }: Size,
): string | CanvasGradient {
  if (typeof fill === 'string') return fill;
  const [x, y] = [width / 2, height / 2];
  const angle = ((fill.angle ?? 0) * Math.PI) / 180;
  const reach = (Math.abs(width * Math.cos(angle)) + Math.abs(height * Math.sin(angle))) / 2;
  const [across, down] = [reach * Math.cos(angle), reach * Math.sin(angle)];
  const gradient =
    fill.angle === null
      ? context.createRadialGradient(x, y, 0, x, y, Math.hypot(x, y))
      : context.createLinearGradient(x - across, y - down, x + across, y + down);
  for (const { at, color } of fill.stops) gradient.addColorStop(at, color);
  return gradient;
}

function drawPicture(
  context: CanvasRenderingContext2D,
  picture: HTMLImageElement,
  { width, height, crop }: SlideShape,
) {
  const { left = 0, top = 0, right = 0, bottom = 0 } = crop ?? {};
  // A drawing without a size of its own is as large as its place.
  const [wide, high] = [picture.naturalWidth || width, picture.naturalHeight || height];
  const [across, down] = [wide * (1 - left - right), high * (1 - top - bottom)];
  context.drawImage(picture, left * wide, top * high, across, down, 0, 0, width, height);
}

/** What is not drawn says so in its place. */
function drawMissing(context: CanvasRenderingContext2D, { width, height }: Size, words: string): void {
  context.strokeStyle = MISSING;
  context.lineWidth = 1;
  context.strokeRect(0, 0, width, height);
  context.fillStyle = MISSING;
  context.textAlign = 'center';
  context.font = `italic ${Math.max(6, Math.min(14, width / 12, height / 2))}px ${FACE}`;
  context.fillText(words, width / 2, height / 2, width);
}

async function pictureAt(address: string): Promise<HTMLImageElement | null> {
  const picture = new Image();
  picture.src = address;
  return picture.decode().then(
    () => picture,
    () => null,
  );
}

/** What is said where something is not drawn. */
type Missing = Record<NonNullable<SlideShape['missing']>, string>;

/** Draws a slide as wide as it is shown; gives its words with their places. */
export async function drawSlide(
  canvas: HTMLCanvasElement,
  drawing: SlideDrawing,
  { cssWidth, missing }: { cssWidth: number; missing: Missing },
): Promise<PlacedText[]> {
  const pictures = await Promise.all(
    drawing.shapes.map(({ picture }) => (picture ? pictureAt(picture) : null)),
  );
  const scale = (cssWidth * window.devicePixelRatio) / drawing.width;
  canvas.width = Math.max(1, Math.round(drawing.width * scale));
  canvas.height = Math.max(1, Math.round(drawing.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return [];
  context.scale(scale, scale);
  context.fillStyle = paintOf(context, drawing.background, drawing);
  context.fillRect(0, 0, drawing.width, drawing.height);
  return drawing.shapes.flatMap((shape, at) => {
    context.save();
    context.translate(shape.x + shape.width / 2, shape.y + shape.height / 2);
    context.rotate((shape.turn * Math.PI) / 180);
    context.translate(-shape.width / 2, -shape.height / 2);
    const outline = outlineOf(shape);
    if (shape.fill) {
      context.fillStyle = paintOf(context, shape.fill, shape);
      context.fill(outline);
    }
    const picture = pictures[at];
    if (picture) drawPicture(context, picture, shape);
    else if (shape.missing ?? shape.picture) drawMissing(context, shape, missing[shape.missing ?? 'picture']);
    if (shape.line) {
      context.strokeStyle = shape.line.color;
      context.lineWidth = shape.line.width;
      context.stroke(outline);
    }
    const turned = context.getTransform();
    const onPage: OnPage = (corners) =>
      around(
        corners.map(([x, y]) => {
          const point = turned.transformPoint({ x, y });
          return { left: point.x / canvas.width, top: point.y / canvas.height, width: 0, height: 0 };
        }),
      );
    const placed = drawText(context, shape, onPage);
    context.restore();
    return placed;
  });
}
