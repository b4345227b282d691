'use client';

import { Highlighter, Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button, IconButton } from '@/components/ui/button';
import { DeletedRow } from '@/components/ui/deleted-row';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import { TextArea, TextField } from '@/components/ui/text-field';
import { Tooltip } from '@/components/ui/tooltip';
import type { ReaderDocument } from '@/lib/db/queries/reader';
import { MAX_MARGIN_NOTE_CHARACTERS } from '@/lib/domain/bounds';
import { HIGHLIGHT_COLORS, type Highlight, type HighlightColor } from '@/lib/domain/highlight';
import { type Message, text } from '@/lib/language/text';
import { paths } from '@/lib/links';
import { countedName } from '@/lib/study/locator';
import type { Highlights } from './use-highlights';

export const COLOR_NAMES: Record<HighlightColor, Message> = {
  blue: text('blue'),
  green: text('green'),
  red: text('red'),
  grey: text('grey'),
};

function Colors({ color, onColor }: { color: HighlightColor; onColor: (color: HighlightColor) => void }) {
  const t = useText();
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">{t('Colour')}</legend>
      <div className="flex flex-wrap gap-1">
        {HIGHLIGHT_COLORS.map((one) => (
          <label
            key={one}
            className="flex min-h-11 items-center gap-2 rounded-2 border border-transparent px-2.5 has-checked:border-edge has-checked:bg-sunk has-focus-visible:outline-2 has-focus-visible:outline-pen md:min-h-9"
          >
            <input
              type="radio"
              name="color"
              value={one}
              checked={one === color}
              onChange={() => onColor(one)}
              className="sr-only"
            />
            <span aria-hidden="true" className="swatch" data-color={one} />
            <span className="first-letter:uppercase">{t(COLOR_NAMES[one])}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type EditorProps = { highlights: Highlights; id: string | undefined; onClose: () => void };

/** The colour of a highlight and the note beside it. */
export function HighlightEditor({ highlights, id, onClose }: EditorProps) {
  const t = useText();
  const highlight = highlights.shown.find((one) => one.id === id);
  return (
    <Dialog open={highlight !== undefined} onOpenChange={(isOpen) => !isOpen && onClose()}>
      {highlight && (
        <DialogContent title={t('Your highlight')} className="max-w-lg">
          <EditorForm key={highlight.id} highlights={highlights} highlight={highlight} onClose={onClose} />
        </DialogContent>
      )}
    </Dialog>
  );
}

type FormProps = { highlights: Highlights; highlight: Highlight; onClose: () => void };

function EditorForm({ highlights, highlight, onClose }: FormProps) {
  const t = useText();
  const [color, setColor] = useState(highlight.color);
  const { run, pending, problem } = useAction(async (note: string) => {
    await highlights.change(highlight.id, { color, note });
    onClose();
  });
  return (
    <Form onSend={(read) => run(read('note'))} className="grid gap-4">
      <Quote highlight={{ ...highlight, color }} className="max-h-40 overflow-y-auto" />
      <Colors color={color} onColor={setColor} />
      <TextArea
        label={t('Note in the margin')}
        name="note"
        rows={4}
        maxLength={MAX_MARGIN_NOTE_CHARACTERS}
        defaultValue={highlight.note}
        autoFocus
      />
      <Strip tone="bad">{problem && t('{problem} Your words are still here.', { problem })}</Strip>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={pending}>
          {t('Save')}
        </Button>
        <Button
          variant="brick"
          onClick={() => {
            highlights.remove(highlight.id);
            onClose();
          }}
        >
          {t('Delete')}
        </Button>
      </div>
    </Form>
  );
}

function Quote({ highlight, className }: { highlight: Highlight; className?: string }) {
  const t = useText();
  return (
    <blockquote dir="auto" className={className}>
      <span className="highlight cursor-auto font-notes text-md" data-color={highlight.color}>
        {highlight.quote.replace(/\s+/g, ' ')}
      </span>
      <span className="sr-only"> ({t(COLOR_NAMES[highlight.color])})</span>
    </blockquote>
  );
}

type ListProps = { document: ReaderDocument; highlights: Highlights; onEdit: (id: string) => void };

/** Everything that was highlighted in a document, and what was written beside it. */
export function HighlightList({ document, highlights, onEdit }: ListProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const { shown } = highlights;
  const name =
    shown.length === 0
      ? t('Highlights and notes')
      : t('Highlights and notes ({count})', { count: shown.length });
  return (
    <>
      <Tooltip text={t('Highlights and notes')}>
        <IconButton label={name} onClick={() => setOpen(true)}>
          <Highlighter aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
        </IconButton>
      </Tooltip>
      <Dialog open={isOpen} onOpenChange={setOpen}>
        {isOpen && (
          <DialogContent title={t('Highlights and notes')} className="max-w-xl">
            <ListBody
              document={document}
              highlights={highlights}
              onEdit={(id) => {
                setOpen(false);
                onEdit(id);
              }}
              onLeave={() => setOpen(false)}
            />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}

/** A short list is seen at a glance. */
const WORTH_FINDING = 6;

function ListBody({ highlights, ...given }: ListProps & { onLeave: () => void }) {
  const t = useText();
  const [words, setWords] = useState('');
  const { all, isLoaded, hasFailed } = highlights;
  if (hasFailed) {
    return (
      <Strip tone="bad" onRetry={highlights.again}>
        {t('Your highlights did not arrive. They are kept.')}
      </Strip>
    );
  }
  if (!isLoaded) return <LoadingLines label={t('Opening your highlights')} />;
  if (all.length === 0) {
    return (
      <>
        <p className="text-ink-2">
          {t(
            'Select words in the text to highlight them or to write beside them. They stay with your words when the file is read again.',
          )}
        </p>
        <InEarlierVersions earlier={highlights.earlier} onLeave={given.onLeave} />
      </>
    );
  }
  const wanted = words.trim().toLocaleLowerCase();
  const found = all.filter(({ quote, note }) => `${quote} ${note}`.toLocaleLowerCase().includes(wanted));
  const [there, lost] = [found.filter(({ place }) => place), found.filter(({ place }) => !place)];
  const rows = (own: readonly Highlight[]) => (
    <ul>
      {own.map((highlight) => (
        <Row key={highlight.id} highlights={highlights} highlight={highlight} {...given} />
      ))}
    </ul>
  );
  return (
    <div className="grid gap-4">
      {all.length >= WORTH_FINDING && (
        <TextField
          label={t('Find in your highlights')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {found.length === 0 && <p role="status">{t('None of them says that.')}</p>}
      {there.length > 0 && rows(there)}
      {lost.length > 0 && (
        <section aria-label={t('No longer in the text')}>
          <h3 className="font-semibold">{t('No longer in the text')}</h3>
          <p className="mb-2 text-ink-2 text-xs">
            {t('The file was read anew and does not say this any more. It stays here until you delete it.')}
          </p>
          {rows(lost)}
        </section>
      )}
      <InEarlierVersions earlier={highlights.earlier} onLeave={given.onLeave} />
    </div>
  );
}

/** Highlights whose words the version in force does not say: they stand where they stood. */
function InEarlierVersions({ earlier, onLeave }: Pick<Highlights, 'earlier'> & { onLeave: () => void }) {
  const t = useText();
  return earlier.map(({ id, title, count }) => (
    <p key={id} className="mt-3 text-ink-2 text-xs">
      {t.rich(
        '{count, plural, one {# highlight} other {# highlights}} stayed with an earlier version, since this one does not say {count, plural, one {its words} other {their words}}. <link>Open {title}</link>',
        {
          count,
          title,
          link: (words) => (
            <Link
              prefetch={false}
              href={paths.document(id)}
              onClick={onLeave}
              className="link inline-block py-1"
            >
              {words}
            </Link>
          ),
        },
      )}
    </p>
  ));
}

type RowProps = ListProps & { highlight: Highlight; onLeave: () => void };

function Row({ document, highlights, highlight, onEdit, onLeave }: RowProps) {
  const t = useText();
  const { id, place, quote, note } = highlight;
  const short = quote.replace(/\s+/g, ' ').slice(0, 60);
  if (highlights.isGoing(id)) {
    return (
      <DeletedRow onUndo={() => highlights.undo(id)}>{t('“{short}” is deleted.', { short })}</DeletedRow>
    );
  }
  return (
    <li className="flex items-start gap-2 border-rule border-t py-3 last:border-b">
      <div className="min-w-0 flex-1">
        <Quote highlight={highlight} />
        {note !== '' && <p className="mt-1.5 whitespace-pre-wrap break-words">{note}</p>}
        {place && (
          <Link
            prefetch={false}
            href={paths.passage(document.id, place.page, { from: place.charStart, to: place.charEnd })}
            onClick={onLeave}
            className="link mt-1 inline-block min-h-6 text-xs leading-6 first-letter:uppercase"
          >
            {countedName(document.locator, place.page, t)}
          </Link>
        )}
        {highlights.hasStayed(id) && (
          <p role="alert" className="mt-1 text-brick text-xs">
            {t('It could not be deleted. Try again.')}
          </p>
        )}
      </div>
      <IconButton label={t('Edit “{short}”', { short })} onClick={() => onEdit(id)}>
        <Pencil aria-hidden="true" className="size-4" strokeWidth={1.75} />
      </IconButton>
      <IconButton label={t('Delete “{short}”', { short })} onClick={() => highlights.remove(id)}>
        <Trash2 aria-hidden="true" className="size-4" strokeWidth={1.75} />
      </IconButton>
    </li>
  );
}
