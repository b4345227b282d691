import { z } from 'zod';
import { MAX_FACT_CHARACTERS, MAX_LABEL_CHARACTERS } from './bounds.ts';
import { line, namesAField } from './fields.ts';

/** How long something about a student holds: for days, for good, as a way of working, or for what is going on. */
export const MEMORY_SCOPES = ['short', 'long', 'preference', 'context'] as const;
export type MemoryScope = (typeof MEMORY_SCOPES)[number];

/** After so many days a fact is forgotten by itself, counted from when it was last said; null: never. */
export const SCOPE_DAYS: Readonly<Record<MemoryScope, number | null>> = {
  short: 3,
  long: null,
  preference: null,
  context: 90,
};

/** What a fact is about, and how long that holds. */
export const FACT_KINDS = {
  name: 'long',
  about: 'long',
  goal: 'long',
  preference: 'preference',
  exam: 'context',
  weak: 'context',
  today: 'short',
} as const satisfies Record<string, MemoryScope>;
export type FactKind = keyof typeof FACT_KINDS;

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

/** A sentence of a running summary, with the messages it came from. */
export const summarySentenceSchema = z.object({
  text: z.string().min(1).max(MAX_FACT_CHARACTERS),
  messageIds: z.array(z.string()).min(1).max(20),
});
export type SummarySentence = z.output<typeof summarySentenceSchema>;

/** What a conversation was about up to a place in it. */
export const summarySchema = z.object({ coversSeq: z.int(), sentences: z.array(summarySentenceSchema) });
