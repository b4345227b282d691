import { storedTypeOf } from '@/lib/ingestion/kinds';
import type { CreatedDocument, LibraryDocument } from './documents';
import { fileFault, QUEUE_LIMIT } from './file-check';
import { ConnectionError, RequestError } from './requests';
import { UploadError, type UploadTransport } from './transport';
import {
  fingerprintOf,
  isOpen,
  type Job,
  newDocumentOf,
  newJob,
  type UploadItem,
  type UploadPhase,
} from './upload-job';

export type UploadQueue = {
  subscribe: (listener: () => void) => () => void;
  items: () => readonly UploadItem[];
  /** Returns how many of the files were already on their way and therefore not added twice. */
  add: (
    files: readonly File[],
    options: { maxBytes: number; course?: string },
  ) => { added: number; repeated: number };
  retry: (id: string) => void;
  /** Stops a file, wherever it is, and takes away what of it has arrived. */
  remove: (id: string) => void;
  /** Called with every fresh list of documents. */
  settle: (documents: readonly LibraryDocument[]) => void;
  /** The page goes away: what was not sent whole never will be, and must not keep others from being added. */
  abandon: () => void;
  setOnline: (online: boolean) => void;
  setConcurrency: (count: number) => void;
};

export type UploadQueueDependencies = {
  transport: UploadTransport;
  newId: () => string;
  isOnline: () => boolean;
  /** Called when a file has been handed to the reader. */
  onHandedOver: (documentId: string) => void;
  wait: (milliseconds: number) => Promise<void>;
};

/** The server reads only so many at a time and says so; the file then waits and asks again. */
const BUSY_WAIT_MILLISECONDS = 2_000;
const BUSY_CODES = new Set(['too_many_files', 'rate_limited']);

/**
 * Takes files in, a few at a time, and keeps what is known of each. It lives outside the pages, so that going to
 * another page does not stop an upload.
 */
