'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useRef, useState } from 'react';
import { refreshCards } from '@/components/cards/stores';
import { TextArea } from '@/components/cards/text-area';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';
import { MAX_LABEL_CHARACTERS } from '@/lib/domain/bounds';
import { type Imported, importFile, importLines, importSentence } from './import-cards';

/** Cards from another program: an Anki package, a CSV file, or lines pasted from Quizlet. */
export function ImportDialog({ children, className }: { children: ReactNode; className: string }) {
  const router = useRouter();
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Imported>();
  const [error, setError] = useState<string>();
  const [text, setText] = useState('');
  const [deck, setDeck] = useState('');

  const run = async (work: () => Promise<Imported>) => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    setDone(undefined);
    try {
      setDone(await work());
      setText('');
      refreshCards();
      router.refresh();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'It could not be read. Nothing was added.');
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      onOpenChange={() => {
        setDone(undefined);
        setError(undefined);
      }}
    >
      <DialogTrigger className={className}>{children}</DialogTrigger>
      <DialogContent
        title="Import cards"
        description="From Anki with its schedule and history, from a CSV file, or pasted from Quizlet."
        className="max-w-lg"
      >
        <div className="grid gap-5">
          <TextField
            label="Into the deck"
            value={deck}
            onChange={(event) => setDeck(event.target.value)}
            maxLength={MAX_LABEL_CHARACTERS}
            hint="For CSV and pasted lines. Anki packages bring their own decks."
            autoComplete="off"
          />
          <div>
            <input
              ref={picker}
              type="file"
              accept=".apkg,.colpkg,.csv,.tsv,.txt"
              className="sr-only"
              tabIndex={-1}
              aria-hidden="true"
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = '';
                if (file) void run(() => importFile(file, deck));
              }}
            />
            <Button variant="primary" busy={busy} onClick={() => picker.current?.click()}>
              Choose a file
            </Button>
          </div>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (text.trim() !== '') void run(() => importLines(text, deck));
            }}
            className="grid gap-2"
          >
            <TextArea
              label="Or paste lines"
              value={text}
              onChange={(event) => setText(event.target.value)}
              rows={5}
              maxLength={2_000_000}
              hint="A line each: the front, a tab, the back."
            />
            <Button type="submit" busy={busy} className="w-fit">
              Add these lines
            </Button>
          </form>
          <p role={error ? 'alert' : 'status'} className={error ? 'text-brick' : 'text-ink-2'}>
            {error ?? (done ? importSentence(done) : '')}
          </p>
        </div>
      </DialogContent>
    </Dialog>
  );
}
