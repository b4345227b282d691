'use client';

import { clsx } from 'clsx';
import { FolderInput, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { CardSides } from '@/components/cards/card-text';
import { dayText } from '@/components/cards/due-text';
import { changeCard } from '@/components/cards/requests';
import { cardDeletions, refreshCards } from '@/components/cards/stores';
import { useDeletions } from '@/components/client/deferred-delete';
import { useAction } from '@/components/client/use-action';
import { DeletedRow } from '@/components/ui/deleted-row';
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu';
import { ProblemText } from '@/components/ui/problem-text';
import { counted } from '@/lib/calendar/words';
import type { CardView } from '@/lib/db/queries/card-view';
import type { DueSummary } from '@/lib/db/queries/deck';
import { type CardChange, LEECH_LAPSES } from '@/lib/domain/card';

type CardRowProps = {
  card: CardView;
  summary: DueSummary;
  showsDeck: boolean;
  onEdit: () => void;
  onChanged: () => void;
  /** While cards are chosen to be changed together. */
  chosen?: { isChosen: boolean; toggle: () => void };
};

const MOVES_SHOWN = 12;

const forgotten = ({ state }: CardView): string | null =>
  state.lapses >= LEECH_LAPSES ? `forgotten ${counted(state.lapses, 'time')}` : null;

function stateText({ suspended, state }: CardView, timezone: string): string {
  if (suspended) return 'Suspended';
  if (state.reps === 0) return 'Not seen yet';
  return `Comes ${dayText(state.due, new Date(), timezone)}`;
}

export function CardRow({ card, summary, showsDeck, onEdit, onChanged, chosen }: CardRowProps) {
  const { id, front, suspended } = card;
  const { pending, failed } = useDeletions(cardDeletions);
  const { run: change, problem } = useAction(async (fields: CardChange) => {
    await changeCard(id, fields);
    onChanged();
    refreshCards();
  });
  if (pending.has(id)) {
    return (
      <DeletedRow hasIcon={false} onUndo={() => cardDeletions.undo(id)}>
        The card is deleted.
      </DeletedRow>
    );
  }
  const others = summary.decks.filter((deck) => deck.id !== card.deckId).slice(0, MOVES_SHOWN);
  const undeleted = failed.has(id) ? 'It could not be deleted. It is still here; try again.' : undefined;
  const about = [
    showsDeck ? card.deck : null,
    card.source?.title ?? card.topic,
    stateText(card, summary.timezone),
    forgotten(card),
    card.tags.length > 0 ? card.tags.map((tag) => `#${tag}`).join(' ') : null,
  ];
  return (
    <li
      className={clsx(
        'grid gap-x-3 border-rule border-t py-3 last:border-b',
        chosen ? 'grid-cols-[auto_minmax(0,1fr)_auto]' : 'grid-cols-[minmax(0,1fr)_auto]',
      )}
    >
      {chosen && (
        <label className="grid size-11 place-items-center md:size-8">
          <span className="sr-only">Choose {front.slice(0, 60)}</span>
          <input
            type="checkbox"
            checked={chosen.isChosen}
            onChange={chosen.toggle}
            className="size-4.5 accent-ink"
          />
        </label>
      )}
      <div className="min-w-0">
        <CardSides card={card} />
        <p className="mt-1 text-ink-3 text-xs">{about.filter(Boolean).join(' · ')}</p>
        <ProblemText problem={problem ?? undeleted} />
      </div>
      <MoreMenu about={front.slice(0, 60)} className="max-h-[70dvh] overflow-y-auto">
        <MenuItem icon={Pencil} onSelect={onEdit}>
          Edit
        </MenuItem>
        <MenuItem icon={suspended ? Play : Pause} onSelect={() => void change({ suspended: !suspended })}>
          {suspended ? 'Review it again' : 'Suspend'}
        </MenuItem>
        {others.length > 0 && <MenuSeparator />}
        {others.map((deck) => (
          <MenuItem key={deck.id} icon={FolderInput} onSelect={() => void change({ deckId: deck.id })}>
            <span className="min-w-0 truncate">Move to {deck.name}</span>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={Trash2} brick onSelect={() => cardDeletions.schedule(id)}>
          Delete
        </MenuItem>
      </MoreMenu>
    </li>
  );
}
