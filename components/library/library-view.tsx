'use client';

import { NotebookPen, Plus, Search, X } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useText } from '#use-text';
import { useDeletions } from '@/components/client/deferred-delete';
import { useNow } from '@/components/client/use-now';
import { Button, ButtonLink, IconButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Kbd } from '@/components/ui/kbd';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { paths } from '@/lib/links';
import { ArrivingSection } from './arriving-section';
import { addressOf, type LibraryDocument, type Shown, shownOf } from './documents';
import { DropZone } from './drop-zone';
import { LinkForm } from './link-form';
import { Shelved } from './shelved';
import { deferredDelete, useUploads } from './stores';
import { takenNotice } from './take-files';
import type { UploadItem } from './upload-job';
import { useDocuments } from './use-documents';
import { VaultImport } from './vault-import';

type LibraryViewProps = { startWithFind: boolean; made: LibraryDocument[] | undefined };

const NO_DOCUMENTS: readonly LibraryDocument[] = [];

/** What the address asks for, changed without a new page. */
function useShown(): [Shown, (change: Partial<Shown>) => void] {
  const address = useSearchParams();
  const [shown, setShown] = useState(() => shownOf(address));
  const change = (asked: Partial<Shown>) => {
    const next = { ...shown, ...asked };
    setShown(next);
    const query = addressOf(next);
    window.history.replaceState(null, '', query === '' ? paths.library : `${paths.library}?${query}`);
  };
  return [shown, change];
}

export function LibraryView({ startWithFind, made }: LibraryViewProps) {
  const t = useText();
  const { documents, error, mutate } = useDocuments(made);
  const allUploads = useUploads();
  const { pending } = useDeletions(deferredDelete);
  const [shown, setShown] = useShown();
  const notice = useSyncExternalStore(takenNotice.subscribe, takenNotice.get, () => undefined);
  const picker = useRef<HTMLInputElement>(null);
  const announcement = useReadyAnnouncement(documents);
  const choose = () => picker.current?.click();

  const all = documents ?? NO_DOCUMENTS;
  const { uploads, arriving, shelved } = sortedOut(all, allUploads, pending);
  // What is stranded is seen by the clock of this device, once the page is there.
  const now = useNow(0, documents);
  const isEmpty = documents !== undefined && all.length === 0 && allUploads.length === 0;

  return (
    <div className="mx-auto max-w-240">
      <header className="mb-4 flex items-center gap-2 md:mb-5">
        <h1 className="sr-only flex-1 font-semibold text-xl md:not-sr-only">{t('Library')}</h1>
        {!isEmpty && (
          <>
            <FindField query={shown.q} onQuery={(q) => setShown({ q })} startsHere={startWithFind} />
            <ButtonLink href={paths.newNote} aria-label={t('New note')} className="max-md:w-11 max-md:px-0">
              <NotebookPen aria-hidden="true" className="size-4" />
              <span className="max-md:hidden">{t('New note')}</span>
            </ButtonLink>
            <Button variant="primary" className="max-md:hidden" onClick={choose}>
              <Plus aria-hidden="true" className="size-4" /> {t('Add notes')}
            </Button>
          </>
        )}
      </header>
      {isEmpty && <FirstFile onChoose={choose} />}
      <DropZone inputRef={picker} />
      <VaultImport />
      <LinkForm />
      <p role="status" className={notice ? 'mt-2 text-ink-2 text-xs' : 'sr-only'}>
        {notice}
      </p>
      <p role="status" className="sr-only">
        {announcement}
      </p>

      <div className="mt-6 grid gap-6">
        {error && (
          <Strip tone="bad" onRetry={mutate}>
            {documents ? t('The list could not be read again. What you see may be old.') : t.fault(error)}
          </Strip>
        )}
        {documents === undefined && !error && <LoadingLines label={t('Reading your library')} />}
        {(uploads.length > 0 || arriving.length > 0) && (
          <ArrivingSection uploads={uploads} documents={arriving} all={all} nowMs={now} />
        )}
        {shelved.length > 0 && <Shelved documents={shelved} shown={shown} onShown={setShown} />}
      </div>
    </div>
  );
}

