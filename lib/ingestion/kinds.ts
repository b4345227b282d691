import type { LocatorKind } from '../domain/document.ts';

/**
 * Every kind of file a student may add: one row here, and a reader under its name in `extract/index.ts`. What a browser
 * offers, what the API takes, what Storage keeps, where a passage is found and what the sentences say all come from it.
 * The browser loads this file too, so it imports nothing but types.
 */
export type FileKind = {
  /** Which reader turns the file into pages. */
  reader:
    | 'pdf'
    | 'docx'
    | 'text'
    | 'csv'
    | 'html'
    | 'pptx'
    | 'xlsx'
    | 'odt'
    | 'odp'
    | 'ods'
    | 'epub'
    | 'rtf'
    | 'notebook'
    | 'tex'
    | 'captions'
    | 'image'
    | 'recording';
  extensions: readonly [string, ...string[]];
  mimeType: string;
  /** Other names for the type that browsers and spreadsheet programs give to such a file. */
  otherTypes: readonly string[];
  /** What Storage serves the file as, where its own type would let a browser run what a stranger wrote. */
  servedAs?: string;
  /** What its first bytes have to be: text, or a container with a signature. */
  container:
    | 'pdf'
    | 'zip'
    | 'rtf'
    | 'text'
    | 'png'
    | 'jpeg'
    | 'webp'
    | 'tiff'
    | 'mp3'
    | 'mp4'
    | 'wav'
    | 'webm'
    | 'flac'
    | 'ogg';
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
    extensions: ['docx', 'docm'],
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    otherTypes: ['application/vnd.ms-word.document.macroenabled.12'],
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
  {
    reader: 'pptx',
    extensions: ['pptx', 'pptm', 'ppsx'],
    mimeType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    otherTypes: [
      'application/vnd.openxmlformats-officedocument.presentationml.slideshow',
      'application/vnd.ms-powerpoint.presentation.macroenabled.12',
    ],
    container: 'zip',
    locator: 'slide',
    word: 'PowerPoint',
  },
  {
    reader: 'xlsx',
    extensions: ['xlsx', 'xlsm'],
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    otherTypes: ['application/vnd.ms-excel.sheet.macroenabled.12'],
    container: 'zip',
    locator: 'sheet',
    word: 'Excel',
  },
  {
    reader: 'odt',
    extensions: ['odt'],
    mimeType: 'application/vnd.oasis.opendocument.text',
    otherTypes: [],
    container: 'zip',
    locator: 'section',
    word: 'OpenDocument',
  },
  {
    reader: 'odp',
    extensions: ['odp'],
    mimeType: 'application/vnd.oasis.opendocument.presentation',
    otherTypes: [],
    container: 'zip',
    locator: 'slide',
    word: 'OpenDocument',
  },
  {
    reader: 'ods',
    extensions: ['ods'],
    mimeType: 'application/vnd.oasis.opendocument.spreadsheet',
    otherTypes: [],
    container: 'zip',
    locator: 'sheet',
    word: 'OpenDocument',
  },
  {
    reader: 'epub',
    extensions: ['epub'],
    mimeType: 'application/epub+zip',
    otherTypes: [],
    container: 'zip',
    locator: 'section',
    word: 'EPUB',
  },
  {
    reader: 'rtf',
    extensions: ['rtf'],
    mimeType: 'application/rtf',
    otherTypes: ['text/rtf', 'application/msword'],
    container: 'rtf',
    locator: 'section',
    word: 'RTF',
  },
  {
    reader: 'notebook',
    extensions: ['ipynb'],
    mimeType: 'application/x-ipynb+json',
    otherTypes: ['application/json'],
    container: 'text',
    locator: 'section',
    word: 'Jupyter',
  },
  {
    reader: 'tex',
    extensions: ['tex', 'ltx'],
    mimeType: 'application/x-tex',
    otherTypes: ['text/x-tex', 'application/x-latex'],
    container: 'text',
    locator: 'section',
    word: 'LaTeX',
  },
  {
    reader: 'captions',
    extensions: ['srt'],
    mimeType: 'application/x-subrip',
    otherTypes: ['text/srt'],
    container: 'text',
    locator: 'time',
    word: 'SRT',
  },
  {
    reader: 'captions',
    extensions: ['vtt'],
    mimeType: 'text/vtt',
    otherTypes: [],
    container: 'text',
    locator: 'time',
    word: 'VTT',
  },
  {
    reader: 'image',
    extensions: ['png'],
    mimeType: 'image/png',
    otherTypes: [],
    container: 'png',
    locator: 'page',
    word: 'PNG',
  },
  {
    reader: 'image',
    extensions: ['jpg', 'jpeg'],
    mimeType: 'image/jpeg',
    otherTypes: ['image/jpg', 'image/pjpeg'],
    container: 'jpeg',
    locator: 'page',
    word: 'JPEG',
  },
  {
    reader: 'image',
    extensions: ['webp'],
    mimeType: 'image/webp',
    otherTypes: [],
    container: 'webp',
    locator: 'page',
    word: 'WebP',
  },
  {
    reader: 'image',
    extensions: ['tif', 'tiff'],
    mimeType: 'image/tiff',
    otherTypes: [],
    container: 'tiff',
    locator: 'page',
    word: 'TIFF',
  },
  {
    reader: 'recording',
    extensions: ['mp3', 'mpga'],
    mimeType: 'audio/mpeg',
    otherTypes: ['audio/mp3', 'audio/mpeg3', 'audio/x-mp3'],
    container: 'mp3',
    locator: 'time',
    word: 'MP3',
  },
  {
    reader: 'recording',
    extensions: ['m4a', 'mp4'],
    mimeType: 'audio/mp4',
    otherTypes: ['audio/x-m4a', 'audio/m4a', 'audio/aac', 'video/mp4'],
    container: 'mp4',
    locator: 'time',
    word: 'M4A',
  },
  {
    reader: 'recording',
    extensions: ['wav'],
    mimeType: 'audio/wav',
    otherTypes: ['audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
    container: 'wav',
    locator: 'time',
    word: 'WAV',
  },
  {
    reader: 'recording',
    extensions: ['webm'],
    mimeType: 'audio/webm',
    otherTypes: ['video/webm'],
    container: 'webm',
    locator: 'time',
    word: 'WebM',
  },
  {
    reader: 'recording',
    extensions: ['flac'],
    mimeType: 'audio/flac',
    otherTypes: ['audio/x-flac'],
    container: 'flac',
    locator: 'time',
    word: 'FLAC',
  },
  {
    reader: 'recording',
    extensions: ['ogg', 'oga', 'opus'],
    mimeType: 'audio/ogg',
    otherTypes: ['audio/opus', 'application/ogg', 'audio/vorbis', 'video/ogg'],
    container: 'ogg',
    locator: 'time',
    word: 'Ogg',
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

/** Whether what it says has to be heard. */
export const isRecording = (kind: FileKind | undefined): boolean => kind?.reader === 'recording';

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

/** For a file picker: every file that can be read, or those with one of these endings. */
export const acceptOf = (taken?: readonly string[]): string =>
  KINDS.flatMap(({ extensions }) => extensions)
    .filter((ending) => taken?.includes(ending) ?? true)
    .map((ending) => `.${ending}`)
    .join(',');

/** What students call the kinds that are read, or those with one of these endings. */
export const kindWords = (taken?: readonly string[]): string[] => {
  const kinds = KINDS.filter(
    ({ extensions }) => !taken || extensions.some((ending) => taken.includes(ending)),
  );
  return [...new Set(kinds.map(({ word }) => word))];
};

/** "PDF, Word or text" */
export function kindsSentence(): string {
  const words = kindWords();
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
