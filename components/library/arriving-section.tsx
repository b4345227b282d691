'use client';

import { Clock, Copy, Pause, X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useOnline } from '@/components/client/use-online';
import { Button, IconButton } from '@/components/ui/button';
import { isRetryable } from '@/lib/errors';
import { paths } from '@/lib/links';
import { ArrivingRow, FailedRow } from './arriving-row';
import { activityOf, isStranded, type LibraryDocument } from './documents';
import { formatBytes } from './file-check';
import { readAgain } from './requests';
import { deferredDelete, refreshDocuments, uploadQueue } from './stores';
import type { UploadItem } from './upload-job';

type ArrivingSectionProps = {
  uploads: readonly UploadItem[];
  documents: readonly LibraryDocument[];
  nowMs: number;
};

/** Faults that reading the same file once more can mend, ours among them; the others need another file. */
const isMendedByRetry = (code: string) => code === 'internal' || isRetryable(code);

const BROKE_OFF = 'Reading broke off. Try again.';

const isFailed = ({ phase }: UploadItem) => phase.name === 'failed' || phase.name === 'rejected';
const metaOf = (parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ');

/** Files on their way and files that need a hand, these first. */
export function ArrivingSection({ uploads, documents, nowMs }: ArrivingSectionProps) {
  const stuck = documents.filter((document) => document.status === 'error' || isStranded(document, nowMs));
  const reading = documents.filter((document) => !stuck.includes(document));
  const failedUploads = uploads.filter(isFailed);
  const openUploads = uploads.filter((item) => !isFailed(item));
  const isMoving = reading.length > 0 || openUploads.some(({ phase }) => phase.name === 'reading');
  return (
    <section aria-labelledby="arriving">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 pb-2">
        <h2 id="arriving" className="font-semibold">
          {isMoving || openUploads.length > 0 ? 'Arriving' : 'Needs your hand'}
        </h2>
        {isMoving && <p className="text-ink-3 text-xs">You can leave this page. I keep reading.</p>}
      </div>
      <ul>
        {failedUploads.map((item) => (
          <FailedUpload key={item.id} item={item} />
        ))}
        {stuck.map((document) => (
          <FailedDocument key={document.id} document={document} />
        ))}
        {reading.map((document) => (
          <ReadingDocument key={document.id} document={document} />
        ))}
        {openUploads.map((item) => (
          <OpenUpload key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function FailedUpload({ item }: { item: UploadItem }) {
  const { phase } = item;
  if (phase.name !== 'failed' && phase.name !== 'rejected') return null;
  return (
    <FailedRow
      name={item.fileName}
      cause={phase.message}
      actions={
        <>
          {phase.name === 'failed' && (
            <Button size="sm" onClick={() => uploadQueue.retry(item.id)}>
              Try again
            </Button>
          )}
          <Button size="sm" variant="quiet" onClick={() => uploadQueue.remove(item.id)}>
            Remove
          </Button>
        </>
      }
    />
  );
}

function FailedDocument({ document }: { document: LibraryDocument }) {
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const isError = document.status === 'error';
  const cause = refusal ?? (isError ? (document.error?.message ?? BROKE_OFF) : 'Reading has not started.');
  const canRetry = !isError || isMendedByRetry(document.error?.code ?? 'internal');

  const retry = async () => {
    setBusy(true);
    try {
      await readAgain(document.id);
      setRefusal(undefined);
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : BROKE_OFF);
    }
    setBusy(false);
    refreshDocuments();
  };
  return (
    <FailedRow
      name={document.fileName ?? document.title}
      cause={cause}
      actions={
        <>
          {canRetry && (
            <Button size="sm" busy={busy} onClick={retry}>
              Try again
            </Button>
          )}
          <Button size="sm" variant="quiet" onClick={() => deferredDelete.schedule(document.id)}>
            Remove
          </Button>
        </>
      }
    />
  );
}

function ReadingDocument({ document }: { document: LibraryDocument }) {
  const { title, fileName, sizeBytes, course, status, progress } = document;
  const isRunning = status === 'processing';
  return (
    <ArrivingRow
      fileName={fileName ?? ''}
      name={title}
      meta={metaOf([sizeBytes === null ? null : formatBytes(sizeBytes), course])}
      status={activityOf(document)}
      {...(isRunning ? { figure: `${progress}%`, percent: progress } : { icon: Clock })}
      action={
        <IconButton label={`Stop reading ${title}`} onClick={() => deferredDelete.schedule(document.id)}>
          <X aria-hidden="true" className="size-4" />
        </IconButton>
      }
    />
  );
}

function statusOf({ phase }: UploadItem, isOnline: boolean) {
  switch (phase.name) {
    case 'uploading':
      return { status: 'Uploading', figure: `${Math.round(phase.percent)}%`, percent: phase.percent };
    case 'paused':
      return {
        status: `Paused at ${Math.round(phase.percent)}%. Goes on by itself when you are back online.`,
        icon: Pause,
      };
    case 'already':
      return {
        status:
          phase.documentId === null
            ? 'The same content is already arriving. Nothing added.'
            : 'Already in your library. Nothing added.',
        icon: Copy,
      };
    default:
      return isOnline
        ? { status: 'Waiting for its turn', icon: Clock }
        : { status: 'Paused. Goes on by itself when you are back online.', icon: Pause };
  }
}

function OpenUpload({ item }: { item: UploadItem }) {
  const isOnline = useOnline();
  const { phase, fileName, sizeBytes } = item;
  const isKnown = phase.name === 'already';
  return (
    <>
      <ArrivingRow
        fileName={fileName}
        name={fileName}
        meta={metaOf([formatBytes(sizeBytes), item.course])}
        {...statusOf(item, isOnline)}
        action={
          <IconButton
            label={isKnown ? `Dismiss ${fileName}` : `Stop adding ${fileName}`}
            onClick={() => uploadQueue.remove(item.id)}
          >
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        }
      />
      {isKnown && phase.documentId !== null && (
        <li className="-mt-2 pb-2 pl-9.5 text-xs">
          <Link href={paths.document(phase.documentId)} className="link">
            Open it
          </Link>
        </li>
      )}
    </>
  );
}
