import { htmlToText } from './html-blocks.ts';
import { decodeText, sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';

/** A page may name its encoding; without valid UTF-8 the Western one is what old pages use. */
export async function extractHtml(request: FormatRequest): Promise<ReadPages> {
  return sectionExtraction(htmlToText(decodeText(request.bytes)), request);
}
