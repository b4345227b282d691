import { z } from 'zod';
import { CARD_KINDS, cardColumnsSchema, toCardState } from '../../domain/card.ts';
import { studySourceSchema } from '../../domain/citation.ts';

/** A card as the database gives it, with the deck it lies in. */
export const cardRowSchema = z.object({
  id: z.string(),
  front: z.string(),
  back: z.string(),
  kind: z.enum(CARD_KINDS),
  cloze_index: z.int(),
  guid: z.string(),
  topic: z.string().nullable(),
  tags: z.array(z.string()),
  deck_id: z.string(),
  deck: z.string().optional(),
  source_doc_id: z.string().nullable(),
  // A source of an older shape proves nothing that could be shown.
  source: studySourceSchema.nullable().catch(null),
  proposed: z.boolean(),
  suspended: z.boolean(),
  exam_date: z.string().nullable().optional(),
  desired_retention: z.number().optional(),
  ...cardColumnsSchema.shape,
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
    tags: row.tags,
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
