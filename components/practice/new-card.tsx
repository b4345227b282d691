'use client';

import { type FormEvent, useId, useRef, useState } from 'react';
import { addCards } from '@/components/cards/requests';
import { refreshCards } from '@/components/cards/stores';
import { TextArea } from '@/components/cards/text-area';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import type { DeckSummary } from '@/lib/db/queries/deck';
import { MAX_LABEL_CHARACTERS } from '@/lib/domain/bounds';
import { clozeIndexes } from '@/lib/study/cards/cloze';

type NewCardProps = {
  decks: readonly DeckSummary[];
  deck: string | undefined;
  onClose: () => void;
  onAdded: () => void;
};

/** A card by hand: question and answer, or a text that hides something in {{c1::…}}. It stays open for the next one. */
export function NewCard({ decks, deck, onClose, onAdded }: NewCardProps) {
  const listId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<string>();
  const [done, setDone] = useState('');
  const [busy, setBusy] = useState(false);

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const fields = new FormData(event.currentTarget);
    const read = (name: string) => String(fields.get(name) ?? '').trim();
    const card = { front: read('front'), back: read('back'), deck: read('deck') || 'My cards' };
    setDone('');
    if (card.front === '') return setError('Write a front.');
    if (card.back === '' && clozeIndexes(card.front).length === 0) {
      return setError('Write a back, or hide part of the front in {{c1::…}}.');
    }
    setError(undefined);
    setBusy(true);
    try {
      const { flashcardIds } = await addCards([card]);
      if (flashcardIds.length === 0) return setError('The deck asks this already. Nothing added.');
      setDone(flashcardIds.length === 1 ? 'Added.' : `Added as ${flashcardIds.length} cards.`);
      for (const name of ['front', 'back']) {
        const field = form.current?.elements.namedItem(name);
        if (field instanceof HTMLTextAreaElement) field.value = '';
      }
      const front = form.current?.elements.namedItem('front');
      if (front instanceof HTMLTextAreaElement) front.focus();
      onAdded();
      refreshCards();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'It could not be saved. Try again.');
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      ref={form}
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
      className="mb-6 grid gap-3 rounded-3 border border-rule bg-page p-4.5"
    >
      <div className="grid gap-3 md:grid-cols-2">
        <TextArea
          label="Front"
          name="front"
          rows={3}
          autoFocus
          hint="Hide words with {{c1::these words}}. Formulas in \(…\)."
        />
        <TextArea label="Back" name="back" rows={3} error={error} />
      </div>
      <TextField
        label="Deck"
        name="deck"
        defaultValue={deck ?? decks[0]?.name ?? ''}
        maxLength={MAX_LABEL_CHARACTERS}
        list={listId}
        autoComplete="off"
      />
      <datalist id={listId}>
        {decks.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          Add
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Close
        </Button>
        <p role="status" className="text-ink-2 text-xs">
          {done}
        </p>
      </div>
    </form>
  );
}
