'use client';

import { Download, Layers } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { dayText } from '@/components/cards/due-text';
import { addDeck, changeDeck } from '@/components/cards/requests';
import { deckDeletions, refreshCards } from '@/components/cards/stores';
import { EditableRow } from '@/components/ui/editable-row';
import { MenuLink } from '@/components/ui/menu';
import { RowForm } from '@/components/ui/row-form';
import { TextField } from '@/components/ui/text-field';
import { counted } from '@/lib/calendar/words';
import type { DeckSummary } from '@/lib/db/queries/deck';
import { MAX_LABEL_CHARACTERS } from '@/lib/domain/bounds';
import { api, paths } from '@/lib/links';

type DeckRowProps = { deck: DeckSummary; timezone: string };

const EXPORTS = [
  { format: 'apkg', label: 'Export for Anki' },
  { format: 'csv', label: 'Export as CSV' },
  { format: 'txt', label: 'Export as text' },
  { format: 'quizlet', label: 'Export for Quizlet' },
] as const;

/** What a deck holds, in words: its size and its exam. */
function aboutDeck({ cards, proposed, examDate }: DeckSummary, timezone: string): string {
  const waiting = proposed > 0 ? `${proposed} wait for you` : undefined;
  const exam =
    examDate === null ? undefined : `exam ${dayText(`${examDate}T12:00:00Z`, new Date(), timezone)}`;
  return [counted(cards, 'card'), waiting, exam].filter(Boolean).join(' · ');
}

function dueText({ due, minutes, nextDue, cards }: DeckSummary, timezone: string): string {
  if (due > 0) return `${minutes} min`;
  if (cards === 0) return '';
  return nextDue === null ? 'Nothing waits' : `Next ${dayText(nextDue, new Date(), timezone)}`;
}

export function DeckRow({ deck, timezone }: DeckRowProps) {
  const { id, name } = deck;
  const due = dueText(deck, timezone);
  return (
    <EditableRow
      id={id}
      name={name}
      href={paths.deck(id)}
      icon={<Layers aria-hidden="true" className="size-5 text-ink-3" strokeWidth={1.75} />}
      about={aboutDeck(deck, timezone)}
      aside={
        deck.due > 0 ? (
          <Link
            href={paths.reviewDeck(id)}
            aria-label={`Review ${name}, ${due}`}
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
        label: 'Change name or exam',
        editor: (close) => <DeckForm deck={deck} onClose={close} />,
      }}
      items={EXPORTS.map(({ format, label }) => (
        <MenuLink key={format} icon={Download} href={api.exportDecks({ deck: id, format })} download>
          {label}
        </MenuLink>
      ))}
      deletions={deckDeletions}
      whatElse="cards"
    />
  );
}

type DeckFormProps = {
  /** The deck to change; a new one without it. */
  deck?: DeckSummary;
  onClose: () => void;
};

/** Name and exam date of a deck. */
export function DeckForm({ deck, onClose }: DeckFormProps) {
  const router = useRouter();
  return (
    <RowForm
      onClose={onClose}
      isPrimary={deck === undefined}
      onSave={async (read) => {
        const [name, examDate] = [read('name'), read('exam') || null];
        if (name === '') throw new Error('Give it a name.');
        if (deck && name === deck.name && examDate === deck.examDate) return;
        if (deck) {
          await changeDeck(deck.id, {
            ...(name === deck.name ? {} : { name }),
            ...(examDate === deck.examDate ? {} : { examDate }),
          });
        } else await addDeck({ name, examDate });
        refreshCards();
        router.refresh();
      }}
      fields={(problem) => (
        <>
          <TextField
            label="Name"
            name="name"
            defaultValue={deck?.name ?? ''}
            maxLength={MAX_LABEL_CHARACTERS}
            autoFocus
            autoComplete="off"
            className="font-notes"
            error={problem}
          />
          <TextField
            label="Exam on"
            name="exam"
            type="date"
            defaultValue={deck?.examDate ?? ''}
            hint="Cards come back in time for it."
          />
        </>
      )}
    />
  );
}
