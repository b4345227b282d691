import { z } from 'zod';
import {
  MAX_HIGHLIGHT_CHARACTERS,
  MAX_HIGHLIGHT_CONTEXT_CHARACTERS,
  MAX_MARGIN_NOTE_CHARACTERS,
} from './bounds.ts';
import { namesAField } from './fields.ts';
import { HIGHLIGHT_COLORS } from './sets.ts';

export { HIGHLIGHT_COLORS, type HighlightColor } from './sets.ts';

/** Words on either side that tell a quote from the same words elsewhere. */
const context = z.string().max(MAX_HIGHLIGHT_CONTEXT_CHARACTERS);
const color = z.enum(HIGHLIGHT_COLORS);
const note = z.string().trim().max(MAX_MARGIN_NOTE_CHARACTERS);
const quote = z.string().trim().min(1).max(MAX_HIGHLIGHT_CHARACTERS);

/** Words that a student marks, found again by themselves and what stands around them. */
export const newHighlightSchema = z.object({
  /** Made by the page: the same id is the same highlight. */
  id: z.uuid().optional(),
  quote,
  prefix: context.default(''),
  suffix: context.default(''),
  /** Where the quote begins, as an offset into the whole text: where it is looked for first. */
  charStart: z.int().min(0).default(0),
  color: color.default('blue'),
  note: note.default(''),
});
export type NewHighlight = z.output<typeof newHighlightSchema>;

export const highlightChangeSchema = z
  .object({ color: color.optional(), note: note.optional() })
  .refine(namesAField, 'Name a colour or a note.');
export type HighlightChange = z.output<typeof highlightChangeSchema>;

export const highlightSchema = z.object({
  id: z.uuid(),
  quote: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  charStart: z.int(),
  color,
  note: z.string(),
  /** Null where the words are no longer in the text. */
  place: z.object({ page: z.int(), charStart: z.int(), charEnd: z.int() }).nullable(),
  createdAt: z.string(),
});
export type Highlight = z.infer<typeof highlightSchema>;

export const highlightsSchema = z.object({
  highlights: z.array(highlightSchema),
  /** Versions that this document replaced and that still hold highlights: words it does not say. */
  earlier: z.array(z.object({ id: z.uuid(), title: z.string(), count: z.int() })).default([]),
});
export type HighlightList = z.infer<typeof highlightsSchema>;
export type EarlierHighlights = HighlightList['earlier'];
