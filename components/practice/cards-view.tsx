'use client';

import { Plus, Search } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useRef, useState } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { CardEditor } from '@/components/cards/card-editor';
import { ProposedList } from '@/components/cards/proposed-list';
import { fetchCardPage } from '@/components/cards/requests';
import { FewerMade } from '@/components/make/fewer-made';
import { Button, type ButtonStyle, buttonClass } from '@/components/ui/button';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import type { CardView } from '@/lib/db/queries/card-view';
import type { DeckSummary, DueSummary } from '@/lib/db/queries/deck';
import type { CardList } from '@/lib/domain/card';
import { type Message, text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import { CardRow } from './card-row';
import { useDecks } from './decks';
import { NewCard } from './new-card';
import { SelectionBar, useSelection } from './selection';

const PAGE = 50;
const MOST = 100;
const SHOW = [
  { which: 'kept', label: text('All') },
  { which: 'leeches', label: text('Forgotten often') },
  { which: 'suspended', label: text('Suspended') },
  { which: 'proposed', label: text('Waiting') },
] as const;
type CardsViewProps = { summary: DueSummary; deckId: string | null; show: CardList };

/** The cards of one deck or of all: to find, change, move, suspend and delete, and to add by hand. */
export function CardsView({ summary: initial, deckId, show }: CardsViewProps) {
  const t = useText();
  const [query, setQuery] = useState('');
  const [which, setWhich] = useState<CardList>(show);
  const [pages, setPages] = useState(1);
  const [tag, setTag] = useState('');
  const [isAdding, setIsAdding] = useState(false);
  const summary = useDecks(initial);
  const asked = useDeferredValue(query.trim());
  const search = new URLSearchParams({
    which,
    limit: String(Math.min(MOST, PAGE * pages)),
    ...(deckId ? { deck: deckId } : {}),
    ...(asked === '' ? {} : { q: asked }),
    ...(tag === '' ? {} : { tag }),
  });
  const { data, error, mutate } = useSWR(`${api.flashcards}?${search}`, fetchCardPage, {
    keepPreviousData: true,
  });
  const reread = () => void mutate();
  const deck = summary.decks.find(({ id }) => id === deckId);
  const add = { isAdding, isLeading: which !== 'proposed', onAdd: () => setIsAdding(true) };
  return (
    <div className="mx-auto max-w-240">
      <CardsHeader deck={deck} query={query} onQuery={setQuery} {...add} />
      {isAdding && (
        <NewCard
          decks={summary.decks}
          deck={deck?.name}
          onClose={() => setIsAdding(false)}
          onAdded={reread}
        />
      )}
      <fieldset className="mb-2 flex flex-wrap gap-1">
        <legend className="sr-only">{t('Show')}</legend>
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
            {t(option.label)}
          </Button>
        ))}
      </fieldset>
      {data && data.tags.length > 0 && <TagFilter tags={data.tags} tag={tag} onTag={setTag} />}
      {error && (
        <Strip tone="bad" onRetry={reread}>
          {data
            ? t('The list could not be read again. What you see may be old.')
            : t('The cards could not be read. They are all still there.')}
        </Strip>
      )}
      {data === undefined && !error && <LoadingLines label={t('Reading your cards')} />}
      {data && (
        <FoundCards
          {...data}
          {...{ which, asked, summary, reread }}
          showsDeck={deckId === null}
          onMore={() => setPages((count) => count + 1)}
        />
      )}
    </div>
  );
}

type TagFilterProps = { tags: readonly string[]; tag: string; onTag: (tag: string) => void };

