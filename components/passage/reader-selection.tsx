'use client';

import { Layers, MessageSquareText, NotebookPen } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button, IconButton } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { Strip } from '@/components/ui/strip';
import { TextArea } from '@/components/ui/text-field';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import type { ReaderDocument, ReaderPage } from '@/lib/db/queries/reader';
import { MAX_HIGHLIGHT_CHARACTERS, MAX_SIDE_CHARACTERS } from '@/lib/domain/bounds';
import { HIGHLIGHT_COLORS, type HighlightColor } from '@/lib/domain/highlight';
import { api, paths } from '@/lib/links';
import { COLOR_NAMES } from './highlights';
import type { Highlights } from './use-highlights';

type Opened = { document: ReaderDocument; page: ReaderPage };
type Selected = { quote: string; start: number; end: number };

/** What proves a card is shorter than what may be highlighted. */
const MOST_PROOF = 1_000;

/**
 * Where a place of the page stands in the text of a passage. Hidden signs count as the text has them; what is drawn in place of a
 * formula does not, and a selection that begins or ends within one takes it whole.
 */
function offsetIn(passage: Element, node: Node, offset: number, isEnd: boolean): number {
  const before = document.createRange();
  before.setStart(passage, 0);
  const drawn = (node instanceof Element ? node : node.parentElement)?.closest('[data-drawn]');
  if (!drawn) before.setEnd(node, offset);
  else if (isEnd) before.setEndAfter(drawn);
  else before.setEndBefore(drawn.previousSibling ?? drawn);
  const part = before.cloneContents();
  for (const one of part.querySelectorAll('[data-drawn]')) one.remove();
  return part.textContent?.length ?? 0;
}

