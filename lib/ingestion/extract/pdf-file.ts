import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '../../errors.ts';

export type PdfDocument = PDFDocumentProxy;
export type PdfPage = PDFPageProxy;

/** Larger pictures are left out by the reader: a page of 600 dots an inch has 35 million. */
const MAX_PICTURE_PIXELS = 50_000_000;

/** Character maps and fonts that a file need not carry. From the app's own folder, so that a build leaves them in place. */
const folder = (name: string): string =>
  join(
    dirname(createRequire(join(process.cwd(), 'package.json')).resolve('pdfjs-dist/package.json')),
    name,
    '/',
  );

/** What the reader says when a part of itself is missing. */
const NO_READER = 'Setting up fake worker failed';

export async function openPdf(bytes: Uint8Array, maxPixels = MAX_PICTURE_PIXELS): Promise<PdfDocument> {
  // Where these are missing it is the app that is damaged, and no file of a student's.
  const beside = {
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
  };
  try {
    return await getDocument({
      // The reader takes its buffer over, so it gets a copy.
      data: new Uint8Array(bytes),
      ...beside,
      maxImageSize: maxPixels,
      disableFontFace: true,
      useSystemFonts: false,
      isEvalSupported: false,
      verbosity: 0,
    }).promise;
  } catch (cause) {
    if (cause instanceof Error && cause.message.startsWith(NO_READER)) throw cause;
    const isLocked = cause instanceof Error && cause.name === 'PasswordException';
    throw new AppError(isLocked ? 'file_password' : 'file_damaged', { cause });
  }
}
