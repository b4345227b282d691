'use client';

import { useRef, useState } from 'react';
import { useText } from '#use-text';
import { PictureSideField, sidesProblem } from '@/components/cards/card-editor';
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
  const t = useText();
  const front = useRef<HTMLTextAreaElement>(null);
  const back = useRef<HTMLTextAreaElement>(null);
  const [done, setDone] = useState('');
  const { run, pending, problem } = useAction(async (read: ReadField) => {
    setDone('');
    const card = { front: read('front'), back: read('back'), deck: read('deck') };
    const wrong = sidesProblem(card, undefined, t);
    if (wrong) throw new Error(wrong);
    const { flashcardIds } = await addCards([card]);
    if (flashcardIds.length === 0) throw new Error(t('The deck asks this already. Nothing added.'));
    setDone(
      flashcardIds.length === 1 ? t('Added.') : t('Added as {count} cards.', { count: flashcardIds.length }),
    );
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
        <PictureSideField
          ref={front}
          label={t('Front')}
          name="front"
          rows={3}
          autoFocus
          hint={t('Hide words with {gap}. Formulas in {formula}.', { gap: '{{c1::…}}', formula: '\\(…\\)' })}
        />
        <PictureSideField ref={back} label={t('Back')} name="back" rows={3} error={problem} />
      </div>
      <TextField
        label={t('Deck')}
        name="deck"
        defaultValue={deck ?? decks[0]?.name ?? ''}
        maxLength={MAX_LABEL_CHARACTERS}
        options={decks.map(({ name }) => name)}
        autoComplete="off"
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={pending}>
          {t('Add')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('Close')}
        </Button>
        <p role="status" className="text-ink-2 text-xs">
          {done}
        </p>
      </div>
    </Form>
  );
}