/** Only the cards of one tag. */
const TagFilter = ({ tags, tag, onTag }: TagFilterProps) => {
  const t = useText();
  return (
    <label className="mb-2 flex w-fit items-center gap-2 text-ink-2 text-sm">
      {t('Tag')}
      <select
        value={tag}
        onChange={(event) => onTag(event.target.value)}
        className="h-11 max-w-60 rounded-2 border border-edge bg-page px-2 text-ink md:h-9"
      >
        <option value="">{t('Any')}</option>
        {/* One that is no more on any card stays chosen until another is. */}
        {[...new Set([...tags, ...(tag === '' ? [] : [tag])])].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
};

type CardsHeaderProps = {
  deck: DeckSummary | undefined;
  query: string;
  onQuery: (query: string) => void;
  isAdding: boolean;
  /** Whether adding is what the page is for now. */
  isLeading: boolean;
  onAdd: () => void;
};

function CardsHeader({ deck, query, onQuery, isAdding, isLeading, onAdd }: CardsHeaderProps) {
  const t = useText();
  const find = useRef<HTMLInputElement>(null);
  useHotkeys({ '/': () => find.current?.focus() });
  const isDue = deck !== undefined && deck.due > 0;
  const addButton = (style: ButtonStyle) => (
    <Button {...style} onClick={onAdd}>
      <Plus aria-hidden="true" className="size-4" /> {t('Add a card')}
    </Button>
  );
  return (
    <>
      <header className="mb-5 flex flex-wrap items-center gap-2">
        <h1 className="min-w-0 flex-1 basis-48 truncate font-semibold text-xl">
          {deck ? <span className="font-medium font-notes">{deck.name}</span> : t('Cards')}
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
            onChange={(event) => onQuery(event.target.value)}
            aria-label={t('Find in cards')}
            placeholder={t('Find')}
            autoComplete="off"
            className="h-11 w-full rounded-2 border border-edge bg-page pr-3 pl-9 text-md md:h-10 md:text-sm"
          />
        </search>
        {isDue ? (
          <Link
            prefetch={false}
            href={paths.reviewDeck(deck.id)}
            className={buttonClass({ variant: isAdding ? 'line' : 'primary' })}
          >
            {t('Review, {minutes} min', { minutes: deck.minutes })}
          </Link>
        ) : (
          addButton({ variant: isAdding || !isLeading ? 'line' : 'primary' })
        )}
      </header>
      {isDue && !isAdding && addButton({ variant: 'quiet', className: '-ml-4 mb-2' })}
    </>
  );
}

type FoundCardsProps = {
  cards: CardView[];
  tags: string[];
  total: number;
  which: CardList;
  asked: string;
  summary: DueSummary;
  showsDeck: boolean;
  reread: () => void;
  onMore: () => void;
};

function FoundCards({
  cards,
  tags,
  total,
  which,
  asked,
  summary,
  showsDeck,
  reread,
  onMore,
}: FoundCardsProps) {
  const t = useText();
  const [editing, setEditing] = useState<CardView>();
  const selection = useSelection(cards);
  if (cards.length === 0) {
    return (
      <p className="py-4 text-ink-2 text-md">
        {asked === '' ? t(NOTHING[which]) : t('No card has “{asked}” in it.', { asked })}
      </p>
    );
  }
  return (
    <>
      {which === 'proposed' ? (
        <>
          <FewerMade quizId={null} />
          <ProposedList cards={cards} />
        </>
      ) : (
        <>
          {selection.isOn ? (
            <SelectionBar selection={selection} summary={summary} tags={tags} onChanged={reread} />
          ) : (
            <Button size="sm" variant="quiet" className="-ml-2 mb-1" onClick={selection.start}>
              {t('Select')}
            </Button>
          )}
          <ul>
            {cards.map((card) => (
              <CardRow
                key={card.id}
                {...{ card, summary, showsDeck }}
                onEdit={() => setEditing(card)}
                onChanged={reread}
                {...(selection.isOn
                  ? { chosen: { isChosen: selection.has(card.id), toggle: () => selection.toggle(card.id) } }
                  : {})}
              />
            ))}
          </ul>
        </>
      )}
      {total > cards.length && (
        <p className="flex flex-wrap items-center gap-2 py-3 text-ink-3 text-xs">
          {t('{count} of {total} shown.', { count: cards.length, total })}
          {cards.length < MOST ? (
            <button type="button" className="link min-h-8" onClick={onMore}>
              {t('Show more')}
            </button>
          ) : (
            t('Find the others by their words.')
          )}
        </p>
      )}
      <CardEditor card={editing} onClose={() => setEditing(undefined)} onSaved={reread} />
    </>
  );
}

const NOTHING: Record<CardList, Message> = {
  kept: text('No cards here yet. Add one by hand, or ask for some from your notes.'),
  suspended: text('No card is suspended.'),
  leeches: text(
    'No card was forgotten eight times. Those that are stand here, to be said in other words or suspended.',
  ),
  proposed: text('No card waits for you.'),
};
