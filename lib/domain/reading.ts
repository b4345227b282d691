import { z } from 'zod';
import { HINT_RUNGS } from './sets.ts';

export { HINT_RUNGS } from './sets.ts';

/** What an answer may have read, in the order the model reads it. */
export const READ_KINDS = [
  'orders',
  'persona',
  'profile',
  'facts',
  'summary',
  'conversation',
  'question',
  'passages',
] as const;

/** A part of what an answer read: how much of it there was, and its tokens. */
export const readPartSchema = z.object({
  kind: z.enum(READ_KINDS),
  tokens: z.int().min(0),
  count: z.int().min(0).optional(),
  /** The persona's name. */
  label: z.string().max(200).optional(),
});
export type ReadPart = z.output<typeof readPartSchema>;

/** All of it, with the budget it had to fit. Kept with the answer. */
export const readingSchema = z.object({ budget: z.int(), parts: z.array(readPartSchema).max(20) });
export type Reading = z.output<typeof readingSchema>;

/** Where an answer stands on the ladder of one problem. */
export const ladderSchema = z.object({
  /** The question that gave the problem. */
  problemId: z.string().max(64),
  rung: z.int().min(1).max(HINT_RUNGS.length),
});
export type Ladder = z.output<typeof ladderSchema>;

/** A problem whose answer was shown comes back as a card, to be solved unaided. */
export const retrySchema = z.object({ cardId: z.string().max(64), dueOn: z.string().max(40) });
export type Retry = z.output<typeof retrySchema>;