export function createUploadQueue(dependencies: UploadQueueDependencies): UploadQueue {
  const { transport, newId, isOnline, onHandedOver, wait } = dependencies;
  const listeners = new Set<() => void>();
  let jobs: Job[] = [];
  let snapshot: readonly UploadItem[] = [];
  let concurrency = 1;
  let running = 0;
  let finished: ReadonlySet<string> = new Set();

  const publish = () => {
    snapshot = jobs.map((job) => job.item);
    for (const listener of listeners) listener();
  };
  const change = (job: Job, patch: Partial<UploadItem>) => {
    job.item = { ...job.item, ...patch };
    publish();
  };
  const setPhase = (job: Job, phase: UploadPhase) => change(job, { phase });

  /** Files being sent and files being read: the server allows so many of both together. */
  const inHand = () => running + jobs.filter(({ item }) => item.phase.name === 'reading').length;

  const pump = () => {
    while (inHand() < concurrency && isOnline()) {
      const next = jobs.find((job) => job.item.phase.name === 'waiting' && job.abort === undefined);
      if (next === undefined) return;
      void run(next);
    }
  };

  /** Makes room: what the list shows finished needs no tile and no place in the queue. */
  const dropFinished = () => {
    const left = jobs.filter(
      ({ item }) => item.phase.name !== 'reading' || !finished.has(item.documentId ?? ''),
    );
    if (left.length === jobs.length) return;
    jobs = left;
    publish();
    pump();
  };

  const run = async (job: Job) => {
    const abort = new AbortController();
    job.abort = abort;
    running += 1;
    let retryLater = false;
    try {
      setPhase(job, { name: 'uploading', percent: 0 });
      await carry(job, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) retryLater = fail(job, error);
    } finally {
      // While it waits for the server's turn it keeps its place, so that others do not run ahead into the same answer.
      if (retryLater) await wait(BUSY_WAIT_MILLISECONDS);
      running -= 1;
      if (job.abort === abort) job.abort = undefined;
      pump();
    }
  };

  /** The way of one file: known content, a row and an address, the bytes, the reading. */
  const carry = async (job: Job, signal: AbortSignal) => {
    job.hash ??= await transport.hash(job.file);
    if (signal.aborted) return;
    const twin = jobs.find(
      (other) => other !== job && job.hash !== undefined && other.hash === job.hash && isOpen(other.item),
    );
    if (twin) return setPhase(job, { name: 'already', documentId: null });

    if (job.item.documentId === null) {
      const created = await transport.create(newDocumentOf(job));
      if (signal.aborted) return discard(created);
      if (created.alreadyInLibrary) return setPhase(job, { name: 'already', documentId: created.documentId });
      job.signedUrl = created.upload?.signedUrl;
      change(job, { documentId: created.documentId });
    }
    const { documentId } = job.item;
    if (documentId === null) return;
    if (!job.stored && job.signedUrl !== undefined) await store(job, job.signedUrl, signal);
    await transport.ingest(documentId, signal);
    setPhase(job, { name: 'reading' });
    onHandedOver(documentId);
    // A small file can be read before the answer that it was handed over has arrived.
    dropFinished();
  };

  /** The student stopped the file while its row was being made: nobody else will ever fill it. */
  const discard = (created: CreatedDocument) => {
    if (!created.alreadyInLibrary) transport.remove(created.documentId).catch(() => undefined);
  };

  const store = async (job: Job, signedUrl: string, signal: AbortSignal) => {
    const mimeType = storedTypeOf(job.file.name) ?? 'application/octet-stream';
    const onProgress = (percent: number) => {
      if (!signal.aborted && job.item.phase.name === 'uploading')
        setPhase(job, { name: 'uploading', percent });
    };
    try {
      await transport.put(signedUrl, job.file, { mimeType, signal, onProgress });
    } catch (error) {
      // The bytes arrived the last time and only the answer was lost.
      if (!(error instanceof UploadError && error.kind === 'exists')) throw error;
    }
    job.stored = true;
  };

  /** Decides what a failure means for the file; true when it will try again by itself after a while. */
  const fail = (job: Job, error: unknown): boolean => {
    const percent = job.item.phase.name === 'uploading' ? job.item.phase.percent : 0;
    const broken =
      error instanceof ConnectionError || (error instanceof UploadError && error.kind === 'gone');
    if (broken && !isOnline()) {
      setPhase(job, { name: 'paused', percent });
      return false;
    }
    if (error instanceof RequestError && BUSY_CODES.has(error.code)) {
      setPhase(job, { name: 'waiting' });
      return true;
    }
    if (error instanceof UploadError && error.kind === 'expired') forgetDocument(job);
    const message =
      error instanceof Error && error.message ? error.message : 'The upload broke off. Try again.';
    setPhase(job, {
      name: 'failed',
      message: broken ? 'The connection broke. Your file is still here.' : message,
    });
    return false;
  };

  /** Removes the half-made document; should that fail, the library shows it as not arrived, with a way to remove it. */
  const forgetDocument = (job: Job, options?: { keepalive: boolean }) => {
    const { documentId } = job.item;
    job.signedUrl = undefined;
    job.stored = false;
    if (documentId === null) return;
    change(job, { documentId: null });
    transport.remove(documentId, options).catch(() => undefined);
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    items: () => snapshot,
    add: (files, { maxBytes, course }) => {
      let repeated = 0;
      let added = 0;
      const fresh: Job[] = [];
      for (const file of files) {
        const same = [...jobs, ...fresh].find((job) => job.fingerprint === fingerprintOf(file));
        if (same && isOpen(same.item)) {
          repeated += 1;
          continue;
        }
        if (same?.item.phase.name === 'failed') {
          // It goes on where it failed, with what of it has arrived.
          setPhase(same, { name: 'waiting' });
          added += 1;
          continue;
        }
        // What was refused or was there already gives way to the new attempt.
        if (same) jobs = jobs.filter((job) => job !== same);
        const isOver = jobs.filter((job) => isOpen(job.item)).length + fresh.length >= QUEUE_LIMIT;
        const fault = isOver
          ? `I take ${QUEUE_LIMIT} files at a time. Add this one again when the others are in.`
          : fileFault(file, { maxBytes });
        fresh.push(newJob(file, { id: newId(), fault, course }));
      }
      jobs = [...jobs, ...fresh];
      publish();
      pump();
      return { added: added + fresh.length, repeated };
    },
    retry: (id) => {
      const job = jobs.find(({ item }) => item.id === id);
      if (job?.item.phase.name !== 'failed') return;
      setPhase(job, { name: 'waiting' });
      pump();
    },
    remove: (id) => {
      const job = jobs.find(({ item }) => item.id === id);
      if (job === undefined) return;
      const hasArrived = job.item.phase.name === 'already' || job.item.phase.name === 'rejected';
      job.abort?.abort();
      if (!hasArrived) forgetDocument(job);
      jobs = jobs.filter((other) => other !== job);
      publish();
    },
    settle: (documents) => {
      finished = new Set(
        documents.filter(({ status }) => status === 'ready' || status === 'error').map(({ id }) => id),
      );
      dropFinished();
    },
    abandon: () => {
      for (const job of jobs) if (!job.stored) forgetDocument(job, { keepalive: true });
    },
    setOnline: (online) => {
      if (!online) return;
      for (const job of jobs) if (job.item.phase.name === 'paused') setPhase(job, { name: 'waiting' });
      pump();
    },
    setConcurrency: (count) => {
      concurrency = Math.max(1, count);
      pump();
    },
  };
}
