import { z } from 'zod';
import { MAX_LABEL_CHARACTERS, MAX_NOTE_CHARACTERS, MAX_TITLE_CHARACTERS } from './bounds.ts';
import { line } from './fields.ts';

export const NOTE_IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;

export const UNTITLED = 'Untitled note';

/** How a heading or a line reads without the signs of Markdown. */
const plain = (text: string): string =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/g, '$1')
    .replace(/[*_`~]{1,3}(\S(?:.*?\S)?)[*_`~]{1,3}/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TITLE_CHARACTERS)
    .trim();

/** A note is called as its first heading, or else as it begins. */
export function titleOfNote(content: string): string {
  const body = content.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
  const lines = body.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '').split('\n');
  const heading = lines.flatMap((text) => /^ {0,3}#{1,6}\s+(.+?)\s*#*$/.exec(text)?.[1] ?? [])[0];
  const first = lines.find((text) => /[\p{L}\p{N}]/u.test(text)) ?? '';
  return plain(heading ?? first.replace(/^\s*(?:[-*+>]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)/, '')) || UNTITLED;
}

/** What a title is called between the brackets of a link; private.link_name says the same. */
export const linkName = (title: string): string => title.replace(/[[\]|#^\s]+/g, ' ').trim();

export const LINK = /\[\[([^\][|#\n]+)(?:#([^\][|\n]*))?(?:\|([^\][\n]*))?\]\]/g;

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
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
});
export type VaultReport = z.infer<typeof vaultReportSchema>;
