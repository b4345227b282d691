import { ConnectionError, faultOf, RequestError } from '@/components/client/request';
import { createStore } from '@/components/client/store';
import { storedTypeOf } from '@/lib/ingestion/kinds';
import type { Translate } from '@/lib/language/text';
import { sentence } from '@/lib/language/text';
import type { LibraryDocument } from './documents';
import type { UploadLimits } from './file-check';
import { UploadError, type UploadTransport } from './transport';
import { type Job, newDocumentOf } from './upload-job';
import { EMPTY_QUEUE, jobOf, nextJob, type QueueEvent, type QueueState, reduce } from './upload-state';

export type UploadQueue = ReturnType<typeof createUploadQueue>;

type UploadQueueDependencies = {
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

type Runner = UploadQueueDependencies & {
  state: () => QueueState;
  dispatch: (event: QueueEvent) => void;
  /** How to stop each file that is being worked on. */
  aborts: Map<string, AbortController>;
};

/**
 * Takes files in, a few at a time, and keeps what is known of each. It lives outside the pages, so that going to
 * another page does not stop an upload.
 */
export function createUploadQueue(dependencies: UploadQueueDependencies) {
  const store = createStore(EMPTY_QUEUE);
  const state = store.get;
  const dispatch = (event: QueueEvent) => store.set(reduce(state(), event));
  const runner: Runner = { ...dependencies, state, dispatch, aborts: new Map() };
  const apply = (event: QueueEvent) => {
    dispatch(event);
    pump(runner);
  };
  return {
    subscribe: store.subscribe,
    jobs: () => state().jobs,
    items: () => state().jobs.map(({ item }) => item),
    /** Returns how many of the files were already on their way and therefore not added twice. */
    add: (
      files: readonly File[],
      { course, ...limits }: UploadLimits & { course?: string },
      t?: Translate,
    ) => {
      const withIds = files.map((file) => ({ id: dependencies.newId(), file }));
      apply({ type: 'added', files: withIds, limits, course, t });
      const { repeated } = state();
      return { added: files.length - repeated, repeated };
    },
    retry: (id: string) => apply({ type: 'retried', id }),
    /** Stops a file, wherever it is, and takes away what of it has arrived. */
    remove: (id: string) => {
      const job = jobOf(state(), id);
      if (job === undefined) return;
      const hasArrived = job.item.phase.name === 'already' || job.item.phase.name === 'rejected';
      runner.aborts.get(id)?.abort();
      if (!hasArrived) forgetDocument(runner, job);
      apply({ type: 'removed', id });
    },
    /** Called with every fresh list of documents. */
    settle: (documents: readonly LibraryDocument[]) => {
      const finished = documents.filter(({ status }) => status === 'ready' || status === 'error');
      apply({ type: 'settled', finished: new Set(finished.map(({ id }) => id)) });
    },
    /** The page goes away: what was not sent whole never will be, and must not keep others from being added. */
    abandon: () => {
      for (const job of state().jobs) if (!job.stored) forgetDocument(runner, job, { keepalive: true });
    },
    goOn: () => apply({ type: 'online' }),
    setConcurrency: (concurrency: number) => apply({ type: 'allowed', concurrency }),
  };
}

/** Starts files in their order, as many as may be in hand. */
function pump(runner: Runner): void {
  while (runner.isOnline()) {
    const next = nextJob(runner.state());
    if (next === undefined) return;
    void run(runner, next.item.id);
  }
}

async function run(runner: Runner, id: string): Promise<void> {
  const abort = new AbortController();
  runner.aborts.set(id, abort);
  runner.dispatch({ type: 'started', id });
  try {
    await carry(runner, id, abort.signal);
  } catch (error) {
    // While it waits for the server's turn it keeps its place, so that others do not run ahead into the same answer.
    const isBusy = !abort.signal.aborted && fail(runner, id, error);
    if (isBusy) await runner.wait(BUSY_WAIT_MILLISECONDS);
  } finally {
    runner.aborts.delete(id);
    runner.dispatch({ type: 'ended', id });
    pump(runner);
  }
}

/** A file that goes on: neither taken off the list, nor found to be there already. */
function openJob({ state }: Runner, id: string, signal: AbortSignal): Job | undefined {
  const job = signal.aborted ? undefined : jobOf(state(), id);
  return job?.item.phase.name === 'already' ? undefined : job;
}

/** The way of one file: known content, a row and an address, the bytes, the reading. */
async function carry(runner: Runner, id: string, signal: AbortSignal): Promise<void> {
  const { transport, dispatch } = runner;
  const waiting = openJob(runner, id, signal);
  if (waiting === undefined) return;
  dispatch({ type: 'hashed', id, hash: waiting.hash ?? (await transport.hash(waiting.file)) });

  const hashed = openJob(runner, id, signal);
  if (hashed === undefined) return;
  if (hashed.item.documentId === null) {
    const created = await transport.create(newDocumentOf(hashed));
    // The student stopped the file while its row was being made: nobody else will ever fill it.
    if (signal.aborted && !created.alreadyInLibrary) {
      transport.remove(created.documentId).catch(() => undefined);
    }
    dispatch({ type: 'created', id, created });
  }

  const created = openJob(runner, id, signal);
  const documentId = created?.item.documentId ?? null;
  if (created === undefined || documentId === null) return;
  if (!created.stored && created.signedUrl !== undefined) {
    await send(runner, created, { signedUrl: created.signedUrl, signal });
  }
  await transport.ingest(documentId, signal);
  dispatch({ type: 'handedOver', id });
  runner.onHandedOver(documentId);
}

async function send(
  { transport, dispatch }: Runner,
  { item: { id }, file }: Job,
  { signedUrl, signal }: { signedUrl: string; signal: AbortSignal },
): Promise<void> {
  const mimeType = storedTypeOf(file.name) ?? 'application/octet-stream';
  const onProgress = (percent: number) => {
    if (!signal.aborted) dispatch({ type: 'progressed', id, percent });
  };
  try {
    await transport.put(signedUrl, file, { mimeType, signal, onProgress });
  } catch (error) {
    // The bytes arrived the last time and only the answer was lost.
    if (!(error instanceof UploadError && error.kind === 'exists')) throw error;
  }
  dispatch({ type: 'stored', id });
}

/** Decides what a failure means for the file; true when it will try again by itself after a while. */
function fail(runner: Runner, id: string, error: unknown): boolean {
  const { dispatch, state } = runner;
  const isBroken =
    error instanceof ConnectionError || (error instanceof UploadError && error.kind === 'gone');
  if (isBroken && !runner.isOnline()) {
    dispatch({ type: 'paused', id });
    return false;
  }
  if (error instanceof RequestError && BUSY_CODES.has(error.code)) {
    dispatch({ type: 'deferred', id });
    return true;
  }
  const job = jobOf(state(), id);
  if (job && error instanceof UploadError && error.kind === 'expired') forgetDocument(runner, job);
  const fault =
    error instanceof Error && error.message
      ? faultOf(error)
      : { message: sentence('The upload broke off. Try again.') };
  dispatch({
    type: 'failed',
    id,
    fault: isBroken ? { message: sentence('The connection broke. Your file is still here.') } : fault,
  });
  return false;
}

/** Removes the half-made document; should that fail, the library shows it as not arrived, with a way to remove it. */
function forgetDocument(
  { dispatch, transport }: Runner,
  { item }: Job,
  options?: { keepalive: boolean },
): void {
  dispatch({ type: 'forgotten', id: item.id });
  if (item.documentId !== null) transport.remove(item.documentId, options).catch(() => undefined);
}
