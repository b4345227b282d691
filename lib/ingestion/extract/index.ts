import { type Account, accountSchema } from '../../domain/account.ts';
import { isPaged, type LocatorKind } from '../../domain/document.ts';
import { AppError } from '../../errors.ts';
import { say, sayAll, saying } from '../../language/said.ts';
import type { Text } from '../../language/text.ts';
import { arePictures, pagesNamed } from '../../study/account.ts';
import type { FileKind } from '../kinds.ts';
import { fileTooLarge } from '../upload.ts';
import { extractCaptions } from './captions.ts';
import { readableLength } from './clean.ts';
import { extractCsv } from './csv.ts';
import { extractDocx } from './docx.ts';
import { extractEpub } from './epub.ts';
import { checkedKind } from './file-kind.ts';
import { extractHtml } from './html.ts';
import { extractImage } from './image.ts';
import { extractNotebook } from './notebook.ts';
import { extractOds } from './ods.ts';
import { extractOdp, extractOdt } from './odt.ts';
import { extractPdf } from './pdf.ts';
import { extractPptx } from './pptx.ts';
import { extractRtf } from './rtf.ts';
import { extractTex } from './tex.ts';
import { extractText } from './text.ts';
import {
  DEFAULT_LIMITS,
  type Extraction,
  type ExtractRequest,
  type Reader,
  type ReadPages,
} from './types.ts';
import { extractWebPage } from './web-page.ts';
import { extractXlsx } from './xlsx.ts';

export {
  DEFAULT_LIMITS,
  type Extraction,
  type ExtractLimits,
  type ExtractRequest,
} from './types.ts';

const READERS: Record<Exclude<FileKind['reader'], 'recording'>, Reader> = {
  pdf: extractPdf,
  docx: extractDocx,
  text: extractText,
  csv: extractCsv,
  html: extractHtml,
  pptx: extractPptx,
  xlsx: extractXlsx,
  odt: extractOdt,
  odp: extractOdp,
  ods: extractOds,
  epub: extractEpub,
  rtf: extractRtf,
  notebook: extractNotebook,
  tex: extractTex,
  captions: extractCaptions,
  image: extractImage,
};

/**
 * The error for a file whose every page is without text. A job that reads a file in parts adds up `emptyPages` and the
 * characters and throws this itself when all pages are empty.
 */
export function noTextError(
  emptyPages: readonly number[],
  characters: number,
  unit: LocatorKind = 'page',
  undecodable: readonly number[] = [],
  advice: readonly Text[] = [],
): AppError {
  if (undecodable.length > 0) {
    return new AppError('file_no_text', {
      message: () =>
        say('The text layer of {pages} cannot be read. Print the file to a new PDF, or type the notes out.', {
          pages: pagesNamed(undecodable, unit, saying),
        }),
    });
  }
  if (emptyPages.length === 0) return new AppError('file_empty');
  const found = () =>
    characters === 0
      ? say('no text was found')
      : say(
          'only {characters, plural, one {# character of text was} other {# characters of text were}} found, too few to answer from',
          { characters },
        );
  return new AppError('file_no_text', {
    message: () =>
      sayAll([
        say('{pages}: {found}. Add a version with text, or type the notes out.', {
          pages: arePictures(emptyPages, unit),
          found: found(),
        }),
        ...advice.map((sentence) => say(sentence)),
      ]),
  });
}

/** Pages that an account names one by one. */
const MOST_NAMED = 1_000;

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
  if (bytes.length > limits.maxBytes) throw fileTooLarge(bytes.length, limits.maxBytes);
  const kind = checkedKind(bytes, request.fileName, request.mimeType);
  const pageFrom = Math.max(1, request.pageFrom ?? 1);
  const pageTo = request.pageTo ?? Number.MAX_SAFE_INTEGER;
  // What it says is heard piece by piece, which is no reader's work.
  if (kind.reader === 'recording') throw new AppError('hearing_unavailable');
  const reader = request.isWebPage && kind.reader === 'html' ? extractWebPage : READERS[kind.reader];
  const read = await reader({ bytes, encoding: request.encoding, pageFrom, pageTo, limits });
  const extraction = { ...read, locator: kind.locator, account: accountOf(read) };

  const isWhole = pageFrom === 1 && pageTo >= extraction.pageCount;
  if (!isWhole) return extraction;
  const { emptyPages, pageCount, account } = extraction;
  const unread = emptyPages.length + account.undecodable.length;
  if (isPaged(kind.locator) && pageCount > 0 && unread === pageCount) {
    if (request.arePicturesRead) return extraction;
    throw noTextError(emptyPages, textLength(extraction.pages), kind.locator, account.undecodable);
  }
  if (extraction.pages.every(({ content }) => readableLength(content) === 0)) {
    throw withoutText(extraction.account);
  }
  return extraction;
}

/** What every reader's pages say, and what it knows beside them. */
function accountOf({ pages, pageCount, emptyPages, account }: ReadPages): Account {
  const unread = new Set([...emptyPages, ...(account?.undecodable ?? [])]);
  return accountSchema.parse({
    pictures: emptyPages.slice(0, MOST_NAMED),
    pagesRead: pages.filter(({ page }) => !unread.has(page)).length,
    pageCount,
    ...account,
  });
}

/** A file with nothing but pictures is no empty one. */
function withoutText({ droppedPictures }: Account): AppError {
  if (droppedPictures === 0) return new AppError('file_empty');
  return new AppError('file_no_text', {
    message: () =>
      say(
        'This file holds {pictures, plural, one {a picture} other {# pictures}} and no text. Add a version with text, or type the notes out.',
        { pictures: droppedPictures },
      ),
  });
}
