import type { PDFDocument, PDFRawStream } from 'pdf-lib';

/** Marks that a page sets around its signs, in their order, and what each says that they stand for. */
export type Meant = readonly (string | null)[];

const MARK =
  /\/[^\s<>[\]()/]{1,100}\s*(?:<<((?:[^<>()]|<[^<>]*>|\((?:[^\\()]|\\[\s\S])*\))*)>>|\/[^\s<>[\]()/]{1,100})\s*BDC\b/g;
const SAID = /\/ActualText\s*(?:<([\da-fA-F\s]*)>|\(((?:[^\\()]|\\[\s\S])*)\))/;
/** More than a book of pages has. */
const MOST_BYTES = 20 * 1024 * 1024;

function saidIn(properties: string): string | null {
  const [, hex, plain] = SAID.exec(properties) ?? [];
  if (hex === undefined && plain === undefined) return null;
  const bytes =
    hex === undefined
      ? Buffer.from((plain ?? '').replace(/\\([\\()])/g, '$1'), 'latin1')
      : Buffer.from(hex.replace(/\s/g, ''), 'hex');
  const isWide = bytes[0] === 0xfe && bytes[1] === 0xff;
  return isWide ? new TextDecoder('utf-16be').decode(bytes.subarray(2)) : bytes.toString('latin1');
}

/**
 * What a file says its signs stand for. Programs that join letters into one sign, as those of India are, write beside it which
 * letters these were; the reader of the pages passes over it.
 */
export class MeantBy {
  readonly #bytes: Uint8Array;
  #document: Promise<PDFDocument | null> | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Null where the file does not say it, or cannot be read in this way. */
  async at(number: number): Promise<Meant | null> {
    if (this.#bytes.length > MOST_BYTES) return null;
    const {
      decodePDFRawStream,
      PDFArray,
      PDFDocument: Documents,
      PDFRawStream: Raw,
    } = await import('pdf-lib');
    try {
      this.#document ??= Documents.load(this.#bytes, { updateMetadata: false, throwOnInvalidObject: false });
      const page = (await this.#document)?.getPage(number - 1).node;
      const contents = page?.Contents();
      const parts =
        contents instanceof PDFArray
          ? contents.asArray().map((part) => page?.context.lookup(part))
          : [contents];
      const text = parts
        .filter((part): part is PDFRawStream => part instanceof Raw)
        .map((part) => Buffer.from(decodePDFRawStream(part).decode()).toString('latin1'))
        .join('\n');
      return [...text.matchAll(MARK)].map(([, properties]) =>
        properties === undefined ? null : saidIn(properties),
      );
    } catch {
      // What its own reader can make nothing of stays as the other one reads it.
      this.#document = Promise.resolve(null);
      return null;
    }
  }
}
