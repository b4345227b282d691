import { z } from 'zod';
import type { CardState, KeptCard } from '../../domain/card.ts';
import type { SkipReasons } from '../../domain/deck.ts';

/** A review as it is kept: the rating, and the card as it was before it. */
export const cardReviewSchema = z.object({
  rating: z.int(),
  state: z.int(),
  due: z.string(),
  stability: z.number(),
  difficulty: z.number(),
  scheduledDays: z.int(),
  durationMs: z.int().nullable(),
  reviewedAt: z.string(),
});
export type CardReview = z.infer<typeof cardReviewSchema>;

/** A card with its whole history, on its way in or out. */
export type PortableCard = Omit<KeptCard, 'source'> & {
  guid: string;
  tags?: string[] | undefined;
  suspended: boolean;
  state: CardState;
  reviews: CardReview[];
};

/** What a card says of where it comes from, for a reader in another program. */
export type ExportedCard = PortableCard & { sourceLine: string | null; desiredRetention: number };

export type ReadPackage = {
  cards: PortableCard[];
  /** Cards that are none here, and why. */
  skipped: number;
  reasons: SkipReasons;
  /** Pictures and sounds the cards name, which are left behind. */
  media: number;
};
