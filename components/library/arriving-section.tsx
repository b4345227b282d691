'use client';

import { Clock, Copy, Pause } from 'lucide-react';
import Link from 'next/link';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { useZone } from '@/components/client/use-browser-fact';
import { useOnline } from '@/components/client/use-online';
import { isWorthAgain } from '@/lib/errors';
import type { Translate } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import { ArrivingRow, FailedRow } from './arriving-row';
import { activityOf, isStranded, type LibraryDocument } from './documents';
import { formatBytes } from './file-check';
import { deferredDelete, refreshDocuments, uploadQueue } from './stores';
import type { UploadItem } from './upload-job';
import { foretold } from './version-offer';

type ArrivingSectionProps = {
  uploads: readonly UploadItem[];
  documents: readonly LibraryDocument[];
  /** The library, where an earlier version of one may be. */
  all: readonly LibraryDocument[];
  nowMs: number;
};

const isFailed = ({ phase }: UploadItem) => phase.name === 'failed' || phase.name === 'rejected';
const metaOf = (parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ');

/** Files on their way and files that need a hand, these first. */
export function ArrivingSection({ uploads, documents, all, nowMs }: ArrivingSectionProps) {
  const t = useText();
  const stuck = documents.filter((document) => document.status === 'error' || isStranded(document, nowMs));
  const reading = documents.filter((document) => !stuck.includes(document));
  const failedUploads = uploads.filter(isFailed);
  const openUploads = uploads.filter((item) => !isFailed(item));
  const isMoving = reading.length > 0 || openUploads.some(({ phase }) => phase.name === 'reading');
  return (
    <section aria-labelledby="arriving">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 pb-2">
        <h2 id="arriving" className="font-semibold">
          {isMoving || openUploads.length > 0 ? t('Arriving') : t('Needs your hand')}
        </h2>
        {isMoving && <p className="text-ink-3 text-xs">{t('You can leave this page. I keep reading.')}</p>}
      </div>
      <ul>
        {failedUploads.map((item) => (
          <FailedUpload key={item.id} item={item} />
        ))}
        {stuck.map((document) => (
          <FailedDocument key={document.id} document={document} />
        ))}
        {reading.map((document) => (
          <ReadingDocument
            key={document.id}
            document={document}
            earlier={all.find(({ id }) => id === document.earlierId)}
          />
        ))}
        {openUploads.map((item) => (
          <OpenUpload key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function FailedUpload({ item: { id, fileName, phase } }: { item: UploadItem }) {
  const t = useText();
  if (phase.name !== 'failed' && phase.name !== 'rejected') return null;
  return (
    <FailedRow
      name={fileName}
      cause={t.fault(phase)}
      {...(phase.name === 'failed' && { onRetry: () => uploadQueue.retry(id) })}
      onRemove={() => uploadQueue.remove(id)}
    />
  );
}

function FailedDocument({ document: { id, title, fileName, status, error } }: { document: LibraryDocument }) {
  const t = useText();
  const readAgain = useAction(() => requestJson(api.ingest(id), { method: 'POST' }));
  const isError = status === 'error';
  const cause = isError
    ? error
      ? t.fault(error)
      : t('Reading broke off. Try again.')
    : t('Reading has not started.');
  return (
    <FailedRow
      name={fileName ?? title}
      cause={readAgain.problem ?? cause}
      busy={readAgain.pending}
      {...((!isError || isWorthAgain(error?.code ?? 'internal')) && {
        onRetry: () => readAgain.run().then(refreshDocuments),
      })}
      onRemove={() => deferredDelete.schedule(id)}
    />
  );
}

type ReadingProps = { document: LibraryDocument; earlier: LibraryDocument | undefined };

function ReadingDocument({ document, earlier }: ReadingProps) {
  const t = useText();
  const zone = useZone();
  const { title, fileName, sizeBytes, course, status, progress } = document;
  const isRunning = status === 'processing';
  return (
    <ArrivingRow
      fileName={fileName ?? ''}
      name={title}
      meta={metaOf([
        sizeBytes === null ? null : formatBytes(sizeBytes, t),
        course,
        foretold(earlier, zone, t),
      ])}
      status={activityOf(document, t)}
      {...(isRunning ? { figure: `${progress}%`, percent: progress } : { icon: Clock })}
      stop={{
        label: t('Stop reading {title}', { title }),
        onStop: () => deferredDelete.schedule(document.id),
      }}
    />
  );
}

function statusOf({ phase }: UploadItem, isOnline: boolean, t: Translate) {
  switch (phase.name) {
    case 'uploading':
      return { status: t('Uploading'), figure: `${Math.round(phase.percent)}%`, percent: phase.percent };
    case 'paused':
      return {
        status: t('Paused at {percent}%. Goes on by itself when you are back online.', {
          percent: Math.round(phase.percent),
        }),
        icon: Pause,
      };
    case 'already':
      return {
        status:
          phase.documentId === null
            ? t('The same content is already arriving. Nothing added.')
            : t('Already in your library. Nothing added.'),
        icon: Copy,
      };
    default:
      return isOnline
        ? { status: t('Waiting for its turn'), icon: Clock }
        : { status: t('Paused. Goes on by itself when you are back online.'), icon: Pause };
  }
}

function OpenUpload({ item }: { item: UploadItem }) {
  const t = useText();
  const isOnline = useOnline();
  const { phase, fileName, sizeBytes } = item;
  const isKnown = phase.name === 'already';
  return (
    <>
      <ArrivingRow
        fileName={fileName}
        name={fileName}
        meta={metaOf([formatBytes(sizeBytes, t), item.course])}
        {...statusOf(item, isOnline, t)}
        stop={{
          label: isKnown ? t('Dismiss {fileName}', { fileName }) : t('Stop adding {fileName}', { fileName }),
          onStop: () => uploadQueue.remove(item.id),
        }}
      />
      {isKnown && phase.documentId !== null && (
        <li className="-mt-2 pb-2 pl-9.5 text-xs">
          <Link href={paths.document(phase.documentId)} className="link">
            {t('Open it')}
          </Link>
        </li>
      )}
    </>
  );
}
