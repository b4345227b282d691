import {
  ConnectionError,
  type Fault,
  faultOf,
  isGone,
  newRequestId,
  RequestError,
  requestDelete,
  requestJson,
} from '@/components/client/request';
import { createStore } from '@/components/client/store';
import { browserTransport, type UploadTransport } from '@/components/library/transport';
import { type Attached, type Attachment, MAX_ATTACHED, pictureType } from '@/lib/domain/attachment';
import { storedTypeOf } from '@/lib/ingestion/kinds';
import { sentence } from '@/lib/language/text';
import { api } from '@/lib/links';
import { createKeeper, type KeptFile } from './kept-files';

/** A file at the box, on its way to be asked about. */
export type AttachingFile = {
  readonly key: number;
  /** What it is called on this device. */
  readonly uid: string;
  readonly fileName: string;
  readonly phase:
    | { name: 'sending'; percent: number }
    | { name: 'reading' }
    | { name: 'ready'; attached: Attached }
    /** `isCut`: the page went away while it was sent, and only its student has it. */
    | ({ name: 'failed'; isCut?: boolean } & Fault);
};
type Phase = AttachingFile['phase'];
type Work = { abort: AbortController; id?: string; isSent?: boolean };

const LOOK_MILLISECONDS = 700;
const PASSING_MILLISECONDS = 3_000;
/** A reading that is silent for five minutes is begun anew by the server; one that says nothing even then has ended. */
const SILENT_MILLISECONDS = 6 * 60_000;
const SILENT = sentence('It is read no further. Attach it again, or ask without it.');
const CUT = sentence('It was not sent to its end.');
const GONE = sentence('It was not asked about for long, and is no longer here.');
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const typeOf = (file: File): string =>
  storedTypeOf(file.name) ?? pictureType(file.name) ?? (file.type || 'application/octet-stream');

export type Attaching = ReturnType<typeof createAttaching>;

export const attachedOf = (files: readonly AttachingFile[]): Attached[] =>
  files.flatMap(({ phase }) => (phase.name === 'ready' ? [phase.attached] : []));

export const isArriving = ({ phase }: AttachingFile): boolean =>
  phase.name === 'sending' || phase.name === 'reading';

/** Whether a look was lost on its way and the next one may tell. */
const isPassing = (error: unknown): boolean =>
  error instanceof ConnectionError || (error instanceof RequestError && error.status >= 500);

/** Looks until a file was read. A look that is lost is none; too long without anything new is the end. */
async function readOut(attachment: Attachment, signal: AbortSignal): Promise<Attachment> {
  let heardAt = Date.now();
  let told = attachment;
  while (told.status === 'pending' || told.status === 'processing') {
    if (Date.now() - heardAt > SILENT_MILLISECONDS) throw new Error(SILENT);
    await pause(LOOK_MILLISECONDS);
    const looked = await requestJson<{ attachment: Attachment }>(api.attachment(attachment.id), {
      signal,
    }).catch((error: unknown) => {
      if (isPassing(error)) return { attachment: told };
      throw error;
    });
    if (looked.attachment.status !== told.status || looked.attachment.progress !== told.progress)
      heardAt = Date.now();
    told = looked.attachment;
  }
  return told;
}

type Tell = (phase: Phase) => void;

/** Says that a file is there, and waits until it was read. */
async function read(attachmentId: string, tell: Tell, signal: AbortSignal): Promise<void> {
  tell({ name: 'reading' });
  const arrived = await requestJson<{ attachment: Attachment }>(api.attachmentReady(attachmentId), {
    method: 'POST',
    signal,
  });
  const attachment = await readOut(arrived.attachment, signal);
  if (attachment.status === 'error') throw new Error(attachment.error?.message);
  const { id, fileName, sizeBytes } = attachment;
  tell({ name: 'ready', attached: { id, fileName, mimeType: attachment.mimeType, sizeBytes } });
}

async function carry(file: File, work: Work, tell: Tell, put: UploadTransport['put']): Promise<void> {
  const { signal } = work.abort;
  const mimeType = typeOf(file);
  const { attachmentId, upload } = await requestJson<{
    attachmentId: string;
    upload: { signedUrl: string };
  }>(api.signAttachment, {
    method: 'POST',
    body: { fileName: file.name, mimeType, sizeBytes: file.size },
    signal,
  });
  work.id = attachmentId;
  tell({ name: 'sending', percent: 0 });
  const onProgress = (percent: number) => tell({ name: 'sending', percent });
  await put(upload.signedUrl, file, { mimeType, signal, onProgress });
  work.isSent = true;
  await read(attachmentId, tell, signal);
}

