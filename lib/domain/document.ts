import { z } from 'zod';
import {
  MAX_DOCUMENTS_AT_ONCE,
  MAX_LABEL_CHARACTERS,
  MAX_QUERY_CHARACTERS,
  MAX_TAG_CHARACTERS,
  MAX_TAGS,
} from './bounds.ts';
import { line, namesAField, title } from './fields.ts';
import { LOCATOR_KINDS, TEXT_ENCODINGS, type TextEncoding } from './sets.ts';

export {
  DOCUMENT_STATUSES,
  type DocumentStatus,
  encodingName,
  isPaged,
  LOCATOR_KINDS,
  type LocatorKind,
  READ_FROM_PICTURE,
  TEXT_ENCODINGS,
  type TextEncoding,
  unitOf,
} from './sets.ts';

/** What a student may put into the library: a file, or what they kept of a session, which is read like any other. */
export const UPLOAD_SOURCES = ['upload', 'session'] as const;

/** Where files lie: the library's, and those that were given inside a conversation, which stay there when they are kept. */
export const DOCUMENT_BUCKET = 'documents';
export const ATTACHMENT_BUCKET = 'chat-uploads';
export const bucketOf = (filePath: string): string =>
  filePath.split('/')[1] === 'attachment' ? ATTACHMENT_BUCKET : DOCUMENT_BUCKET;

/** Where in a document a passage stands, in the terms of its own file. */
export const locatorSchema = z.object({
  kind: z.enum(LOCATOR_KINDS),
  index: z.int(),
  total: z.int().nullable(),
  /** The number or name printed in the document, where it differs from the count. */
  label: z.string().nullable(),
});
export type Locator = z.infer<typeof locatorSchema>;

/** One page of a document as the API gives it. */
export const documentPageSchema = z.object({
  documentId: z.string(),
  title: z.string(),
  fileName: z.string().nullable(),
  page: z.int(),
  pageCount: z.int().nullable(),
  locator: z.enum(LOCATOR_KINDS),
  label: z.string().nullable(),
  content: z.string(),
  charStart: z.int(),
  charEnd: z.int(),
});
export type DocumentPage = z.infer<typeof documentPageSchema>;

/** Where words stand in a document: on which page, and as offsets into the whole text. */
export const foundInDocumentSchema = z.object({
  matches: z.array(z.object({ page: z.int(), from: z.int(), to: z.int() })),
  /** Whether there are more than are told. */
  isCut: z.boolean(),
});
export type FoundInDocument = z.infer<typeof foundInDocumentSchema>;

/** A word that was read from a picture of a page, and its place in ten thousandths of the page as it is shown. */
const share = z.int().min(0).max(10_000);
export const pictureWordsSchema = z.array(z.tuple([z.string(), share, share, share, share]));
export type PictureWord = z.infer<typeof pictureWordsSchema>[number];

const course = line(MAX_LABEL_CHARACTERS);
const tags = z.array(line(MAX_TAG_CHARACTERS)).max(MAX_TAGS);

export const newDocumentSchema = z.object({
  title,
  fileName: line(255),
  mimeType: z.string().max(150),
  sizeBytes: z.int().min(0),
  course: course.nullish(),
  contentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'A sha256 in hexadecimal digits.')
    .optional(),
  sourceType: z.enum(UPLOAD_SOURCES).default('upload'),
});

export type NewDocument = z.output<typeof newDocumentSchema>;

/** A page to be read from its address. */
export const newLinkSchema = z.object({
  url: z.string().trim().min(1).max(2_000),
  title: title.optional(),
  course: course.nullish(),
});

/** What a page is called until it is read. */
export const titleOfUrl = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/, '').slice(0, 200);

export const documentChangeSchema = z
  .object({ title: title.optional(), course: course.nullable().optional(), tags: tags.optional() })
  .refine(namesAField, 'Name a title, a course or tags.');

const ids = z.array(z.uuid()).min(1).max(MAX_DOCUMENTS_AT_ONCE);

/** What a student has put a document under, as it was before a change: sent back, it undoes the change. */
export const filedSchema = z.object({ id: z.uuid(), title, course: course.nullable(), tags });
export type Filed = z.infer<typeof filedSchema>;

/** Those that are part of another one, which is offered in their place. */
const WIDER: Readonly<Record<string, TextEncoding>> = {
  'koi8-r': 'koi8-u',
  'iso-8859-8': 'windows-1255',
  'iso-8859-8-i': 'windows-1255',
  gbk: 'gb18030',
};

/** An encoding by any name that the web knows it by: "cp1251", "GBK", "latin1". */
function encodingByName(name: unknown): unknown {
  try {
    const { encoding } = new TextDecoder(String(name));
    return WIDER[encoding] ?? encoding;
  } catch {
    // A name that nobody knows is what the schema says so of.
    return name;
  }
}

/** The encoding is guessed, whatever was chosen before. */
export const GUESSED = 'auto';

export const textEncodingSchema = z.enum(Object.keys(TEXT_ENCODINGS) as TextEncoding[]);
const encodings = z.enum([GUESSED, ...textEncodingSchema.options]);

/** How a document is to be read: once more although it is ready, and as what where its letters came out wrongly. */
export const ingestSchema = z.object({
  again: z.enum(['true', 'false']).default('false'),
  encoding: z.preprocess(encodingByName, encodings).optional(),
});
export type ChosenEncoding = z.output<typeof encodings>;

/** One action on many documents. */
export const batchSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('change'),
    ids,
    course: course.nullable().optional(),
    addTags: tags.optional(),
    removeTags: tags.optional(),
    /** Words of the titles that are replaced. */
    find: z.string().min(1).max(MAX_QUERY_CHARACTERS).optional(),
    replace: z.string().max(MAX_QUERY_CHARACTERS).optional(),
  }),
  z.object({ do: z.literal('restore'), documents: z.array(filedSchema).min(1).max(MAX_DOCUMENTS_AT_ONCE) }),
  z.object({ do: z.literal('delete'), ids }),
  z.object({ do: z.literal('reread'), ids }),
]);
export type Batch = z.infer<typeof batchSchema>;

export const batchedSchema = z.object({ count: z.int(), before: z.array(filedSchema) });
export type Batched = z.infer<typeof batchedSchema>;

/** Which part of the library: the documents after one, or those that changed since. */
export const listSchema = z.object({
  after: z.string().max(80).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
});