/** Files on their way, of this tab and of any other, and what stands on the shelves. */
function sortedOut(
  documents: readonly LibraryDocument[],
  uploads: readonly UploadItem[],
  pending: ReadonlySet<string>,
) {
  // While this tab sends a file, its own tile tells more than the row that waits for it.
  const sentHere = new Set(
    uploads
      .filter(({ phase }) => phase.name !== 'already' && phase.name !== 'reading')
      .map(({ documentId }) => documentId),
  );
  const listed = new Set<string | null>(documents.map(({ id }) => id));
  return {
    uploads: uploads.filter(({ phase, documentId }) => phase.name !== 'reading' || !listed.has(documentId)),
    arriving: documents.filter(
      ({ id, status }) => status !== 'ready' && !pending.has(id) && !sentHere.has(id),
    ),
    shelved: documents.filter(({ id, status }) => status === 'ready' || pending.has(id)),
  };
}

/** Says once, for screen readers, that a document has become ready or has failed. */
function useReadyAnnouncement(documents: readonly LibraryDocument[] | undefined): string {
  const t = useText();
  const known = useRef<Map<string, LibraryDocument['status']>>(undefined);
  const [announcement, setAnnouncement] = useState('');

  useEffect(() => {
    if (documents === undefined) return;
    const before = known.current;
    known.current = new Map(documents.map(({ id, status }) => [id, status]));
    if (before === undefined) return;
    const news = documents.flatMap(({ id, title, status, error }) => {
      if (before.get(id) === status) return [];
      if (status === 'ready') return [t('{title} is ready.', { title })];
      if (status === 'error') return [`${title}: ${error ? t.fault(error) : t('reading broke off.')}`];
      return [];
    });
    if (news.length > 0) setAnnouncement(news.join(' '));
  }, [documents, t]);

  return announcement;
}

const FirstFile = ({ onChoose }: { onChoose: () => void }) => {
  const t = useText();
  return (
    <EmptyState
      title={t('Bring one file you have to learn')}
      className="mb-4"
      actions={
        <>
          <Button variant="primary" onClick={onChoose}>
            {t('Add notes')}
          </Button>
          <ButtonLink href={paths.newNote}>{t('Write a note')}</ButtonLink>
        </>
      }
    >
      {t('A chapter, a lecture, your own notes. You can ask it something in about 10 seconds.')}
    </EmptyState>
  );
};

type FindFieldProps = { query: string; onQuery: (query: string) => void; startsHere: boolean };

function FindField({ query, onQuery, startsHere }: FindFieldProps) {
  const t = useText();
  const field = useRef<HTMLInputElement>(null);
  const focus = () => field.current?.focus();
  useHotkeys({ '/': focus });
  useEffect(() => {
    if (startsHere) field.current?.focus();
  }, [startsHere]);
  return (
    <search className="relative min-w-0 flex-1 md:w-56 md:flex-none">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-3 md:top-3"
      />
      <input
        ref={field}
        type="text"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            onQuery('');
            event.currentTarget.blur();
          }
        }}
        aria-label={t('Find in titles')}
        placeholder={t('Find')}
        autoComplete="off"
        className="peer h-11 w-full rounded-2 border border-edge bg-page pr-10 pl-9 text-md md:h-10 md:text-sm"
      />
      {query === '' ? (
        <span className="pointer-events-none absolute top-2.5 right-2.5 hidden md:block md:peer-focus:hidden">
          <Kbd>/</Kbd>
        </span>
      ) : (
        <IconButton
          label={t('Clear')}
          className="absolute top-0 right-0 md:top-0.5"
          onClick={() => {
            onQuery('');
            focus();
          }}
        >
          <X aria-hidden="true" className="size-4" />
        </IconButton>
      )}
    </search>
  );
}
