import type { PortableCard } from './types.ts';

/** Small enough that one statement holds the database for a moment only. */
const CARDS_EACH = 500;

/**
 * Cards on their way from the thread that read them into the database: text in pieces, which the server's thread is handed
 * and lets go one by one. As objects twenty thousand would stand in its heap at once.
 */
export type CardParcels = { decks: string[]; parcels: Uint8Array<ArrayBuffer>[] };

export function parcelsOf(cards: PortableCard[]): CardParcels {
  const decks = [...new Set(cards.map(({ deck }) => deck))];
  const encoder = new TextEncoder();
  const parcels: CardParcels['parcels'] = [];
  while (cards.length > 0) {
    const rows = cards.splice(0, CARDS_EACH).map(({ state, ...card }) => ({ ...card, ...state }));
    parcels.push(encoder.encode(JSON.stringify(rows)));
  }
  return { decks, parcels };
}
