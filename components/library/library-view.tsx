'use client';

import { Plus, Search, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useDeletions } from '@/components/client/deferred-delete';
import { Button, IconButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Kbd } from '@/components/ui/kbd';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { ArrivingSection } from './arriving-section';
import { CourseList } from './course-list';
import { type LibraryDocument, matchesFind } from './documents';
import { DropZone } from './drop-zone';
import { deferredDelete, uploadQueue, useUploads } from './stores';
import { useDocuments } from './use-documents';
import { useReadyAnnouncement } from './use-ready-announcement';

type LibraryViewProps = { maxBytes: number; startWithFind: boolean };

const NO_DOCUMENTS: readonly LibraryDocument[] = [];

const foldersSentence = (folders: number) =>
  folders === 1
    ? 'That is a folder. Open it and drop the files that are inside.'
    : `Those are ${folders} folders. Open them and drop the files that are inside.`;

export function LibraryView({ maxBytes, startWithFind }: LibraryViewProps) {
  const { documents, error, mutate } = useDocuments();
  const uploads = useUploads();
  const { pending, failed } = useDeletions(deferredDelete);
  const [query, setQuery] = useState('');
  const [notice, setNotice] = useState<string>();
  const picker = useRef<HTMLInputElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const announcement = useReadyAnnouncement(documents);

  useHotkeys({ '/': () => find.current?.focus() });
  useEffect(() => {
    if (startWithFind) find.current?.focus();
  }, [startWithFind]);

  const addFiles = (files: File[], folders: number) => {
    const { repeated } = uploadQueue.add(files, { maxBytes });
    if (folders > 0) setNotice(foldersSentence(folders));
    else setNotice(repeated > 0 ? 'The same file is already arriving. Nothing added.' : undefined);
  };

  const all = documents ?? NO_DOCUMENTS;
  // While this tab sends a file, its own tile tells more than the row that waits for it.
  const sentHere = new Set(
    uploads.filter(({ phase }) => phase.name !== 'already').map((item) => item.documentId),
  );
  const listed = new Set(all.map(({ id }) => id));
  const ownTiles = uploads.filter(
    ({ phase, documentId }) => !(phase.name === 'reading' && documentId !== null && listed.has(documentId)),
  );
  const handedOver = new Set(
    uploads.filter(({ phase }) => phase.name === 'reading').map((item) => item.documentId),
  );
  const arriving = all.filter(
    ({ id, status }) => status !== 'ready' && !pending.has(id) && (!sentHere.has(id) || handedOver.has(id)),
  );
  const shelved = all.filter(({ id, status }) => status === 'ready' || pending.has(id));
  const found =
    query.trim() === '' ? shelved : shelved.filter((document) => matchesFind(document, query.trim()));
  const isEmpty = documents !== undefined && all.length === 0 && uploads.length === 0;

  return (
    <div className="mx-auto max-w-240">
      <header className="mb-4 flex items-center gap-2 md:mb-5">
        <h1 className="sr-only flex-1 font-semibold text-xl md:not-sr-only">Library</h1>
        {!isEmpty && (
          <>
            <FindField query={query} onQuery={setQuery} inputRef={find} />
            <div className="hidden md:block">
              <Button variant="primary" onClick={() => picker.current?.click()}>
                <Plus aria-hidden="true" className="size-4" /> Add notes
              </Button>
            </div>
          </>
        )}
      </header>
      {isEmpty && (
        <EmptyState
          title="Bring one file you have to learn"
          className="mb-4"
          actions={
            <Button variant="primary" onClick={() => picker.current?.click()}>
              Add notes
            </Button>
          }
        >
          A chapter, a lecture, your own notes. You can ask it something in about 10 seconds.
        </EmptyState>
      )}
      <DropZone maxBytes={maxBytes} onFiles={addFiles} inputRef={picker} />
      <p role="status" className={notice ? 'mt-2 text-ink-2 text-xs' : 'sr-only'}>
        {notice}
      </p>
      <p role="status" className="sr-only">
        {announcement}
      </p>

      <div className="mt-6 grid gap-6">
        {error && (
          <Strip
            tone="bad"
            action={
              <button type="button" className="link font-semibold" onClick={() => mutate()}>
                Try again
              </button>
            }
          >
            {documents ? 'The list could not be read again. What you see may be old.' : error.message}
          </Strip>
        )}
        {documents === undefined && !error && <LoadingLines label="Reading your library" />}
        {(ownTiles.length > 0 || arriving.length > 0) && (
          <ArrivingSection uploads={ownTiles} documents={arriving} nowMs={Date.now()} />
        )}
        <CourseList documents={found} pending={pending} failed={failed} />
        {shelved.length > 0 && found.length === 0 && (
          <p className="text-ink-2 text-md">No title has “{query.trim()}” in it.</p>
        )}
      </div>
    </div>
  );
}

type FindFieldProps = {
  query: string;
  onQuery: (query: string) => void;
  inputRef: RefObject<HTMLInputElement | null>;
};

function FindField({ query, onQuery, inputRef }: FindFieldProps) {
  const clear = () => {
    onQuery('');
    inputRef.current?.focus();
  };
  return (
    <search className="relative min-w-0 flex-1 md:w-56 md:flex-none">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-3 md:top-3"
      />
      <input
        ref={inputRef}
        type="text"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            onQuery('');
            event.currentTarget.blur();
          }
        }}
        aria-label="Find in titles"
        placeholder="Find"
        autoComplete="off"
        className="peer h-11 w-full rounded-2 border border-edge bg-page pr-10 pl-9 text-md md:h-10 md:text-sm"
      />
      {query === '' ? (
        <span className="pointer-events-none absolute top-2.5 right-2.5 hidden md:block md:peer-focus:hidden">
          <Kbd>/</Kbd>
        </span>
      ) : (
        <IconButton label="Clear" onClick={clear} className="absolute top-0 right-0 md:top-0.5">
          <X aria-hidden="true" className="size-4" />
        </IconButton>
      )}
    </search>
  );
}
