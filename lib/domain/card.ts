import { z } from 'zod';
import {
  MAX_LABEL_CHARACTERS,
  MAX_REVIEW_MS,
  MAX_SIDE_CHARACTERS,
  MAX_TAG_CHARACTERS,
  MAX_TAGS,
  MAX_TITLE_CHARACTERS,
} from './bounds.ts';
import { studySourceSchema } from './citation.ts';
import { line, namesAField, title } from './fields.ts';
import { PHASE, RATINGS } from './sets.ts';

export {
  type CardRating,
  type CardState,
  LEECH_LAPSES,
  PHASE,
  RATINGS,
  ROLLOVER_HOUR,
  toCardColumns,
  toCardState,
} from './sets.ts';

export const CARD_KINDS = ['basic', 'cloze'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** The lists a student looks for cards in. */
export const CARD_LISTS = ['kept', 'suspended', 'proposed', 'leeches'] as const;
export type CardList = (typeof CARD_LISTS)[number];

const front = line(MAX_SIDE_CHARACTERS);
const back = z.string().trim().max(MAX_SIDE_CHARACTERS);

const tags = z.array(line(MAX_TAG_CHARACTERS)).max(MAX_TAGS);

/** Tags for many cards at once, and those they lose. */
export const cardTagsSchema = z
  .object({ ids: z.array(z.uuid()).min(1).max(200), add: tags.default([]), remove: tags.default([]) })
  .refine(({ add, remove }) => add.length + remove.length > 0, 'Name tags to add or to remove.');
export type CardTags = z.infer<typeof cardTagsSchema>;

/** A card as a form or a file sends it. */
export const newCardSchema = z.object({
  front,
  back,
  kind: z.enum(CARD_KINDS).nullish(),
  topic: z.string().max(MAX_TITLE_CHARACTERS).nullish(),
  deck: z.string().max(MAX_LABEL_CHARACTERS).nullish(),
  source: studySourceSchema.nullish(),
});

/** The words of a card that a student changes. */
export const cardWordsSchema = z.object({ front: front.optional(), back: back.optional() });

export const cardChangeSchema = cardWordsSchema
  .extend({
    topic: title.nullable().optional(),
    tags: tags.optional(),
    deckId: z.uuid().optional(),
    suspended: z.boolean().optional(),
  })
  .refine(namesAField, 'Name what to change.');
export type CardChange = z.infer<typeof cardChangeSchema>;

/** A card as it is kept: a cloze text with three numbers is three cards of one guid. */
export const keptCardSchema = z.object({
  front: z.string(),
  back: z.string(),
  kind: z.enum(CARD_KINDS),
  clozeIndex: z.int(),
  topic: z.string().nullable(),
  deck: z.string(),
  source: studySourceSchema.nullable(),
});
export type KeptCard = z.infer<typeof keptCardSchema>;

/** What the schedule of a card depends on, in the names of FSRS and of the columns. Instants are ISO texts. */
export const cardColumnsSchema = z.object({
  due: z.string(),
  stability: z.number(),
  difficulty: z.number(),
  elapsed_days: z.number(),
  scheduled_days: z.number(),
  learning_steps: z.number(),
  reps: z.number(),
  lapses: z.number(),
  state: z.literal(Object.values(PHASE)),
  last_review: z.string().nullable(),
});

/** A review that was made: what waits on a device, what is sent, and what takes it back. */
export const madeReviewSchema = z.object({
  requestId: z.uuid(),
  cardId: z.uuid(),
  rating: z.literal(RATINGS),
  reviewedAt: z.iso.datetime({ offset: true }),
  durationMs: z.int().min(0).max(MAX_REVIEW_MS),
  /** The state the review was made from, so that a card which moved on elsewhere is not reviewed twice. */
  expectedReps: z.int().min(0),
  expectedLastReview: z.iso.datetime({ offset: true }).nullable(),
});
export type MadeReview = z.infer<typeof madeReviewSchema>;

/** What became of a review: `stored` and `repeated` count, the others are over for this device. */
export const REVIEW_OUTCOMES = ['stored', 'repeated', 'conflict', 'gone'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

export const undoneReviewSchema = z.object({
  outcome: z.enum(['undone', 'repeated', 'conflict', 'nothing']),
  cardId: z.string().optional(),
});
export type UndoneReview = z.infer<typeof undoneReviewSchema>;
