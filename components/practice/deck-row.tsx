'use client';

import { Download, Layers } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useText } from '#use-text';
import { dayText } from '@/components/cards/due-text';
import { addDeck, changeDeck } from '@/components/cards/requests';
import { deckDeletions, refreshCards } from '@/components/cards/stores';
import { EditableRow } from '@/components/ui/editable-row';
import { MenuLink } from '@/components/ui/menu';
import { RowForm } from '@/components/ui/row-form';
import { TextField } from '@/components/ui/text-field';
import type { DeckSummary } from '@/lib/db/queries/deck';
import { MAX_LABEL_CHARACTERS, MAX_NEW_PER_DAY, MAX_REVIEWS_PER_DAY } from '@/lib/domain/bounds';
import type { DeckChange, NewOrder } from '@/lib/domain/deck';
import { type Translate, text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';

type DeckRowProps = { deck: DeckSummary; timezone: string };

const EXPORTS = [
  { format: 'apkg', label: text('Export for Anki') },
  { format: 'csv', label: text('Export as CSV') },
  { format: 'txt', label: text('Export as text') },
  { format: 'quizlet', label: text('Export for Quizlet') },
] as const;

/** What a deck holds, in words: its size and its exam. */
function aboutDeck({ cards, proposed, examDate }: DeckSummary, timezone: string, t: Translate): string {
  const waiting = proposed > 0 ? t('{proposed} wait for you', { proposed }) : undefined;
  const exam =
    examDate === null
      ? undefined
      : t('exam {dayText}', { dayText: dayText(`${examDate}T12:00:00Z`, new Date(), timezone, t) });
  return [t('{cards, plural, one {# card} other {# cards}}', { cards }), waiting, exam]
    .filter(Boolean)
    .join(' · ');
}

function dueText({ due, minutes, nextDue, cards }: DeckSummary, timezone: string, t: Translate): string {
  if (due > 0) return t('{minutes} min', { minutes });
  if (cards === 0) return '';
  return nextDue === null
    ? t('Nothing waits')
    : t('Next {dayText}', { dayText: dayText(nextDue, new Date(), timezone, t) });
}

export function DeckRow({ deck, timezone }: DeckRowProps) {
  const t = useText();
  const { id, name } = deck;
  const due = dueText(deck, timezone, t);
  return (
    <EditableRow
      id={id}
      name={name}
      href={paths.deck(id)}
      icon={<Layers aria-hidden="true" className="size-5 text-ink-3" strokeWidth={1.75} />}
      about={aboutDeck(deck, timezone, t)}
      aside={
        deck.due > 0 ? (
          <Link
            prefetch={false}
            href={paths.reviewDeck(id)}
            aria-label={t('Review {name}, {due}', { name, due })}
            className="link inline-flex min-h-11 items-center text-xs tabular md:min-h-8"
          >
            {due}
          </Link>
        ) : (
          <p className="text-ink-3 text-xs" suppressHydrationWarning>
            {due}
          </p>
        )
      }
      columns="grid-cols-[24px_minmax(0,1fr)_auto_auto]"
      change={{
        label: t('Change name, exam or pace'),
        editor: (close) => <DeckForm deck={deck} onClose={close} />,
      }}
      items={EXPORTS.map(({ format, label }) => (
        <MenuLink key={format} icon={Download} href={api.exportDecks({ deck: id, format })} download>
          {t(label)}
        </MenuLink>
      ))}
      deletions={deckDeletions}
      goneWords={text('<span>{name}</span> and its cards are deleted.')}
    />
  );
}

type Wishes = Pick<DeckSummary, 'name' | 'examDate' | 'newPerDay' | 'reviewsPerDay' | 'newOrder'>;

/** What differs from what is kept. */
const changeOf = (deck: DeckSummary, wished: Wishes): DeckChange =>
  Object.fromEntries(Object.entries(wished).filter(([key, value]) => deck[key as keyof Wishes] !== value));

function perDay(written: string, what: string, most: number, t: Translate): number | null {
  if (written === '') return null;
  const count = Number(written);
  if (Number.isInteger(count) && count >= 0 && count <= most) return count;
  throw new Error(t('{what} a day are a number up to {most}, or nothing.', { what, most }));
}

const orderOf = (written: string): NewOrder => (written === 'shuffled' ? 'shuffled' : 'added');

/** How many of its cards a day brings, and which first. */
const PaceOf = ({ deck }: { deck: DeckSummary }) => {
  const t = useText();
  return (
    <>
      <TextField
        label={t('New cards a day')}
        name="new"
        inputMode="numeric"
        defaultValue={deck.newPerDay ?? ''}
        placeholder={t('As many as fit')}
        autoComplete="off"
        hint={t('Empty: paced for the exam, or 20 over all decks.')}
      />
      <TextField
        label={t('Reviews a day')}
        name="reviews"
        inputMode="numeric"
        defaultValue={deck.reviewsPerDay ?? ''}
        placeholder={t('All that are due')}
        autoComplete="off"
        hint={t('Those due longest come first; the others wait a day.')}
      />
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          name="order"
          value="shuffled"
          defaultChecked={deck.newOrder === 'shuffled'}
          className="size-4.5 accent-ink"
        />
        {t('Shuffle new cards')}
      </label>
    </>
  );
};

type DeckFormProps = {
  /** The deck to change; a new one without it. */
  deck?: DeckSummary;
  onClose: () => void;
};

/** Name and exam date of a deck. */
export function DeckForm({ deck, onClose }: DeckFormProps) {
  const t = useText();
  const router = useRouter();
  return (
    <RowForm
      onClose={onClose}
      isPrimary={deck === undefined}
      onSave={async (read) => {
        const [name, examDate] = [read('name'), read('exam') || null];
        if (name === '') throw new Error(t('Give it a name.'));
        if (deck) {
          const change = changeOf(deck, {
            name,
            examDate,
            newPerDay: perDay(read('new'), t('New cards'), MAX_NEW_PER_DAY, t),
            reviewsPerDay: perDay(read('reviews'), t('Reviews'), MAX_REVIEWS_PER_DAY, t),
            newOrder: orderOf(read('order')),
          });
          if (Object.keys(change).length === 0) return;
          await changeDeck(deck.id, change);
        } else await addDeck({ name, examDate });
        refreshCards();
        router.refresh();
      }}
      fields={(problem) => (
        <>
          <TextField
            label={t('Name')}
            name="name"
            defaultValue={deck?.name ?? ''}
            maxLength={MAX_LABEL_CHARACTERS}
            autoFocus
            autoComplete="off"
            className="font-notes"
            error={problem}
          />
          <TextField
            label={t('Exam on')}
            name="exam"
            type="date"
            defaultValue={deck?.examDate ?? ''}
            hint={t('Cards come back in time for it.')}
          />
          {deck && <PaceOf deck={deck} />}
        </>
      )}
    />
  );
}
