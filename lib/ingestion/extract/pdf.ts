import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '../../errors.ts';
import { cleanText, readableLength } from './clean.ts';
import { openPdf, type PdfDocument, type PdfPage } from './pdf-file.ts';
import { inReadingOrder, type TextPiece, toFragments, toLines } from './pdf-lines.ts';
import { type PdfPageLines, toPageTexts } from './pdf-text.ts';
import type { FormatRequest, ReadPages } from './types.ts';

/** Where the end mark has to be found; some writers add a few bytes after it. */
const END_MARK_WITHIN = 4_096;
/** Fewer letters than this are no text, and fewer than the second value beside a picture are its caption or print. */
const NO_TEXT_LETTERS = 20;
const PICTURE_TEXT_LETTERS = 100;
/** Paths on a page from which it is a drawing; frames and rules of a page of text are fewer. */
const DRAWN_PATHS = 20;
/**
 * The reader repairs a cut file as well as it can and then says nothing of the pages that are gone, so a missing end
 * counts as damage by itself.
 */
function isComplete(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(-END_MARK_WITHIN)).includes('%%EOF');
}

async function pieces(page: PdfPage): Promise<TextPiece[]> {
  const { items } = await page.getTextContent();
  return items.flatMap((item) => {
    if (!('str' in item)) return [];
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform.map(Number);
    const size = Math.hypot(a, b) || item.height || 1;
    return [{ text: item.str, x, y, width: item.width, size, font: item.fontName }];
  });
}

/** Whether a page shows something that its text does not hold: a picture, or writing drawn as lines. */
async function isDrawn(page: PdfPage): Promise<boolean> {
  const pictures = new Set<number>([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
  ]);
  const { fnArray } = await page.getOperatorList();
  const paths = fnArray.filter((operation) => operation === OPS.constructPath).length;
  return paths >= DRAWN_PATHS || fnArray.some((operation) => pictures.has(operation));
}

export async function extractPdf({ bytes, pageFrom, pageTo, limits }: FormatRequest): Promise<ReadPages> {
  if (!isComplete(bytes)) throw new AppError('file_damaged');
  const document = await openPdf(bytes);
  try {
    if (document.numPages > limits.maxPages) {
      throw new AppError('file_too_many_pages', {
        message: `This file has ${document.numPages} pages; ${limits.maxPages} can be read. Split it and add the parts.`,
      });
    }
    return await readPages(document, pageFrom, Math.min(pageTo, document.numPages), limits.maxCharacters);
  } finally {
    await document.loadingTask.destroy();
  }
}

async function readPages(
  document: PdfDocument,
  from: number,
  to: number,
  maxCharacters: number,
): Promise<ReadPages> {
  const read: PdfPageLines[] = [];
  const emptyPages: number[] = [];
  let characters = 0;
  for (let number = from; number <= to; number++) {
    const page = await document.getPage(number).catch(damagedPage(number));
    const placed = await pieces(page).catch(damagedPage(number));
    const lines = toLines(inReadingOrder(toFragments(placed)));
    const text = lines.map((line) => line.text).join(' ');
    characters += text.length;
    if (characters > maxCharacters) throw new AppError('file_too_large');
    if (await isEmptyPage(page, text)) emptyPages.push(number);
    read.push({ page: number, lines });
    page.cleanup();
  }
  const pages = toPageTexts(read).map(({ page, text }) => ({ page, label: null, content: cleanText(text) }));
  return { pages, pageCount: document.numPages, emptyPages };
}

async function isEmptyPage(page: PdfPage, text: string): Promise<boolean> {
  const letters = readableLength(text);
  if (letters >= PICTURE_TEXT_LETTERS) return false;
  return letters < NO_TEXT_LETTERS || (await isDrawn(page));
}

const damagedPage = (number: number) => (cause: unknown) => {
  throw new AppError('file_damaged', {
    message: `Page ${number} of this file is damaged. Save it again and add it again.`,
    cause,
  });
};