/** The words that are selected inside a passage, as its text has them. */
function selectedIn(view: Element | null, content: string): Selected | undefined {
  const selection = window.getSelection();
  const passage = view?.querySelector('.passage');
  if (!selection || selection.isCollapsed || !passage || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  // A selection by three clicks ends before the first word of what comes next, also where that is no longer the passage.
  if (!passage.contains(range.startContainer)) return undefined;
  const start = offsetIn(passage, range.startContainer, range.startOffset, false);
  const end = passage.contains(range.endContainer)
    ? offsetIn(passage, range.endContainer, range.endOffset, true)
    : content.length;
  const text = content.slice(start, end);
  const quote = text.trim();
  const from = start + (text.length - text.trimStart().length);
  return quote.length > 1 && quote.length <= MAX_HIGHLIGHT_CHARACTERS
    ? { quote, start: from, end: from + quote.length }
    : undefined;
}

type SelectionProps = Opened & {
  view: RefObject<HTMLElement | null>;
  highlights: Highlights;
  onNote: (id: string) => void;
};

/** The words that are selected now. */
function useSelected(view: RefObject<HTMLElement | null>, content: string): Selected | undefined {
  const [selected, setSelected] = useState<Selected>();
  const look = useEffectEvent(() => setSelected(selectedIn(view.current, content)));
  useEffect(() => {
    const onChange = () => look();
    document.addEventListener('selectionchange', onChange);
    return () => document.removeEventListener('selectionchange', onChange);
  }, []);
  return selected;
}

/** What can be made of words that are selected: a highlight, a note beside them, a card that carries them, a question. */
export function ReaderSelection({ document: read, page, view, highlights, onNote }: SelectionProps) {
  const t = useText();
  const router = useRouter();
  const selected = useSelected(view, page.content);
  const [card, setCard] = useState<Selected>();
  const { run, pending, problem } = useAction(async (color: HighlightColor, withNote: boolean) => {
    if (!selected) return;
    const { quote, start } = selected;
    const { id } = await highlights.add({ quote, charStart: page.charStart + start, color });
    window.getSelection()?.removeAllRanges();
    if (withNote) onNote(id);
  });
  useHotkeys({ h: () => void run('blue', false) }, { enabled: selected !== undefined });
  const question = (quote: string) =>
    t('What does this mean: “{quote}”?', { quote: quote.replace(/\s+/g, ' ') });
  return (
    <>
      {selected && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's.
        <div
          role="group"
          aria-label={t('With the selected words')}
          className="absolute inset-x-0 bottom-3 z-10 mx-auto flex w-fit max-w-[calc(100%-1rem)] flex-wrap justify-center gap-1 rounded-3 border border-rule bg-page p-1 shadow-float"
          // Pressing a button would take the selection away before it is read.
          onPointerDown={(event) => event.preventDefault()}
        >
          {problem && (
            <p role="alert" className="basis-full px-3 pt-1 text-brick text-xs">
              {problem}
            </p>
          )}
          <div className="flex">
            {HIGHLIGHT_COLORS.map((color) => (
              <IconButton
                key={color}
                label={t('Highlight in {color}', { color: t(COLOR_NAMES[color]) })}
                aria-disabled={pending}
                onClick={() => void run(color, false)}
              >
                <span aria-hidden="true" className="swatch" data-color={color} />
              </IconButton>
            ))}
          </div>
          <Button variant="quiet" busy={pending} onClick={() => void run('blue', true)}>
            <NotebookPen aria-hidden="true" className="size-4" /> {t('Note')}
          </Button>
          {selected.quote.length <= MOST_PROOF && (
            <Button variant="quiet" onClick={() => setCard(selected)}>
              <Layers aria-hidden="true" className="size-4" /> {t('Make a card')}
            </Button>
          )}
          <Button
            variant="quiet"
            onClick={() => router.push(paths.askingIn(read.id, question(selected.quote)))}
          >
            <MessageSquareText aria-hidden="true" className="size-4" /> {t('Ask about it')}
          </Button>
        </div>
      )}
      <Dialog open={card !== undefined} onOpenChange={(isOpen) => !isOpen && setCard(undefined)}>
        {card && (
          <DialogContent
            title={t('Make a card')}
            description={t('It carries the selected words as its proof.')}
            className="max-w-lg"
          >
            <CardForm document={read} page={page} selected={card} onClose={() => setCard(undefined)} />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}

function CardForm({
  document: read,
  page,
  selected,
  onClose,
}: Opened & { selected: Selected; onClose: () => void }) {
  const t = useText();
  const { run, pending, problem } = useAction(async (front: string, back: string) => {
    if (front === '' || back === '') throw new Error(t('Write both sides.'));
    const source = {
      docId: read.id,
      ord: page.ord,
      title: read.title,
      page: read.locator === 'page' ? page.page : null,
      locator: { kind: read.locator, index: page.page, total: read.pageCount, label: page.label },
      headingPath: page.headingPath,
      quote: selected.quote,
      quoteStart: page.charStart + selected.start,
      quoteEnd: page.charStart + selected.end,
    };
    const body = { cards: [{ front, back, deck: read.title.slice(0, 120), source }] };
    const { flashcardIds } = await requestJson<{ flashcardIds: string[] }>(api.flashcards, {
      method: 'POST',
      body,
    });
    if (flashcardIds.length === 0) throw new Error(t('The deck asks this already. Nothing added.'));
    onClose();
  });
  return (
    <Form onSend={(read) => run(read('front'), read('back'))} className="grid gap-4">
      <TextArea
        label={t('Front')}
        name="front"
        rows={2}
        maxLength={MAX_SIDE_CHARACTERS}
        autoFocus
        className="font-notes"
      />
      <TextArea
        label={t('Back')}
        name="back"
        rows={4}
        maxLength={MAX_SIDE_CHARACTERS}
        defaultValue={selected.quote.replace(/\s+/g, ' ')}
        className="font-notes"
      />
      <Strip tone="bad">{problem}</Strip>
      <Button type="submit" variant="primary" busy={pending} className="w-fit">
        {t('Add the card')}
      </Button>
    </Form>
  );
}
