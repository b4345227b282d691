'use client';

import { useState } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { sentenceOf } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, SheetContent } from '@/components/ui/dialog';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import { momentInWords } from '@/lib/calendar/words';
import type { NoteVersion } from '@/lib/domain/note';
import { api } from '@/lib/links';
import { diffLines } from './merge';
import { fetchVersions } from './requests';

type NoteVersionsProps = {
  documentId: string;
  current: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRestore: (content: string) => Promise<unknown>;
};

/** What the note said before, each compared with what it says now. */
export function NoteVersions({ documentId, current, open, onOpenChange, onRestore }: NoteVersionsProps) {
  const t = useText();
  const { data, error } = useSWR<NoteVersion[], Error>(
    open ? api.noteVersions(documentId) : null,
    fetchVersions,
    {
      revalidateOnMount: true,
    },
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <SheetContent title={t('Earlier versions')} description={t('What this note said before')}>
        <div className="grid gap-4 px-5 py-4 md:px-6">
          {error && <Strip tone="bad">{sentenceOf(error, t)}</Strip>}
          {!data && !error && <LoadingLines label={t('Reading the versions')} />}
          {data?.length === 0 && (
            <p className="text-ink-2">{t('There are none yet. One is kept every few minutes of writing.')}</p>
          )}
          {data?.map((version) => (
            <Version
              key={version.revision}
              version={version}
              current={current}
              onRestore={async () => {
                await onRestore(version.content);
                onOpenChange(false);
              }}
            />
          ))}
        </div>
      </SheetContent>
    </Dialog>
  );
}

type VersionProps = { version: NoteVersion; current: string; onRestore: () => Promise<unknown> };

function Version({ version: { content, createdAt }, current, onRestore }: VersionProps) {
  const t = useText();
  const [isOpen, setIsOpen] = useState(false);
  const restore = useAction(onRestore);
  return (
    <section className="border-rule border-t pt-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 flex-1 font-medium" suppressHydrationWarning>
          {`${momentInWords(createdAt, 'day', undefined, t.language)}, ${momentInWords(createdAt, 'time', undefined, t.language)}`}
        </h3>
        <Button size="sm" variant="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('Hide') : t('Compare')}
        </Button>
        <Button size="sm" busy={restore.pending} onClick={() => void restore.run()}>
          {t('Restore')}
        </Button>
      </div>
      {restore.problem && <Strip tone="bad">{restore.problem}</Strip>}
      {isOpen && (
        <div className="mt-2 font-notes text-sm leading-6">
          {diffLines(content, current).map(({ key, kind, text }) => (
            <div key={key} className="note-diff" data-kind={kind}>
              {kind !== 'same' && (
                <span className="sr-only">{kind === 'gone' ? t('Only then:') : t('Only now:')} </span>
              )}
              {text || '\u00a0'}
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
