'use client';

import { Ellipsis, FolderInput, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { CardText } from '@/components/cards/card-text';
import { dayText } from '@/components/cards/due-text';
import { changeCard } from '@/components/cards/requests';
import { cardDeletions, refreshCards } from '@/components/cards/stores';
import { iconButtonClass } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import type { CardView } from '@/lib/db/queries/card-view';
import type { DeckSummary } from '@/lib/db/queries/deck';
import type { CardChange } from '@/lib/domain/card';
import { isProvenAnswer } from '@/lib/study/cards/prepare';

type CardRowProps = {
  card: CardView;
  decks: readonly DeckSummary[];
  timezone: string;
  showsDeck: boolean;
  deleteFailed: boolean;
  onEdit: () => void;
  onChanged: () => void;
};

const MOVES_SHOWN = 12;

function stateText({ suspended, state }: CardView, timezone: string): string {
  if (suspended) return 'Suspended';
  if (state.reps === 0) return 'Not seen yet';
  return `Comes ${dayText(state.due, new Date(), timezone)}`;
}

export function CardRow({ card, decks, timezone, showsDeck, deleteFailed, onEdit, onChanged }: CardRowProps) {
  const [problem, setProblem] = useState<string>();
  const { id, front, back, kind, clozeIndex, suspended } = card;
  const change = async (fields: CardChange) => {
    setProblem(undefined);
    try {
      await changeCard(id, fields);
      onChanged();
      refreshCards();
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : 'It could not be saved. Try again.');
    }
  };
  const cloze =
    kind === 'cloze' ? { index: clozeIndex, shown: true, proven: isProvenAnswer(card) } : undefined;
  const others = decks.filter((deck) => deck.id !== card.deckId).slice(0, MOVES_SHOWN);
  const about = [showsDeck ? card.deck : null, card.source?.title ?? card.topic, stateText(card, timezone)]
    .filter(Boolean)
    .join(' · ');
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-rule border-t py-3 last:border-b">
      <div className="min-w-0">
        <CardText text={front} cloze={cloze} className="font-medium font-notes text-md" />
        {back !== '' && <CardText text={back} className="mt-0.5 font-notes text-ink-2 text-md" />}
        <p className="mt-1 text-ink-3 text-xs">{about}</p>
        {(problem || deleteFailed) && (
          <p role="alert" className="text-brick text-xs">
            {problem ?? 'It could not be deleted. It is still here; try again.'}
          </p>
        )}
      </div>
      <Menu>
        <MenuTrigger aria-label={`More for ${front.slice(0, 60)}`} className={iconButtonClass()}>
          <Ellipsis aria-hidden="true" className="size-4.5" />
        </MenuTrigger>
        <MenuContent className="max-h-[70dvh] overflow-y-auto">
          <MenuItem onSelect={onEdit}>
            <Pencil aria-hidden="true" className="size-4" />
            Edit
          </MenuItem>
          <MenuItem onSelect={() => void change({ suspended: !suspended })}>
            {suspended ? (
              <Play aria-hidden="true" className="size-4" />
            ) : (
              <Pause aria-hidden="true" className="size-4" />
            )}
            {suspended ? 'Review it again' : 'Suspend'}
          </MenuItem>
          {others.length > 0 && <MenuSeparator />}
          {others.map((deck) => (
            <MenuItem key={deck.id} onSelect={() => void change({ deckId: deck.id })}>
              <FolderInput aria-hidden="true" className="size-4 shrink-0" />
              <span className="min-w-0 truncate">Move to {deck.name}</span>
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuItem brick onSelect={() => cardDeletions.schedule(id)}>
            <Trash2 aria-hidden="true" className="size-4" />
            Delete
          </MenuItem>
        </MenuContent>
      </Menu>
    </li>
  );
}

/** Stands where the card stood until the deletion is really made. */
export function DeletedCardRow({ card }: { card: CardView }) {
  return (
    <li className="flex min-h-14 items-center gap-3.5 border-rule border-t py-2 text-ink-2 last:border-b">
      <p role="status" className="min-w-0 flex-1 truncate">
        The card is deleted.
      </p>
      <button
        type="button"
        // biome-ignore lint/a11y/noAutofocus: the button that deleted is gone, and this takes it back.
        autoFocus
        className="link min-h-8 px-1"
        onClick={() => cardDeletions.undo(card.id)}
      >
        Undo
      </button>
    </li>
  );
}
