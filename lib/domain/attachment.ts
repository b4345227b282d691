import { z } from 'zod';
import { DOCUMENT_STATUSES } from './document.ts';
import { line } from './fields.ts';

/** Pictures that models see, by the endings of their names. */
const PICTURES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
};

export const PICTURE_ENDINGS = Object.keys(PICTURES);

/** The type of a picture by the ending of its name; undefined for other files. */
export const pictureType = (fileName: string): string | undefined =>
  PICTURES[/\.([a-z]{3,4})$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''];

/** Files that go with one question. */
export const MAX_ATTACHED = 10;

export const attachSignSchema = z.object({
  fileName: line(255),
  mimeType: z.string().max(150),
  sizeBytes: z.int().min(0),
  /** The conversation it is for; without one it belongs to the question that it is sent with. */
  threadId: line(200).nullish(),
});

/** How an attachment stands beside the question it was sent with. */
export const attachedSchema = z.object({
  id: z.string(),
  fileName: z.string(),
  mimeType: z.string(),
  sizeBytes: z.number(),
});

export type Attached = z.infer<typeof attachedSchema>;

/** An attachment as its route gives it: `ready` once it can be asked about. */
export const attachmentSchema = attachedSchema.extend({
  threadId: z.string().nullable(),
  /** What its text is read into; null for a picture. */
  documentId: z.string().nullable(),
  status: z.enum(DOCUMENT_STATUSES),
  progress: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** A file of a conversation as its answers need it. */
export const threadFileSchema = z.object({
  id: z.string(),
  docId: z.string().nullable(),
  fileName: z.string(),
  mimeType: z.string(),
  filePath: z.string(),
  /** Null where nothing is read. */
  status: z.enum(DOCUMENT_STATUSES).nullable(),
  errorMessage: z.string().nullable(),
  /** Sent with the question that is answered. */
  isNew: z.boolean(),
});
export type ThreadFile = z.infer<typeof threadFileSchema>;
