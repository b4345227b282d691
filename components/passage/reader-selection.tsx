'use client';

import { Layers, MessageSquareText } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { Strip } from '@/components/ui/strip';
import { TextArea } from '@/components/ui/text-field';
import type { ReaderDocument, ReaderPage } from '@/lib/db/queries/reader';
import { MAX_SIDE_CHARACTERS } from '@/lib/domain/bounds';
import { api, paths } from '@/lib/links';

type Opened = { document: ReaderDocument; page: ReaderPage };
type Selected = { quote: string; start: number; end: number };

const MOST_WORDS = 1_000;

/** The words that are selected inside a passage, by their place in its text: hidden signs count as the text has them. */
function selectedIn(view: Element | null): Selected | undefined {
  const selection = window.getSelection();
  const passage = view?.querySelector('.passage');
  if (!selection || selection.isCollapsed || !passage || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!passage.contains(range.startContainer) || !passage.contains(range.endContainer)) return undefined;
  const before = document.createRange();
  before.setStart(passage, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const text = range.toString();
  const start = before.toString().length + (text.length - text.trimStart().length);
  const quote = text.trim();
  return quote.length > 1 && quote.length <= MOST_WORDS
    ? { quote, start, end: start + quote.length }
    : undefined;
}

/** What can be made of words that are selected: a card that carries them as its proof, or a question about them. */
export function ReaderSelection({
  document: read,
  page,
  view,
}: Opened & { view: RefObject<HTMLElement | null> }) {
  const router = useRouter();
  const [selected, setSelected] = useState<Selected>();
  const [card, setCard] = useState<Selected>();
  const look = useEffectEvent(() => setSelected(selectedIn(view.current)));
  useEffect(() => {
    const onChange = () => look();
    document.addEventListener('selectionchange', onChange);
    return () => document.removeEventListener('selectionchange', onChange);
  }, []);
  const question = (quote: string) => `What does this mean: “${quote.replace(/\s+/g, ' ')}”?`;
  return (
    <>
      {selected && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's.
        <div
          role="group"
          aria-label="With the selected words"
          className="absolute inset-x-0 bottom-3 z-10 mx-auto flex w-fit gap-1 rounded-3 border border-rule bg-page p-1 shadow-float"
          // Pressing a button would take the selection away before it is read.
          onPointerDown={(event) => event.preventDefault()}
        >
          <Button variant="quiet" onClick={() => setCard(selected)}>
            <Layers aria-hidden="true" className="size-4" /> Make a card
          </Button>
          <Button
            variant="quiet"
            onClick={() => router.push(paths.askingIn(read.id, question(selected.quote)))}
          >
            <MessageSquareText aria-hidden="true" className="size-4" /> Ask about it
          </Button>
        </div>
      )}
      <Dialog open={card !== undefined} onOpenChange={(isOpen) => !isOpen && setCard(undefined)}>
        {card && (
          <DialogContent
            title="Make a card"
            description="It carries the selected words as its proof."
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
  const { run, pending, problem } = useAction(async (front: string, back: string) => {
    if (front === '' || back === '') throw new Error('Write both sides.');
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
    if (flashcardIds.length === 0) throw new Error('The deck asks this already. Nothing added.');
    onClose();
  });
  return (
    <Form onSend={(read) => run(read('front'), read('back'))} className="grid gap-4">
      <TextArea
        label="Front"
        name="front"
        rows={2}
        maxLength={MAX_SIDE_CHARACTERS}
        autoFocus
        className="font-notes"
      />
      <TextArea
        label="Back"
        name="back"
        rows={4}
        maxLength={MAX_SIDE_CHARACTERS}
        defaultValue={selected.quote.replace(/\s+/g, ' ')}
        className="font-notes"
      />
      <Strip tone="bad">{problem}</Strip>
      <Button type="submit" variant="primary" busy={pending} className="w-fit">
        Add the card
      </Button>
    </Form>
  );
}
