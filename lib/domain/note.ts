import { z } from 'zod';
import { MAX_LABEL_CHARACTERS, MAX_NOTE_CHARACTERS } from './bounds.ts';
import { line } from './fields.ts';
import { saidSchema } from './said.ts';

export { LINK, linkName, NOTE_IMAGE_TYPES, titleOfNote } from './sets.ts';

export const noteSchema = z.object({
  documentId: z.uuid(),
  content: z.string(),
  revision: z.int(),
  updatedAt: z.string(),
});
export type Note = z.infer<typeof noteSchema>;

export const noteSaveSchema = z.object({
  content: z.string().max(MAX_NOTE_CHARACTERS),
  /** The revision this text began with; 0 begins a note. */
  base: z.int().min(0),
  requestId: z.uuid(),
  /** Keeps what it replaces as a version, however young that is. */
  keepsVersion: z.boolean().default(false),
  course: line(MAX_LABEL_CHARACTERS).nullish(),
});

/** Saved, or what the note says by now. */
export const noteSavedSchema = z.union([
  z.object({ isSaved: z.literal(true), revision: z.int() }),
  z.object({ isSaved: z.literal(false), revision: z.int(), content: z.string() }),
]);
export type NoteSaved = z.infer<typeof noteSavedSchema>;

export const noteVersionSchema = z.object({ revision: z.int(), content: z.string(), createdAt: z.string() });
export type NoteVersion = z.infer<typeof noteVersionSchema>;

/** A zip of notes, by where it was put. */
export const vaultRequestSchema = z.object({ upload: z.uuid() });

/** What came of a zip of notes. */
export const vaultReportSchema = z.object({
  added: z.int(),
  already: z.int(),
  pictures: z.int(),
  links: z.object({ kept: z.int(), broken: z.int() }),
  leftOut: z.array(z.object({ name: z.string(), why: z.string(), said: saidSchema })),
});
export type VaultReport = z.infer<typeof vaultReportSchema>;
