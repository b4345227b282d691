/** A card drafted from one place of the notes. `quote` stands so in its passage. */
export type Draft = {
  kind: 'basic' | 'cloze';
  /** How it asks, so that a deck does not ask everything in one way. */
  form: 'term' | 'question' | 'cloze' | 'table';
  front: string;
  back: string;
  quote: string;
  /** The number of the passage. */
  n: number;
  topic: string;
  weight: number;
};

/** A card as the tool that keeps cards takes it. */
export type Card = {
  front: string;
  back: string;
  metadata: {
    kind: 'basic' | 'cloze';
    topic: string | null;
    deck: string | null;
    passage: number | null;
    quote: string | null;
  };
};

export type CardOrder = {
  /** What was asked for; empty when nothing was. */
  topic: string;
  most: number;
};