/** Looks on the server for what stood at the box before the page was loaded. Gives false where it went out meanwhile. */
async function lookFor(attachmentId: string, tell: Tell, signal: AbortSignal): Promise<boolean> {
  const ask = async (): Promise<Attachment> => {
    try {
      const found = await requestJson<{ attachment: Attachment }>(api.attachment(attachmentId), { signal });
      return found.attachment;
    } catch (error) {
      if (!isPassing(error)) throw error;
      await pause(PASSING_MILLISECONDS);
      return ask();
    }
  };
  try {
    const { threadId } = await ask();
    if (threadId !== null) return false;
    await read(attachmentId, tell, signal);
  } catch (error) {
    const isMissing = error instanceof RequestError && error.code === 'file_missing';
    if (!isMissing && !isGone(error)) throw error;
    tell({ name: 'failed', message: isMissing ? CUT : GONE, isCut: true });
  }
  return true;
}

/** The files of the next question, apart from any component: they go on arriving while pages change. */
export function createAttaching(put: UploadTransport['put'] = browserTransport.put) {
  const store = createStore<readonly AttachingFile[]>([]);
  const works = new Map<number, Work>();
  let lastKey = 0;

  const drop = (key: number) => {
    works.get(key)?.abort.abort();
    works.delete(key);
    store.set(store.get().filter((file) => file.key !== key));
  };
  /** Puts a file at the box, and does with it what there is to do: false takes it off again. */
  const begin = (
    file: Pick<AttachingFile, 'uid' | 'fileName' | 'phase'>,
    work: Work,
    carryOn: (tell: Tell) => Promise<unknown>,
  ) => {
    lastKey += 1;
    const key = lastKey;
    const tell = (phase: Phase) =>
      store.set(store.get().map((one) => (one.key === key ? { ...one, phase } : one)));
    works.set(key, work);
    store.set([...store.get(), { key, ...file }]);
    carryOn(tell).then(
      (stays) => stays === false && drop(key),
      (error: unknown) => {
        if (!work.abort.signal.aborted) tell({ name: 'failed', ...faultOf(error) });
      },
    );
  };
  const start = (file: File) => {
    const work: Work = { abort: new AbortController() };
    const phase = { name: 'sending' as const, percent: 0 };
    begin({ uid: newRequestId(), fileName: file.name, phase }, work, (tell) => carry(file, work, tell, put));
  };
  const takeUp = ({ uid, fileName, attachmentId: id, isSent }: KeptFile) => {
    const abort = new AbortController();
    const phase: Phase =
      id === undefined ? { name: 'failed', message: CUT, isCut: true } : { name: 'reading' };
    begin({ uid, fileName, phase }, { abort, isSent, ...(id !== undefined && { id }) }, async (tell) =>
      id === undefined ? true : lookFor(id, tell, abort.signal),
    );
  };
  /** Takes a file off the box, and what of it has arrived. */
  const remove = (key: number) => {
    const id = works.get(key)?.id;
    drop(key);
    if (id !== undefined) requestDelete(api.attachment(id)).catch(() => undefined);
  };
  return {
    subscribe: store.subscribe,
    files: store.get,
    ...createKeeper(store, works, { takeUp, drop }),
    add: (files: readonly File[]) => {
      for (const file of files.slice(0, MAX_ATTACHED - store.get().length)) start(file);
    },
    remove,
    /** Takes a file again that did not arrive wholly. */
    replace: (key: number, file: File) => {
      remove(key);
      start(file);
    },
    /** Takes off what cannot go with a question by now. */
    removeUnready: () => {
      for (const { key, phase } of store.get()) if (phase.name !== 'ready') remove(key);
    },
    /** Those that are ready go out with a question. */
    take: (): AttachingFile[] => {
      const files = store.get();
      store.set(files.filter(({ phase }) => phase.name !== 'ready'));
      return files.filter(({ phase }) => phase.name === 'ready');
    },
    /** The question did not get through. */
    giveBack: (files: readonly AttachingFile[]) => store.set([...files, ...store.get()]),
  };
}
