'use client';

import { useRef, useState } from 'react';
import { SideField, sidesProblem } from '@/components/cards/card-editor';
import { addCards } from '@/components/cards/requests';
import { refreshCards } from '@/components/cards/stores';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Form, type ReadField } from '@/components/ui/form';
import { TextField } from '@/components/ui/text-field';
import type { DeckSummary } from '@/lib/db/queries/deck';
import { MAX_LABEL_CHARACTERS } from '@/lib/domain/bounds';

type NewCardProps = {
  decks: readonly DeckSummary[];
  deck: string | undefined;
  onClose: () => void;
  onAdded: () => void;
};

/** A card by hand: question and answer, or a text that hides something in {{c1::…}}. It stays open for the next one. */
export function NewCard({ decks, deck, onClose, onAdded }: NewCardProps) {
  const front = useRef<HTMLTextAreaElement>(null);
  const back = useRef<HTMLTextAreaElement>(null);
  const [done, setDone] = useState('');
  const { run, pending, problem } = useAction(async (read: ReadField) => {
    setDone('');
    const card = { front: read('front'), back: read('back'), deck: read('deck') };
    const wrong = sidesProblem(card);
    if (wrong) throw new Error(wrong);
    const { flashcardIds } = await addCards([card]);
    if (flashcardIds.length === 0) throw new Error('The deck asks this already. Nothing added.');
    setDone(flashcardIds.length === 1 ? 'Added.' : `Added as ${flashcardIds.length} cards.`);
    for (const { current } of [front, back]) if (current) current.value = '';
    front.current?.focus();
    onAdded();
    refreshCards();
  });

  return (
    <Form
      onSend={run}
      onLeave={onClose}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
      className="mb-6 grid gap-3 rounded-3 border border-rule bg-page p-4.5"
    >
      <div className="grid gap-3 md:grid-cols-2">
        <SideField
          ref={front}
          label="Front"
          name="front"
          rows={3}
          autoFocus
          hint="Hide words with {{c1::these words}}. Formulas in \(…\)."
        />
        <SideField ref={back} label="Back" name="back" rows={3} error={problem} />
      </div>
      <TextField
        label="Deck"
        name="deck"
        defaultValue={deck ?? decks[0]?.name ?? ''}
        maxLength={MAX_LABEL_CHARACTERS}
        options={decks.map(({ name }) => name)}
        autoComplete="off"
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={pending}>
          Add
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Close
        </Button>
        <p role="status" className="text-ink-2 text-xs">
          {done}
        </p>
      </div>
    </Form>
  );
}
