import { z } from 'zod';
import { MAX_LABEL_CHARACTERS } from './bounds.ts';
import { line, namesAField } from './fields.ts';

export const DEFAULT_DECK = 'My cards';

/** What cards are read from. */
export const IMPORT_KINDS = ['apkg', 'csv', 'lines'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
export const EXPORT_FORMATS = ['apkg', 'csv', 'tsv'] as const;

const name = line(MAX_LABEL_CHARACTERS);

export const newDeckSchema = z.object({ name, examDate: z.iso.date().nullable().default(null) });
export const deckChangeSchema = z
  .object({ name: name.optional(), examDate: z.iso.date().nullable().optional() })
  .refine(namesAField, 'Name what to change.');
