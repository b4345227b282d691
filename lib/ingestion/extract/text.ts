import { AppError } from '../../errors.ts';
import { cleanText } from './clean.ts';
import { toSections } from './sections.ts';
import type { ExtractedPage, FormatRequest, ReadPages } from './types.ts';

/** C1 controls of ISO-8859-1 are letters and quotation marks in Windows-1252, which is what files that claim the former hold. */
const LEGACY_ENCODING = 'windows-1252';

/**
 * Decodes UTF-8, UTF-16 with a byte order mark and, when the bytes are not valid UTF-8, the Western legacy encoding. Any
 * bytes decode as the latter, so it comes last.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder(LEGACY_ENCODING).decode(bytes);
  }
}

/** Text without pages becomes sections; `asked` is a range of section numbers. */
export function sectionExtraction(text: string, asked: FormatRequest): ReadPages {
  if (text.length > asked.limits.maxCharacters) throw new AppError('file_too_large');
  return askedOf(toSections(cleanText(text)), asked);
}

/** The range of pages that was asked for, out of all of a file. */
export const askedOf = (
  all: readonly ExtractedPage[],
  { pageFrom, pageTo }: Pick<FormatRequest, 'pageFrom' | 'pageTo'>,
): ReadPages => ({
  pages: all.filter(({ page }) => page >= pageFrom && page <= pageTo),
  pageCount: all.length,
  emptyPages: [],
});

export async function extractText(request: FormatRequest): Promise<ReadPages> {
  return sectionExtraction(decodeText(request.bytes), request);
}
