import { z } from 'zod';
import { MAX_LABEL_CHARACTERS, MAX_NEW_PER_DAY, MAX_REVIEWS_PER_DAY } from './bounds.ts';
import { line, namesAField } from './fields.ts';

export { DEFAULT_DECK } from './sets.ts';

/** What cards are read from. */
export const IMPORT_KINDS = ['apkg', 'csv', 'lines', 'xlsx'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
/** The last one is for a program that takes no more than a line for each side; all others come back as they were. */
export const EXPORT_FORMATS = ['apkg', 'csv', 'tsv', 'txt', 'quizlet'] as const;

/** Why something in a file is no card: no text on one side, more than a side holds, a remark of its writer, or damaged. */
export const SKIP_REASONS = ['empty', 'too_long', 'comment', 'unreadable'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];
export type SkipReasons = Partial<Record<SkipReason, number>>;

/** In which order unseen cards are met. */
export const NEW_ORDERS = ['added', 'shuffled'] as const;
export type NewOrder = (typeof NEW_ORDERS)[number];

const name = line(MAX_LABEL_CHARACTERS);

export const newDeckSchema = z.object({ name, examDate: z.iso.date().nullable().default(null) });
export const deckChangeSchema = z
  .object({
    name: name.optional(),
    examDate: z.iso.date().nullable().optional(),
    newPerDay: z.int().min(0).max(MAX_NEW_PER_DAY).nullable().optional(),
    reviewsPerDay: z.int().min(0).max(MAX_REVIEWS_PER_DAY).nullable().optional(),
    newOrder: z.enum(NEW_ORDERS).optional(),
  })
  .refine(namesAField, 'Name what to change.');
export type DeckChange = z.infer<typeof deckChangeSchema>;
