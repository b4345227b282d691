'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useRef, useState } from 'react';
import { useText } from '#use-text';
import { SideField } from '@/components/cards/card-editor';
import { refreshCards } from '@/components/cards/stores';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { FileInput } from '@/components/ui/file-input';
import { Form } from '@/components/ui/form';
import { TextField } from '@/components/ui/text-field';
import { MAX_LABEL_CHARACTERS } from '@/lib/domain/bounds';
import { type Imported, importFile, importLines, importSentence } from './import-cards';

/** Cards from another program: an Anki package or text, a table, or lines pasted from Quizlet or a spreadsheet. */
export function ImportDialog({ children, className }: { children: ReactNode; className: string }) {
  const t = useText();
  // Kept while the dialog is closed.
  const [draft, setDraft] = useState({ text: '', deck: '' });
  return (
    <Dialog>
      <DialogTrigger className={className}>{children}</DialogTrigger>
      <DialogContent
        title={t('Import cards')}
        description={t(
          'From Anki with its schedule and history, from a table or text file, or pasted from Quizlet or a spreadsheet.',
        )}
        className="max-w-lg"
      >
        <ImportForms {...draft} onWrite={(change) => setDraft((known) => ({ ...known, ...change }))} />
      </DialogContent>
    </Dialog>
  );
}

type Draft = { text: string; deck: string };
type ImportFormsProps = Draft & { onWrite: (change: Partial<Draft>) => void };

function ImportForms({ text, deck, onWrite }: ImportFormsProps) {
  const t = useText();
  const router = useRouter();
  const picker = useRef<HTMLInputElement>(null);
  const [done, setDone] = useState('');
  const { run, pending, problem } = useAction(async (work: () => Promise<Imported>) => {
    setDone('');
    setDone(importSentence(await work(), t));
    onWrite({ text: '' });
    refreshCards();
    router.refresh();
  });
  return (
    <div className="grid gap-5">
      <TextField
        label={t('Into the deck')}
        value={deck}
        onChange={(event) => onWrite({ deck: event.target.value })}
        maxLength={MAX_LABEL_CHARACTERS}
        hint={t(
          'For tables and text; left empty, the deck that the file names. Anki packages bring their own.',
        )}
        autoComplete="off"
      />
      <div>
        <FileInput
          ref={picker}
          accept=".apkg,.colpkg,.csv,.tsv,.txt,.xlsx"
          onFiles={([file]) => file && void run(() => importFile(file, deck))}
        />
        <Button variant="primary" busy={pending} onClick={() => picker.current?.click()}>
          {t('Choose a file')}
        </Button>
      </div>
      <Form onSend={() => text.trim() !== '' && run(() => importLines(text, deck))} className="grid gap-2">
        <SideField
          label={t('Or paste lines')}
          value={text}
          onChange={(event) => onWrite({ text: event.target.value })}
          rows={5}
          maxLength={2_000_000}
          hint={t('A line each: the front, a tab, the back.')}
        />
        <Button type="submit" busy={pending} className="w-fit">
          {t('Add these lines')}
        </Button>
      </Form>
      <p role={problem ? 'alert' : 'status'} className={problem ? 'text-brick' : 'text-ink-2'}>
        {problem ?? done}
      </p>
    </div>
  );
}
