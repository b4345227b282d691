'use client';

import { Plus } from 'lucide-react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { fetchDecks } from '@/components/cards/requests';
import { Button } from '@/components/ui/button';
import { useInPlace } from '@/components/ui/editable-row';
import type { DueSummary } from '@/lib/db/queries/deck';
import { api } from '@/lib/links';
import { DeckForm, DeckRow } from './deck-row';

/** What is due, as the server told it first and as it is now. */
export const useDecks = (initial: DueSummary): DueSummary =>
  useSWR(api.decks, fetchDecks, { fallbackData: initial, revalidateOnMount: false }).data ?? initial;

/** The student's decks with what is due in each, in minutes, and the way to another one. */
export function Decks({ initial }: { initial: DueSummary }) {
  const t = useText();
  const { decks, timezone } = useDecks(initial);
  const form = useInPlace();
  return (
    <>
      {decks.length > 0 && (
        <ul>
          {decks.map((deck) => (
            <DeckRow key={deck.id} deck={deck} timezone={timezone} />
          ))}
        </ul>
      )}
      {form.isOpen ? (
        <div className="mt-4">
          <DeckForm onClose={form.close} />
        </div>
      ) : (
        <div className="mt-2">
          {decks.length === 0 && (
            <p className="pb-2 text-ink-2 text-md">
              {t('No deck yet. Cards you keep make one by themselves.')}
            </p>
          )}
          <Button ref={form.opener} variant="quiet" className="-ml-4" onClick={form.open}>
            <Plus aria-hidden="true" className="size-4" /> {t('New deck')}
          </Button>
        </div>
      )}
    </>
  );
}
