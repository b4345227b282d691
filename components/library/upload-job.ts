import type { Fault } from '@/components/client/request';
import { titleOfFile } from '@/lib/domain/document-title';
import { kindOfName } from '@/lib/ingestion/kinds';
import type { NewDocument } from './transport';

export type UploadPhase =
  | { name: 'waiting' }
  | { name: 'uploading'; percent: number }
  | { name: 'reading' }
  | { name: 'paused'; percent: number }
  /** The content is there: in the library, or on its way as another file. */
  | { name: 'already'; documentId: string | null }
  | ({ name: 'failed' } & Fault)
  | { name: 'rejected'; message: string };

/** One file on its way in, as the page shows it. */
export type UploadItem = {
  readonly id: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly course: string | null;
  readonly documentId: string | null;
  readonly phase: UploadPhase;
};

/** What the queue knows of a file beside what it shows. */
export type Job = {
  readonly item: UploadItem;
  readonly file: File;
  readonly fingerprint: string;
  readonly hash: string | undefined;
  readonly signedUrl: string | undefined;
  readonly stored: boolean;
};

/** The same file dropped again, before its content is known. */
export const fingerprintOf = (file: File) => `${file.name}\n${file.size}\n${file.lastModified}`;
/** On its way: neither in, nor refused, nor failed. */
export const isOpen = ({ phase }: UploadItem) =>
  phase.name === 'waiting' ||
  phase.name === 'uploading' ||
  phase.name === 'paused' ||
  phase.name === 'reading';

export const newDocumentOf = ({ file, item, hash }: Job): NewDocument => ({
  title: titleOfFile(file.name),
  fileName: file.name,
  mimeType: kindOfName(file.name)?.mimeType ?? 'application/octet-stream',
  sizeBytes: file.size,
  ...(item.course === null ? {} : { course: item.course }),
  ...(hash === undefined ? {} : { contentHash: hash }),
});

type NewJob = { id: string; fault: string | undefined; course: string | undefined };

export const newJob = (file: File, { id, fault, course }: NewJob): Job => ({
  item: {
    id,
    fileName: file.name,
    sizeBytes: file.size,
    course: course ?? null,
    documentId: null,
    phase: fault === undefined ? { name: 'waiting' } : { name: 'rejected', message: fault },
  },
  file,
  fingerprint: fingerprintOf(file),
  hash: undefined,
  signedUrl: undefined,
  stored: false,
});
