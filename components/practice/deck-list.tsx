'use client';

import useSWR from 'swr';
import { fetchDecks } from '@/components/cards/requests';
import { deckDeletions } from '@/components/cards/stores';
import { useDeletions } from '@/components/client/deferred-delete';
import { DeletedRow } from '@/components/ui/deleted-row';
import type { DueSummary } from '@/lib/db/queries/deck';
import { api } from '@/lib/links';
import { DeckRow } from './deck-row';

/** The student's decks with what is due in each, in minutes. */
export function DeckList({ initial }: { initial: DueSummary }) {
  const { data = initial } = useSWR(api.decks, fetchDecks, {
    fallbackData: initial,
    revalidateOnMount: false,
  });
  const { pending, failed } = useDeletions(deckDeletions);
  if (data.decks.length === 0) return null;
  return (
    <ul>
      {data.decks.map((deck) =>
        pending.has(deck.id) ? (
          <DeletedRow
            key={deck.id}
            name={deck.name}
            whatElse="cards"
            onUndo={() => deckDeletions.undo(deck.id)}
          />
        ) : (
          <DeckRow key={deck.id} deck={deck} timezone={data.timezone} deleteFailed={failed.has(deck.id)} />
        ),
      )}
    </ul>
  );
}
