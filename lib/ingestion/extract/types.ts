import type { Account } from '../../domain/account.ts';
import type { LocatorKind, TextEncoding } from '../../domain/document.ts';

export type ExtractedPage = { page: number; label: string | null; content: string };

export type ExtractLimits = {
  maxBytes: number;
  maxPages: number;
  /** Text beyond this is not a study note; also what a zip bomb runs into. */
  maxCharacters: number;
};

const MAX_BYTES = 10 * 1024 * 1024;

export const DEFAULT_LIMITS: ExtractLimits = {
  maxBytes: MAX_BYTES,
  maxPages: 1_000,
  // What the door takes of plain text, the reader takes: a character is a byte at least.
  maxCharacters: MAX_BYTES,
};

export type ExtractRequest = {
  bytes: Uint8Array;
  mimeType: string;
  fileName: string;
  /** What the student chose to have it read as. */
  encoding?: TextEncoding | undefined;
  /** Fetched from the web: its article is what is read. */
  isWebPage?: boolean | undefined;
  /** Pages that are pictures are read afterwards: a file of nothing else is no failure yet. */
  arePicturesRead?: boolean | undefined;
  /** 1-based and inclusive; both default to the whole file. */
  pageFrom?: number | undefined;
  pageTo?: number | undefined;
  limits?: Partial<ExtractLimits> | undefined;
};

export type Extraction = {
  pages: ExtractedPage[];
  /** Of the whole file, also when only some pages were asked for. */
  pageCount: number;
  locator: LocatorKind;
  /** Pages of the asked range that hold hardly any text: pictures, scans, blank backs. */
  emptyPages: number[];
  /** What was not read, of the asked range. */
  account: Account;
  /** What the file says it is called, beside its text. */
  title?: string | undefined;
};

/** A reader tells what it knows of what was left out; pages and their number are counted for all of them. */
export type ReadPages = Omit<Extraction, 'locator' | 'account'> & { account?: Partial<Account> };

export type Reader = (request: FormatRequest) => Promise<ReadPages>;

/** What each format's reader gets: limits filled in, content already known to be of that format. */
export type FormatRequest = {
  bytes: Uint8Array;
  encoding?: TextEncoding | undefined;
  pageFrom: number;
  pageTo: number;
  limits: ExtractLimits;
};
