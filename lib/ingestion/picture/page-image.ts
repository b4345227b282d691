import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import UTIF from 'utif2';
import { AppError } from '../../errors.ts';
import { odpDrawing } from '../extract/odp-drawing.ts';
import { openPdf } from '../extract/pdf-file.ts';
import { pptxDrawing } from '../extract/pptx-drawing.ts';
import { kindOfName } from '../kinds.ts';

/** The longer side of a page as it is read: some 240 dots an inch of A4. Smaller pictures are drawn larger, up to so much. */
const LONG_SIDE = 2_800;
const MOST_LARGER = 3;

/** One page of a file as a picture of a size that can be read, on white. */
export async function pageImage(bytes: Uint8Array, extension: string, page: number): Promise<Canvas> {
  if (extension === 'pdf') return pdfPage(bytes, page);
  const reader = kindOfName(`a.${extension}`)?.reader;
  if (reader === 'pptx' || reader === 'odp') return slidePage(bytes, reader, page);
  try {
    const picture = /^tiff?$/.test(extension) ? tiffPage(bytes, page) : await loadImage(Buffer.from(bytes));
    return drawn(picture, picture.width, picture.height);
  } catch (cause) {
    throw new AppError('file_damaged', { cause });
  }
}

const scaleOf = (width: number, height: number): number =>
  Math.min(LONG_SIDE / Math.max(width, height), MOST_LARGER);

function blank(width: number, height: number) {
  const canvas = createCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  return { canvas, context };
}

function drawn(
  picture: Parameters<ReturnType<Canvas['getContext']>['drawImage']>[0],
  width: number,
  height: number,
) {
  const scale = scaleOf(width, height);
  const { canvas, context } = blank(width * scale, height * scale);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function pdfPage(bytes: Uint8Array, number: number): Promise<Canvas> {
  const document = await openPdf(bytes);
  try {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: LONG_SIDE / Math.max(width, height) });
    const { canvas } = blank(viewport.width, viewport.height);
    await page.render({ canvas: canvas as never, viewport }).promise;
    return canvas;
  } finally {
    await document.loadingTask.destroy();
  }
}

/** A slide of nothing but pictures, each where it stands. */
async function slidePage(bytes: Uint8Array, reader: 'pptx' | 'odp', number: number): Promise<Canvas> {
  const slide = reader === 'pptx' ? pptxDrawing(bytes, number) : odpDrawing(bytes, number);
  if (!slide) throw new AppError('file_damaged');
  const scale = LONG_SIDE / Math.max(slide.width, slide.height);
  const { canvas, context } = blank(slide.width * scale, slide.height * scale);
  context.scale(scale, scale);
  for (const { picture, x, y, width, height, turn, crop } of slide.shapes) {
    const image = picture && (await loadImage(picture).catch(() => null));
    if (!image) continue;
    const { left = 0, top = 0, right = 0, bottom = 0 } = crop ?? {};
    context.save();
    context.translate(x + width / 2, y + height / 2);
    context.rotate((turn * Math.PI) / 180);
    context.drawImage(
      image,
      left * image.width,
      top * image.height,
      (1 - left - right) * image.width,
      (1 - top - bottom) * image.height,
      -width / 2,
      -height / 2,
      width,
      height,
    );
    context.restore();
  }
  return canvas;
}

/** What a page of this format says of itself before it is unpacked. */
export const tiffPages = (bytes: Uint8Array): { width: number; height: number }[] =>
  UTIF.decode(Buffer.from(bytes)).map(({ t256, t257 }) => ({ width: first(t256), height: first(t257) }));
const first = (tag: unknown): number => (Array.isArray(tag) ? Number(tag[0]) || 0 : 0);

function tiffPage(bytes: Uint8Array, number: number): Canvas {
  const file = Buffer.from(bytes);
  const page = UTIF.decode(file)[number - 1];
  if (!page) throw new AppError('file_damaged');
  UTIF.decodeImage(file, page);
  const { canvas, context } = blank(page.width, page.height);
  const image = context.createImageData(page.width, page.height);
  image.data.set(UTIF.toRGBA8(page));
  context.putImageData(image, 0, 0);
  return canvas;
}

export function turned(source: Canvas, degrees: number): Canvas {
  if (degrees === 0) return source;
  const isOnSide = degrees % 180 !== 0;
  const { canvas, context } = blank(
    isOnSide ? source.height : source.width,
    isOnSide ? source.width : source.height,
  );
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.drawImage(source, -source.width / 2, -source.height / 2);
  return canvas;
}

/** Grey values as the simplest of formats, which the engine takes; stretched from the darkest to the lightest that count. */
export function greyBytes(canvas: Canvas): Uint8Array {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const head = Buffer.from(`P5 ${canvas.width} ${canvas.height} 255\n`);
  const bytes = new Uint8Array(head.length + canvas.width * canvas.height);
  bytes.set(head);
  const { low, high } = greyRange(data, OUTERMOST);
  const stretch = 255 / Math.max(1, high - low);
  for (let from = 0, to = head.length; from < data.length; from += 4, to++)
    bytes[to] = Math.min(255, Math.max(0, (greyAt(data, from) - low) * stretch));
  return bytes;
}

const greyAt = (data: Uint8ClampedArray, at: number): number =>
  ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 151 + (data[at + 2] ?? 0) * 28) >> 8;

/** One in so many pixels is looked at, and so many of the outermost do not count. */
const LOOK_EVERY = 7;
const OUTERMOST = 0.005;

/** Nothing on it is darker than paper. */
const PAPER_RANGE = 24;
export function isBlank(canvas: Canvas): boolean {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const { low, high } = greyRange(data, OUTERMOST / 50);
  return high - low < PAPER_RANGE;
}

function greyRange(data: Uint8ClampedArray, outermost: number): { low: number; high: number } {
  const counts = new Array<number>(256).fill(0);
  for (let at = 0; at < data.length; at += 4 * LOOK_EVERY) {
    const value = greyAt(data, at);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  const least = (outermost * data.length) / (4 * LOOK_EVERY);
  const edge = (values: readonly number[]) => {
    let seen = 0;
    return (
      values.find((value) => {
        seen += counts[value] ?? 0;
        return seen > least;
      }) ?? 0
    );
  };
  const values = [...counts.keys()];
  return { low: edge(values), high: edge(values.toReversed()) };
}
