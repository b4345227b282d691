import { z } from 'zod';
import { cardStateSchema } from '../../study/cards/card-state.ts';
import { studySourceSchema } from '../../study/source.ts';

/** A card as the database gives it, with the deck it lies in. */
export const cardRowSchema = z.object({
  id: z.string(),
  front: z.string(),
  back: z.string(),
  kind: z.enum(['basic', 'cloze']),
  cloze_index: z.int(),
  guid: z.string(),
  topic: z.string().nullable(),
  deck_id: z.string(),
  deck: z.string().optional(),
  source_doc_id: z.string().nullable(),
  // A source of an older shape proves nothing that could be shown.
  source: studySourceSchema.nullable().catch(null),
  proposed: z.boolean(),
  suspended: z.boolean(),
  exam_date: z.string().nullable().optional(),
  desired_retention: z.number().optional(),
  due: z.string(),
  stability: z.number(),
  difficulty: z.number(),
  elapsed_days: z.number(),
  scheduled_days: z.number(),
  learning_steps: z.number(),
  reps: z.number(),
  lapses: z.number(),
  state: cardStateSchema.shape.state,
  last_review: z.string().nullable(),
  created_at: z.string(),
});
export type CardRow = z.output<typeof cardRowSchema>;

/** A card as the API and the pages show it. */
export type CardView = ReturnType<typeof toCardView>;

export function toCardView(row: CardRow) {
  return {
    id: row.id,
    front: row.front,
    back: row.back,
    kind: row.kind,
    clozeIndex: row.cloze_index,
    guid: row.guid,
    topic: row.topic,
    deckId: row.deck_id,
    deck: row.deck ?? null,
    sourceDocId: row.source_doc_id,
    source: row.source,
    proposed: row.proposed,
    suspended: row.suspended,
    examDate: row.exam_date ?? null,
    desiredRetention: row.desired_retention ?? 0.9,
    createdAt: row.created_at,
    state: toCardState(row),
  };
}

export const toCardState = (row: CardRow) => ({
  due: row.due,
  stability: row.stability,
  difficulty: row.difficulty,
  elapsedDays: row.elapsed_days,
  scheduledDays: row.scheduled_days,
  learningSteps: row.learning_steps,
  reps: row.reps,
  lapses: row.lapses,
  state: row.state,
  lastReview: row.last_review,
});
