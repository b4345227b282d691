'use client';

import { clsx } from 'clsx';
import { FolderInput, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useText } from '#use-text';
import { CardSides } from '@/components/cards/card-text';
import { dayText } from '@/components/cards/due-text';
import { changeCard } from '@/components/cards/requests';
import { cardDeletions, refreshCards } from '@/components/cards/stores';
import { useDeletions } from '@/components/client/deferred-delete';
import { useAction } from '@/components/client/use-action';
import { DeletedRow } from '@/components/ui/deleted-row';
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu';
import { ProblemText } from '@/components/ui/problem-text';
import type { CardView } from '@/lib/db/queries/card-view';
import type { DueSummary } from '@/lib/db/queries/deck';
import { type CardChange, LEECH_LAPSES } from '@/lib/domain/card';
import type { Translate } from '@/lib/language/text';

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

const forgotten = ({ state }: CardView, t: Translate): string | null =>
  state.lapses >= LEECH_LAPSES
    ? t('forgotten {lapses, plural, one {# time} other {# times}}', { lapses: state.lapses })
    : null;

function stateText({ suspended, state }: CardView, timezone: string, t: Translate): string {
  if (suspended) return t('Suspended');
  if (state.reps === 0) return t('Not seen yet');
  return t('Comes {dayText}', { dayText: dayText(state.due, new Date(), timezone, t) });
}

export function CardRow({ card, summary, showsDeck, onEdit, onChanged, chosen }: CardRowProps) {
  const t = useText();
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
        {t('The card is deleted.')}
      </DeletedRow>
    );
  }
  const others = summary.decks.filter((deck) => deck.id !== card.deckId).slice(0, MOVES_SHOWN);
  const undeleted = failed.has(id) ? t('It could not be deleted. It is still here; try again.') : undefined;
  const about = [
    showsDeck ? card.deck : null,
    card.source?.title ?? card.topic,
    stateText(card, summary.timezone, t),
    forgotten(card, t),
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
          <span className="sr-only">{t('Choose {front}', { front: front.slice(0, 60) })}</span>
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
        <p className="mt-1 text-ink-3 text-xs">{[...new Set(about.filter(Boolean))].join(' · ')}</p>
        <ProblemText problem={problem ?? undeleted} />
      </div>
      <MoreMenu about={front.slice(0, 60)} className="max-h-[70dvh] overflow-y-auto">
        <MenuItem icon={Pencil} onSelect={onEdit}>
          {t('Edit')}
        </MenuItem>
        <MenuItem icon={suspended ? Play : Pause} onSelect={() => void change({ suspended: !suspended })}>
          {suspended ? t('Review it again') : t('Suspend')}
        </MenuItem>
        {others.length > 0 && <MenuSeparator />}
        {others.map((deck) => (
          <MenuItem key={deck.id} icon={FolderInput} onSelect={() => void change({ deckId: deck.id })}>
            <span className="min-w-0 truncate">{t('Move to {name}', { name: deck.name })}</span>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={Trash2} brick onSelect={() => cardDeletions.schedule(id)}>
          {t('Delete')}
        </MenuItem>
      </MoreMenu>
    </li>
  );
}
