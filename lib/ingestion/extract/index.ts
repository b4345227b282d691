import { AppError } from '../../errors.ts';
import type { FileKind } from '../kinds.ts';
import { readableLength } from './clean.ts';
import { extractCsv } from './csv.ts';
import { extractDocx } from './docx.ts';
import { checkedKind } from './file-kind.ts';
import { extractHtml } from './html.ts';
import { extractPdf } from './pdf.ts';
import { extractText } from './text.ts';
import { DEFAULT_LIMITS, type Extraction, type ExtractRequest, type Reader } from './types.ts';

export {
  DEFAULT_LIMITS,
  type Extraction,
  type ExtractLimits,
  type ExtractRequest,
} from './types.ts';

const READERS: Record<FileKind['reader'], Reader> = {
  pdf: extractPdf,
  docx: extractDocx,
  text: extractText,
  csv: extractCsv,
  html: extractHtml,
};

/** Pages named in a sentence before it says "and others". */
const NAMED_PAGES = 6;

function pageList(pages: readonly number[]): string {
  const named = pages.slice(0, NAMED_PAGES).join(', ');
  const more = pages.length - NAMED_PAGES;
  return more > 0 ? `${named} and ${more} more` : named;
}

/**
 * The error for a file whose every page is without text. A job that reads a file in parts adds up `emptyPages` and the
 * characters and throws this itself when all pages are empty.
 */
export function noTextError(emptyPages: readonly number[], characters: number): AppError {
  if (emptyPages.length === 0) return new AppError('file_empty');
  const found =
    characters === 0
      ? 'no text was found'
      : `only ${characters} characters of text were found, too few to answer from`;
  const pages =
    emptyPages.length === 1
      ? `Page ${emptyPages[0]} is a picture`
      : `Pages ${pageList(emptyPages)} are pictures`;
  return new AppError('file_no_text', {
    message: `${pages}: ${found}. Add a version with text, or type the notes out.`,
  });
}

/** Characters of text on a list of pages, as `noTextError` counts them. */
export function textLength(pages: readonly { content: string }[]): number {
  return pages.reduce((sum, { content }) => sum + content.replace(/\s+/g, ' ').length, 0);
}

/**
 * Reads a file into pages of text. Throws an `AppError` with a `file_…` code and a sentence for the student when it cannot
 * be read; a file is never "read" with nothing in it. A range of pages makes the same call usable for one batch of a job.
 */
export async function extractDocument(request: ExtractRequest): Promise<Extraction> {
  const limits = { ...DEFAULT_LIMITS, ...request.limits };
  const { bytes } = request;
  if (bytes.length === 0) throw new AppError('file_empty');
  if (bytes.length > limits.maxBytes) throw new AppError('file_too_large');
  const kind = checkedKind(bytes, request.fileName, request.mimeType);
  const pageFrom = Math.max(1, request.pageFrom ?? 1);
  const pageTo = request.pageTo ?? Number.MAX_SAFE_INTEGER;
  const pages = await READERS[kind.reader]({ bytes, pageFrom, pageTo, limits });
  const extraction = { ...pages, locator: kind.locator };

  const isWhole = pageFrom === 1 && pageTo >= extraction.pageCount;
  if (!isWhole) return extraction;
  if (kind.locator === 'page') {
    if (extraction.emptyPages.length === extraction.pageCount) {
      throw noTextError(extraction.emptyPages, textLength(extraction.pages));
    }
  } else if (extraction.pages.every(({ content }) => readableLength(content) === 0)) {
    throw new AppError('file_empty');
  }
  return extraction;
}
