'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { changeCard, tagCards } from '@/components/cards/requests';
import { cardDeletions, refreshCards } from '@/components/cards/stores';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Form, type ReadField } from '@/components/ui/form';
import { Strip } from '@/components/ui/strip';
import { TextField } from '@/components/ui/text-field';
import type { CardView } from '@/lib/db/queries/card-view';
import type { DueSummary } from '@/lib/db/queries/deck';
import { MAX_TAG_CHARACTERS } from '@/lib/domain/bounds';
import type { CardChange } from '@/lib/domain/card';

/** Cards that were chosen to be changed together; null while none are to be chosen. */
export function useSelection(cards: readonly CardView[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  return {
    isOn: chosen !== null,
    // What another search or page has taken away is not changed unseen.
    cards: cards.filter(({ id }) => chosen?.has(id)),
    has: (id: string) => chosen?.has(id) === true,
    toggle: (id: string) =>
      setChosen(
        (ids) => new Set([...(ids ?? [])].filter((one) => one !== id).concat(ids?.has(id) ? [] : id)),
      ),
    all: () => setChosen(new Set(cards.map(({ id }) => id))),
    start: () => setChosen(new Set()),
    end: () => setChosen(null),
  };
}

type SelectionBarProps = {
  selection: ReturnType<typeof useSelection>;
  summary: DueSummary;
  /** Tags there are already. */
  tags?: readonly string[];
  onChanged: () => void;
};

type TagFieldProps = {
  tags: readonly string[];
  disabled: boolean;
  tagging: { run: (read: ReadField) => Promise<unknown>; pending: boolean };
};

/** A tag for all that are chosen; one that all of them have is taken away. */
const TagField = ({ tags, disabled, tagging }: TagFieldProps) => {
  const t = useText();
  return (
    <Form onSend={(read) => void tagging.run(read)} className="flex items-center gap-1">
      <TextField
        label={t('Tag')}
        labelHidden
        name="tag"
        placeholder={t('Tag')}
        maxLength={MAX_TAG_CHARACTERS}
        options={tags}
        autoComplete="off"
        className="h-11! w-32! px-2! text-sm! md:h-8!"
      />
      <Button type="submit" size="sm" disabled={disabled} busy={tagging.pending}>
        {t('Set')}
      </Button>
    </Form>
  );
};

/** What can be done with the chosen cards. One that fails stays chosen, so that it can be tried again. */
export function SelectionBar({ selection, summary, tags = [], onChanged }: SelectionBarProps) {
  const t = useText();
  const { cards, toggle } = selection;
  const { run, pending, problem } = useAction(async (change: CardChange) => {
    try {
      for (const { id } of cards) {
        await changeCard(id, change);
        toggle(id);
      }
    } finally {
      onChanged();
      refreshCards();
    }
  });
  const tagging = useAction(async (read: ReadField) => {
    const tag = read('tag');
    if (tag === '') return;
    const had = cards.every(({ tags }) => tags.includes(tag));
    await tagCards({ ids: cards.map(({ id }) => id), add: had ? [] : [tag], remove: had ? [tag] : [] });
    onChanged();
  });
  const areSuspended = cards.length > 0 && cards.every(({ suspended }) => suspended);
  const isNothing = cards.length === 0;
  return (
    <div className="sticky top-0 z-10 mb-1 flex flex-wrap items-center gap-2 border-rule border-b bg-desk py-2">
      <p role="status" className="mr-auto text-ink-2 tabular">
        {isNothing
          ? t('Choose cards.')
          : t('{count, plural, one {# card} other {# cards}} chosen', { count: cards.length })}
      </p>
      <Button size="sm" variant="quiet" onClick={selection.all}>
        {t('All shown')}
      </Button>
      <Button
        size="sm"
        busy={pending}
        disabled={isNothing}
        onClick={() => void run({ suspended: !areSuspended })}
      >
        {areSuspended ? t('Review again') : t('Suspend')}
      </Button>
      <label className="text-sm">
        <span className="sr-only">{t('Move to a deck')}</span>
        <select
          value=""
          disabled={isNothing || pending}
          onChange={(event) => void run({ deckId: event.target.value })}
          className="h-11 max-w-44 rounded-2 border border-edge bg-page px-2 md:h-8"
        >
          <option value="">{t('Move to…')}</option>
          {summary.decks.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <TagField tags={tags} disabled={isNothing} tagging={tagging} />
      <Button
        size="sm"
        disabled={isNothing || pending}
        onClick={() => {
          for (const { id } of cards) cardDeletions.schedule(id);
          selection.end();
        }}
      >
        {t('Delete')}
      </Button>
      <Button size="sm" variant="quiet" onClick={selection.end}>
        {t('Done')}
      </Button>
      <Strip tone="bad" className="w-full">
        {(problem && t('{problem} The cards that are still chosen were not changed.', { problem })) ||
          tagging.problem}
      </Strip>
    </div>
  );
}
