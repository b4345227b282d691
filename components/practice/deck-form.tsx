'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { addDeck, changeDeck } from '@/components/cards/requests';
import { refreshCards } from '@/components/cards/stores';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { MAX_LABEL_CHARACTERS } from '@/lib/domain/bounds';

type DeckFormProps = {
  /** The deck to change; a new one without it. */
  deck?: { id: string; name: string; examDate: string | null };
  onClose: () => void;
};

/** Name and exam date of a deck. Escape leaves it as it was. */
export function DeckForm({ deck, onClose }: DeckFormProps) {
  const router = useRouter();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = String(form.get('name') ?? '').trim();
    const examDate = String(form.get('exam') ?? '') || null;
    if (name === '') return setError('Give it a name.');
    if (busy || (deck && name === deck.name && examDate === deck.examDate)) return onClose();
    setBusy(true);
    try {
      if (deck) {
        await changeDeck(deck.id, {
          ...(name === deck.name ? {} : { name }),
          ...(examDate === deck.examDate ? {} : { examDate }),
        });
      } else await addDeck({ name, examDate });
      refreshCards();
      router.refresh();
      onClose();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'It could not be saved. Try again.');
      setBusy(false);
    }
  };

  return (
    <form
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
      className="grid items-start gap-3 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_auto]"
    >
      <TextField
        label="Name"
        name="name"
        defaultValue={deck?.name ?? ''}
        maxLength={MAX_LABEL_CHARACTERS}
        autoFocus
        autoComplete="off"
        className="font-notes"
        {...(error ? { error } : {})}
      />
      <TextField
        label="Exam on"
        name="exam"
        type="date"
        defaultValue={deck?.examDate ?? ''}
        hint="Cards come back in time for it."
      />
      <div className="flex gap-2 md:pt-7.5">
        <Button type="submit" variant={deck ? 'line' : 'primary'} busy={busy}>
          Save
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
