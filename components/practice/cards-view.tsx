'use client';

import { Plus, Search } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useRef, useState } from 'react';
import useSWR from 'swr';
import { CardEditor } from '@/components/cards/card-editor';
import { ProposedList } from '@/components/cards/proposed-list';
import { fetchCardPage, fetchDecks } from '@/components/cards/requests';
import { cardDeletions } from '@/components/cards/stores';
import { useDeletions } from '@/components/client/deferred-delete';
import { Button, buttonClass } from '@/components/ui/button';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import type { CardView } from '@/lib/db/queries/card-view';
import type { DueSummary } from '@/lib/db/queries/deck';
import { api, paths } from '@/lib/links';
import { CardRow, DeletedCardRow } from './card-row';
import { NewCard } from './new-card';

const PAGE = 50;
const SHOW = [
  { which: 'kept', label: 'All' },
  { which: 'suspended', label: 'Suspended' },
  { which: 'proposed', label: 'Waiting' },
] as const;
type Which = (typeof SHOW)[number]['which'];

type CardsViewProps = { summary: DueSummary; deckId: string | null; show: Which };

/** The cards of one deck or of all: to find, change, move, suspend and delete, and to add by hand. */
export function CardsView({ summary: initial, deckId, show }: CardsViewProps) {
  const [query, setQuery] = useState('');
  const [which, setWhich] = useState<Which>(show);
  const [pages, setPages] = useState(1);
  const [isAdding, setIsAdding] = useState(false);
  const [editing, setEditing] = useState<CardView>();
  const find = useRef<HTMLInputElement>(null);
  const { data: summary = initial } = useSWR(api.decks, fetchDecks, {
    fallbackData: initial,
    revalidateOnMount: false,
  });
  const asked = useDeferredValue(query.trim());
  const search = new URLSearchParams({
    which,
    limit: String(Math.min(100, PAGE * pages)),
    ...(deckId ? { deck: deckId } : {}),
    ...(asked === '' ? {} : { q: asked }),
  });
  const { data, error, mutate } = useSWR(`${api.flashcards}?${search}`, fetchCardPage, {
    keepPreviousData: true,
  });
  const { pending, failed } = useDeletions(cardDeletions);
  useHotkeys({ '/': () => find.current?.focus() });

  const deck = summary.decks.find(({ id }) => id === deckId);
  const cards = data?.cards ?? [];
  return (
    <div className="mx-auto max-w-240">
      <header className="mb-5 flex flex-wrap items-center gap-2">
        <h1 className="min-w-0 flex-1 basis-48 truncate font-semibold text-xl">
          {deck ? <span className="font-medium font-notes">{deck.name}</span> : 'Cards'}
        </h1>
        <search className="relative min-w-0 flex-1 basis-40 md:max-w-64">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-3 md:top-3"
          />
          <input
            ref={find}
            type="search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            aria-label="Find in cards"
            placeholder="Find"
            autoComplete="off"
            className="h-11 w-full rounded-2 border border-edge bg-page pr-3 pl-9 text-md md:h-10 md:text-sm"
          />
        </search>
        {deck && deck.due > 0 ? (
          <Link
            href={paths.reviewDeck(deck.id)}
            className={buttonClass({ variant: isAdding ? 'line' : 'primary' })}
          >
            Review, {deck.minutes} min
          </Link>
        ) : (
          <Button
            variant={isAdding || which === 'proposed' ? 'line' : 'primary'}
            onClick={() => setIsAdding(true)}
          >
            <Plus aria-hidden="true" className="size-4" /> Add a card
          </Button>
        )}
      </header>
      {deck && deck.due > 0 && !isAdding && (
        <Button variant="quiet" className="-ml-4 mb-2" onClick={() => setIsAdding(true)}>
          <Plus aria-hidden="true" className="size-4" /> Add a card
        </Button>
      )}
      {isAdding && (
        <NewCard
          decks={summary.decks}
          deck={deck?.name}
          onClose={() => setIsAdding(false)}
          onAdded={() => void mutate()}
        />
      )}
      <fieldset className="mb-2 flex flex-wrap gap-1">
        <legend className="sr-only">Show</legend>
        {SHOW.map((option) => (
          <Button
            key={option.which}
            size="sm"
            variant="quiet"
            aria-pressed={which === option.which}
            className={which === option.which ? 'bg-sunk text-ink' : ''}
            onClick={() => {
              setWhich(option.which);
              setPages(1);
            }}
          >
            {option.label}
          </Button>
        ))}
      </fieldset>
      {error && (
        <Strip
          tone="bad"
          action={
            <button type="button" className="link font-semibold" onClick={() => void mutate()}>
              Try again
            </button>
          }
        >
          {data
            ? 'The list could not be read again. What you see may be old.'
            : 'The cards could not be read. They are all still there.'}
        </Strip>
      )}
      {data === undefined && !error && <LoadingLines label="Reading your cards" />}
      {which === 'proposed' && cards.length > 0 ? (
        <ProposedList cards={cards} />
      ) : (
        <ul>
          {cards.map((card) =>
            pending.has(card.id) ? (
              <DeletedCardRow key={card.id} card={card} />
            ) : (
              <CardRow
                key={card.id}
                card={card}
                decks={summary.decks}
                timezone={summary.timezone}
                showsDeck={deckId === null}
                deleteFailed={failed.has(card.id)}
                onEdit={() => setEditing(card)}
                onChanged={() => void mutate()}
              />
            ),
          )}
        </ul>
      )}
      {data && cards.length === 0 && (
        <p className="py-4 text-ink-2 text-md">
          {asked === '' ? NOTHING[which] : `No card has “${asked}” in it.`}
        </p>
      )}
      {data && data.total > cards.length && (
        <p className="flex flex-wrap items-center gap-2 py-3 text-ink-3 text-xs">
          {cards.length} of {data.total} shown.
          {cards.length < 100 ? (
            <button type="button" className="link min-h-8" onClick={() => setPages((count) => count + 1)}>
              Show more
            </button>
          ) : (
            'Find the others by their words.'
          )}
        </p>
      )}
      <CardEditor card={editing} onClose={() => setEditing(undefined)} onSaved={() => void mutate()} />
    </div>
  );
}

const NOTHING: Record<Which, string> = {
  kept: 'No cards here yet. Add one by hand, or ask for some from your notes.',
  suspended: 'No card is suspended.',
  proposed: 'No card waits for you.',
};
