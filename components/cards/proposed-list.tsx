'use client';

import { type ReactNode, useState } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { useDeletions } from '@/components/client/deferred-delete';
import { sentenceOf } from '@/components/client/request';
import { Button } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { api } from '@/lib/links';
import { CardEditor } from './card-editor';
import { ProposedCard, type ProposedSides } from './proposed-card';
import { decideOnCards, fetchCards } from './requests';
import { cardDrops, refreshCards } from './stores';

const SHOWN = 12;

type ProposedListProps = {
  /** The cards as they were made; what the student has done with them since is read anew. */
  cards: readonly ProposedSides[];
  /** Beside Keep all. */
  action?: ReactNode;
};

/** New cards with keep, edit and drop for each, and one button that keeps them all. */
export function ProposedList({ cards, action }: ProposedListProps) {
  const t = useText();
  const { stateOf, now, isRead, mutate, decide, busy, problem } = useDecisions(cards);
  const [expanded, setExpanded] = useState(false);
  const [editing, setEditing] = useState<ProposedSides>();

  const waiting = cards.filter((card) => isRead && stateOf(card) === 'proposed').map(({ id }) => id);
  const keptCount = cards.filter((card) => stateOf(card) === 'kept').length;
  const rows = expanded ? cards : cards.slice(0, SHOWN);
  const hidden = cards.length - rows.length;
  const saved = (id: string, sides: { front: string; back: string }) =>
    void mutate((known) => known?.map((one) => (one.id === id ? { ...one, ...sides } : one)), {
      revalidate: true,
    });

  return (
    <div>
      <ul>
        {rows.map((card) => {
          const { front, back } = now.get(card.id) ?? card;
          const shown = { ...card, front, back };
          return (
            <ProposedCard
              key={card.id}
              card={shown}
              state={stateOf(card)}
              busy={busy.has(card.id)}
              onKeep={() => void decide([card.id])}
              onEdit={() => setEditing(shown)}
              onDrop={() => cardDrops.schedule(card.id)}
              onUndoDrop={() => cardDrops.undo(card.id)}
            />
          );
        })}
      </ul>
      {hidden > 0 && (
        <button type="button" className="link min-h-11" onClick={() => setExpanded(true)}>
          {t('Show {hidden} more', { hidden })}
        </button>
      )}
      {problem && (
        <Strip tone="bad" className="mt-2" onRetry={mutate}>
          {problem}
        </Strip>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {waiting.length > 0 && (
          <Button variant="primary" busy={busy.size > 0} onClick={() => void decide(waiting)}>
            {t('Keep all')}
          </Button>
        )}
        {action}
        <p role="status" className="text-ink-3 text-xs">
          {isRead && keptCount > 0 && t('{keptCount} kept', { keptCount })}
        </p>
      </div>
      <CardEditor
        card={editing}
        onClose={() => setEditing(undefined)}
        onSaved={(sides) => editing && saved(editing.id, sides)}
      />
    </div>
  );
}

/** What has become of proposed cards, and the way to keep some. */
function useDecisions(cards: readonly ProposedSides[]) {
  const t = useText();
  const key = cards.length > 0 ? `${api.flashcards}?ids=${cards.map(({ id }) => id).join(',')}` : null;
  const { data, error, mutate } = useSWR(key, fetchCards, { shouldRetryOnError: false });
  const { pending, failed } = useDeletions(cardDrops);
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [refusal, setRefusal] = useState<string>();

  const now = new Map((data ?? []).map((card) => [card.id, card]));
  const stateOf = ({ id }: ProposedSides) => {
    if (data === undefined) return 'proposed';
    const card = now.get(id);
    if (!card) return 'gone';
    return card.proposed ? (pending.has(id) ? 'dropping' : 'proposed') : 'kept';
  };
  // Not one action: one card may be kept while another is on its way.
  const decide = async (ids: readonly string[]) => {
    setRefusal(undefined);
    setBusy((known) => new Set([...known, ...ids]));
    try {
      await decideOnCards({ keep: ids.map((id) => ({ id })) });
      await mutate();
      refreshCards();
    } catch (failure) {
      setRefusal(sentenceOf(failure, t));
    } finally {
      setBusy((known) => new Set([...known].filter((id) => !ids.includes(id))));
    }
  };
  const isUnknown = error !== undefined || cards.some(({ id }) => failed.has(id));
  const problem =
    refusal ??
    (isUnknown ? t('What became of these cards could not be read. Nothing of them is lost.') : undefined);
  return { stateOf, now, isRead: data !== undefined, mutate, decide, busy, problem };
}
