import { z } from 'zod';
import { DOCUMENT_STATUSES } from './document.ts';
import { line } from './fields.ts';
import { saidSchema } from './said.ts';

export { MAX_ATTACHED, PICTURE_ENDINGS, pictureType } from './sets.ts';

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
  error: z.object({ code: z.string(), message: z.string(), said: saidSchema }).nullable(),
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
