import { imageSize } from 'image-size';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { tiffPages } from '../picture/page-image.ts';
import type { FormatRequest, ReadPages } from './types.ts';

/** The camera of a telephone has 50 million; unpacked, a pixel is four bytes. */
const MAX_PIXELS = 50_000_000;

/** A photo or scan is a document of pages that are pictures. What is on them is read afterwards, each on its own. */
export async function extractImage({ bytes, pageFrom, pageTo, limits }: FormatRequest): Promise<ReadPages> {
  const sizes = sizesOf(bytes);
  const largest = Math.max(0, ...sizes.map(({ width, height }) => width * height));
  if (sizes.length === 0 || largest === 0) throw new AppError('file_damaged');
  if (largest > MAX_PIXELS) {
    throw new AppError('file_too_large', {
      message: () =>
        say(
          'This picture has {size} million pixels: {most} million is the limit. Make it smaller and add it again.',
          {
            size: Math.round(largest / 1e6),
            most: MAX_PIXELS / 1e6,
          },
        ),
    });
  }
  if (sizes.length > limits.maxPages) throw new AppError('file_too_many_pages');
  const emptyPages = sizes.map((_, index) => index + 1).filter((page) => page >= pageFrom && page <= pageTo);
  return {
    pages: emptyPages.map((page) => ({ page, label: null, content: '' })),
    pageCount: sizes.length,
    emptyPages,
  };
}

function sizesOf(bytes: Uint8Array): { width: number; height: number }[] {
  try {
    const size = imageSize(bytes);
    return size.type === 'tiff' ? tiffPages(bytes) : [size];
  } catch (cause) {
    throw new AppError('file_damaged', { cause });
  }
}
