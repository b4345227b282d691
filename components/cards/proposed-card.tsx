'use client';

import { Check, Pencil, X } from 'lucide-react';
import { useText } from '#use-text';
import { Button, IconButton } from '@/components/ui/button';
import type { KeptCard } from '@/lib/domain/card';
import { CardSides } from './card-text';

export type ProposedSides = Omit<KeptCard, 'topic' | 'deck'> & { id: string };

type ProposedCardProps = {
  card: ProposedSides;
  state: 'proposed' | 'kept' | 'dropping' | 'gone';
  busy: boolean;
  onKeep: () => void;
  onEdit: () => void;
  onDrop: () => void;
  onUndoDrop: () => void;
};

/** One card the agent made: both sides, where it comes from, and keep, edit or drop. */
export function ProposedCard({ card, state, busy, onKeep, onEdit, onDrop, onUndoDrop }: ProposedCardProps) {
  const t = useText();
  const { source } = card;
  if (state === 'dropping') {
    return (
      <li className="flex min-h-11 items-center gap-3 border-rule border-t py-2 text-ink-2 first:border-t-0">
        <span className="min-w-0 flex-1 truncate">{t('Dropped.')}</span>
        <button type="button" className="link min-h-8 px-1" onClick={onUndoDrop}>
          {t('Undo')}
        </button>
      </li>
    );
  }
  return (
    <li className="grid gap-x-3 border-rule border-t py-3 first:border-t-0 md:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <CardSides card={card} />
        <p className="mt-1 text-ink-3 text-xs">
          {source
            ? `${source.title}${source.page === null ? '' : t(', page {page}', { page: source.page })}`
            : t('No passage behind it')}
        </p>
      </div>
      {state === 'proposed' && (
        <div className="flex items-start gap-1 max-md:-ml-3">
          <Button size="sm" variant="quiet" onClick={onKeep} busy={busy}>
            <Check aria-hidden="true" className="size-4" /> {t('Keep')}
          </Button>
          <IconButton label={t('Edit this card')} onClick={onEdit}>
            <Pencil aria-hidden="true" className="size-4" />
          </IconButton>
          <IconButton label={t('Drop this card')} onClick={onDrop}>
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
      )}
      {state !== 'proposed' && (
        <p className="flex items-start gap-1.5 text-ink-3 text-xs md:pt-1">
          {state === 'kept' && <Check aria-hidden="true" className="size-4 text-moss" />}
          {state === 'kept' ? t('Kept') : t('Not in your deck')}
        </p>
      )}
    </li>
  );
}
