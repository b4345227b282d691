import type { CardKind, CardState } from '../../domain/card.ts';

/** A review as it is kept: the rating, and the card as it was before it. */
export type CardReview = {
  rating: number;
  state: number;
  due: string;
  stability: number;
  difficulty: number;
  scheduledDays: number;
  durationMs: number | null;
  reviewedAt: string;
};

/** A card with its whole history, on its way in or out. */
export type PortableCard = {
  guid: string;
  clozeIndex: number;
  kind: CardKind;
  front: string;
  back: string;
  topic: string | null;
  deck: string;
  suspended: boolean;
  state: CardState;
  reviews: CardReview[];
};

/** What a card says of where it comes from, for a reader in another program. */
export type ExportedCard = PortableCard & { sourceLine: string | null; desiredRetention: number };

export type ReadPackage = {
  cards: PortableCard[];
  /** Notes that are no card here: nothing but a picture or a sound on one side. */
  skipped: number;
  /** Pictures and sounds the cards name, which are left behind. */
  media: number;
};
