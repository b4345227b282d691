import { slices } from '../../slices.ts';
import type { PortableCard } from './types.ts';

const CARDS_EACH = 500;
/** About what a review takes, written down. */
const REVIEW_CHARACTERS = 150;

/**
 * Cards on their way from the thread that read them into the database: text in pieces, which the server's thread is handed
 * and lets go one by one. As objects twenty thousand would stand in its heap at once.
 */
export type CardParcels = { decks: string[]; parcels: Uint8Array<ArrayBuffer>[] };

export function parcelsOf(cards: readonly PortableCard[]): CardParcels {
  const decks = [...new Set(cards.map(({ deck }) => deck))];
  const encoder = new TextEncoder();
  const parcels: CardParcels['parcels'] = [];
  const sizeOf = ({ front, back, reviews }: PortableCard) =>
    front.length + back.length + REVIEW_CHARACTERS * reviews.length;
  for (const slice of slices(cards, CARDS_EACH, sizeOf)) {
    const rows = slice.map(({ state, ...card }) => ({ ...card, ...state }));
    parcels.push(encoder.encode(JSON.stringify(rows)));
  }
  return { decks, parcels };
}
