'use client';

import { Download, Ellipsis, Layers, Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { dayText } from '@/components/cards/due-text';
import { deckDeletions } from '@/components/cards/stores';
import { iconButtonClass } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import type { DeckSummary } from '@/lib/db/queries/deck';
import { api, paths } from '@/lib/links';
import { DeckForm } from './deck-form';

type DeckRowProps = { deck: DeckSummary; timezone: string; deleteFailed: boolean };

const FORMATS = [
  { format: 'apkg', label: 'Export for Anki' },
  { format: 'csv', label: 'Export as CSV' },
  { format: 'tsv', label: 'Export for Quizlet' },
] as const;

/** What a deck holds, in words: its size and its exam. */
function aboutDeck({ cards, proposed, examDate }: DeckSummary, timezone: string): string {
  const size = cards === 1 ? '1 card' : `${cards} cards`;
  const waiting = proposed > 0 ? `${proposed} wait for you` : undefined;
  const exam =
    examDate === null ? undefined : `exam ${dayText(`${examDate}T12:00:00Z`, new Date(), timezone)}`;
  return [size, waiting, exam].filter(Boolean).join(' · ');
}

function dueText({ due, minutes, nextDue, cards }: DeckSummary, timezone: string): string {
  if (due > 0) return `${minutes} min`;
  if (cards === 0) return '';
  return nextDue === null ? 'Nothing waits' : `Next ${dayText(nextDue, new Date(), timezone)}`;
}

export function DeckRow({ deck, timezone, deleteFailed }: DeckRowProps) {
  const [isEditing, setIsEditing] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const movesFocus = useRef(false);
  if (isEditing) {
    return (
      <li className="border-rule border-t py-3 last:border-b">
        <DeckForm
          deck={deck}
          onClose={() => {
            setIsEditing(false);
            requestAnimationFrame(() => trigger.current?.focus());
          }}
        />
      </li>
    );
  }
  return (
    <li className="grid min-h-14 grid-cols-[24px_minmax(0,1fr)_auto_auto] items-center gap-x-3.5 border-rule border-t py-2 last:border-b">
      <Layers aria-hidden="true" className="size-5 text-ink-3" strokeWidth={1.75} />
      <div className="min-w-0">
        <Link
          href={paths.deck(deck.id)}
          className="block truncate font-medium font-notes text-md leading-5.5 hover:underline hover:underline-offset-3"
        >
          {deck.name}
        </Link>
        <p className="text-ink-3 text-xs" suppressHydrationWarning>
          {aboutDeck(deck, timezone)}
        </p>
        {deleteFailed && (
          <p role="alert" className="text-brick text-xs">
            It could not be deleted. It is all still here; try again.
          </p>
        )}
      </div>
      {deck.due > 0 ? (
        <Link
          href={paths.reviewDeck(deck.id)}
          aria-label={`Review ${deck.name}, ${dueText(deck, timezone)}`}
          className="link inline-flex min-h-11 items-center text-xs tabular md:min-h-8"
        >
          {dueText(deck, timezone)}
        </Link>
      ) : (
        <p className="text-ink-3 text-xs" suppressHydrationWarning>
          {dueText(deck, timezone)}
        </p>
      )}
      <Menu>
        <MenuTrigger ref={trigger} aria-label={`More for ${deck.name}`} className={iconButtonClass()}>
          <Ellipsis aria-hidden="true" className="size-4.5" />
        </MenuTrigger>
        <MenuContent
          onCloseAutoFocus={(event) => {
            // The form or Undo takes the focus: the button it would go back to is no longer there.
            if (movesFocus.current) event.preventDefault();
            movesFocus.current = false;
          }}
        >
          <MenuItem
            onSelect={() => {
              movesFocus.current = true;
              setIsEditing(true);
            }}
          >
            <Pencil aria-hidden="true" className="size-4" />
            Change name or exam
          </MenuItem>
          {FORMATS.map(({ format, label }) => (
            <MenuItem key={format} asChild>
              <a href={api.exportDecks({ deck: deck.id, format })} download>
                <Download aria-hidden="true" className="size-4" />
                {label}
              </a>
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuItem
            brick
            onSelect={() => {
              movesFocus.current = true;
              deckDeletions.schedule(deck.id);
            }}
          >
            <Trash2 aria-hidden="true" className="size-4" />
            Delete
          </MenuItem>
        </MenuContent>
      </Menu>
    </li>
  );
}
