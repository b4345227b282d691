import { z } from 'zod';
import { MAX_FACT_CHARACTERS, MAX_LABEL_CHARACTERS } from './bounds.ts';
import { line, namesAField } from './fields.ts';

/** How long something about a student holds: for days, for good, as a way of working, or for what is going on. */
export const MEMORY_SCOPES = ['short', 'long', 'preference', 'context'] as const;

/** A fact as its student reads it: with the words it comes from, as long as it was not corrected by hand. */
export const memoryFactSchema = z.object({
  id: z.uuid(),
  scope: z.enum(MEMORY_SCOPES),
  key: z.string(),
  value: z.string(),
  quote: z.string().nullable(),
  messageId: z.uuid().nullable(),
  threadId: z.uuid().nullable(),
  expiresAt: z.string().nullable(),
  updatedAt: z.string(),
});
export type MemoryFact = z.output<typeof memoryFactSchema>;

export const factChangeSchema = z
  .object({ key: line(MAX_LABEL_CHARACTERS), value: line(MAX_FACT_CHARACTERS) })
  .partial()
  .refine(namesAField, 'Name what to change: key or value.');
export type FactChange = z.output<typeof factChangeSchema>;

export const memoryPauseSchema = z.object({ paused: z.boolean() });
