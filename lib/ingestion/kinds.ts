import type { LocatorKind } from '../domain/document.ts';

/**
 * Every kind of file a student may add: one row here, and a reader under its name in `extract/index.ts`. What a browser
 * offers, what the API takes, what Storage keeps, where a passage is found and what the sentences say all come from it.
 * The browser loads this file too, so it imports nothing but types.
 */
export type FileKind = {
  /** Which reader turns the file into pages. */
  reader: 'pdf' | 'docx' | 'text' | 'csv' | 'html';
  extensions: readonly [string, ...string[]];
  mimeType: string;
  /** Other names for the type that browsers and spreadsheet programs give to such a file. */
  otherTypes: readonly string[];
  /** What Storage serves the file as, where its own type would let a browser run what a stranger wrote. */
  servedAs?: string;
  /** What its first bytes have to be: text, or a container with a signature. */
  container: 'pdf' | 'zip' | 'text';
  locator: LocatorKind;
  /** What a student calls it. */
  word: string;
};

export const FILE_KINDS = [
  {
    reader: 'pdf',
    extensions: ['pdf'],
    mimeType: 'application/pdf',
    otherTypes: ['application/x-pdf'],
    container: 'pdf',
    locator: 'page',
    word: 'PDF',
  },
  {
    reader: 'docx',
    extensions: ['docx'],
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    otherTypes: [],
    container: 'zip',
    locator: 'section',
    word: 'Word',
  },
  {
    reader: 'text',
    extensions: ['md', 'markdown'],
    mimeType: 'text/markdown',
    otherTypes: ['text/x-markdown'],
    container: 'text',
    locator: 'section',
    word: 'Markdown',
  },
  {
    reader: 'text',
    extensions: ['txt', 'text'],
    mimeType: 'text/plain',
    otherTypes: [],
    container: 'text',
    locator: 'section',
    word: 'text',
  },
  {
    reader: 'html',
    extensions: ['html', 'htm'],
    mimeType: 'text/html',
    otherTypes: [],
    servedAs: 'text/plain',
    container: 'text',
    locator: 'section',
    word: 'HTML',
  },
  {
    reader: 'csv',
    extensions: ['csv'],
    mimeType: 'text/csv',
    otherTypes: ['application/csv', 'application/vnd.ms-excel'],
    container: 'text',
    locator: 'row',
    word: 'CSV',
  },
  {
    reader: 'csv',
    extensions: ['tsv'],
    mimeType: 'text/tab-separated-values',
    otherTypes: ['application/vnd.ms-excel'],
    container: 'text',
    locator: 'row',
    word: 'TSV',
  },
] as const satisfies readonly FileKind[];

/** Types that say nothing of a file; the ending of its name then says what it is. */
const VAGUE_TYPES: readonly string[] = ['', 'application/octet-stream', 'text/plain'];

const KINDS: readonly FileKind[] = FILE_KINDS;

export const extensionOf = (fileName: string): string | undefined =>
  /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase();

/** The kind a file has by the ending of its name: a name is what a student sees, and browsers send odd types. */
export function kindOfName(fileName: string): FileKind | undefined {
  const extension = extensionOf(fileName);
  return KINDS.find(({ extensions }) => extensions.some((known) => known === extension));
}

/** `text/markdown; charset=utf-8` without what comes after the type. */
const bareType = (mimeType: string): string => mimeType.split(';')[0]?.trim().toLowerCase() ?? '';

export function kindOfType(mimeType: string): FileKind | undefined {
  const type = bareType(mimeType);
  return KINDS.find((kind) => kind.mimeType === type) ?? KINDS.find((kind) => kind.otherTypes.includes(type));
}

/** Whether an announced type is one that a file of this kind may come with. */
export function mayBeCalled(kind: FileKind, mimeType: string): boolean {
  const type = bareType(mimeType);
  return type === kind.mimeType || VAGUE_TYPES.includes(type) || kind.otherTypes.includes(type);
}

/** The type a file is put into Storage with; undefined for what cannot be read. */
export function storedTypeOf(fileName: string): string | undefined {
  const kind = kindOfName(fileName);
  return kind?.servedAs ?? kind?.mimeType;
}

/** Every type that Storage takes. A client that does not know a file's type may send it as bytes. */
export const STORED_TYPES: readonly string[] = [
  ...new Set([
    ...KINDS.flatMap(({ servedAs, mimeType, otherTypes }) => [servedAs ?? mimeType, ...otherTypes]),
    'application/octet-stream',
  ]),
];

/** For a file picker. */
export const ACCEPT = KINDS.flatMap(({ extensions }) => extensions.map((ending) => `.${ending}`)).join(',');

/** "PDF, Word and text", or with another last word. */
export function kindsSentence(last: 'and' | 'or'): string {
  const words = KINDS.map(({ word }) => word);
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
