import { z } from 'zod';

export const RATINGS = [1, 2, 3, 4] as const;
/** Again, Hard, Good, Easy. */
export type CardRating = (typeof RATINGS)[number];

/** The phases of a card as the database numbers them. */
export const PHASE = { unseen: 0, learning: 1, review: 2, relearning: 3 } as const;

const phase = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'A date and time.');

/** What the schedule of a card depends on. Instants are ISO texts, so that a card survives a trip through JSON. */
export const cardStateSchema = z.object({
  due: instant,
  stability: z.number(),
  difficulty: z.number(),
  elapsedDays: z.number(),
  scheduledDays: z.number(),
  learningSteps: z.number(),
  reps: z.number(),
  lapses: z.number(),
  state: phase,
  lastReview: instant.nullable(),
});
export type CardState = z.infer<typeof cardStateSchema>;

export const newCardState = (now: Date): CardState => ({
  due: now.toISOString(),
  stability: 0,
  difficulty: 0,
  elapsedDays: 0,
  scheduledDays: 0,
  learningSteps: 0,
  reps: 0,
  lapses: 0,
  state: PHASE.unseen,
  lastReview: null,
});

/** Whether two copies of a card are the same state of it: what one review changes always changes these. */
export const isSameState = (
  a: Pick<CardState, 'reps' | 'lastReview'>,
  b: Pick<CardState, 'reps' | 'lastReview'>,
): boolean => a.reps === b.reps && millisecondsOf(a.lastReview) === millisecondsOf(b.lastReview);

const millisecondsOf = (instantText: string | null) =>
  instantText === null ? null : Date.parse(instantText);
