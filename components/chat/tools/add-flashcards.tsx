'use client';

import Link from 'next/link';
import { ProposedList } from '@/components/cards/proposed-list';
import { buttonClass } from '@/components/ui/button';
import { paths } from '@/lib/links';
import type { ToolCardProps, ToolView } from './tool-view';

/** New cards, and the ones that were left out because the deck has them already. */
export function AddFlashcardsCard({ part }: ToolCardProps<'addFlashcards'>) {
  const { cards, duplicates } = part.output;
  const decks = [...new Set(cards.map(({ deck }) => deck))];
  const size = cards.length === 1 ? '1 new card' : `${cards.length} new cards`;
  return (
    <section aria-label="New cards" className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4">
      <h3 className="font-semibold text-md">{cards.length === 0 ? 'No new cards' : size}</h3>
      {decks.length > 0 && <p className="mt-0.5 mb-2 text-ink-2">For {decks.join(', ')}</p>}
      {cards.length > 0 && (
        <ProposedList
          cards={cards}
          action={
            <Link href={paths.practice} className={buttonClass({ variant: 'quiet' })}>
              Open Practice
            </Link>
          }
        />
      )}
      {duplicates.length > 0 && (
        <details className="mt-2 text-ink-2">
          <summary className="min-h-8 cursor-pointer">
            {duplicates.length === 1
              ? 'One card left out: you have it already'
              : `${duplicates.length} cards left out: you have them already`}
          </summary>
          <ul className="mt-1 list-disc pl-5 font-notes">
            {duplicates.map(({ front }) => (
              <li key={front}>{front}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

export const addFlashcards: ToolView<'addFlashcards'> = {
  verbs: { running: 'Making cards', done: 'Made cards', failed: 'Could not make the cards' },
  Card: AddFlashcardsCard,
};
