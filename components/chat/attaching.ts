import {
  ConnectionError,
  RequestError,
  requestDelete,
  requestJson,
  sentenceOf,
} from '@/components/client/request';
import { createStore } from '@/components/client/store';
import { browserTransport, type UploadTransport } from '@/components/library/transport';
import { type Attached, type Attachment, MAX_ATTACHED, pictureType } from '@/lib/domain/attachment';
import { storedTypeOf } from '@/lib/ingestion/kinds';
import { api } from '@/lib/links';

/** A file at the box, on its way to be asked about. */
export type AttachingFile = {
  readonly key: number;
  readonly fileName: string;
  readonly phase:
    | { name: 'sending'; percent: number }
    | { name: 'reading' }
    | { name: 'ready'; attached: Attached }
    | { name: 'failed'; message: string };
};
type Phase = AttachingFile['phase'];

const LOOK_MILLISECONDS = 700;
/** A reading that is silent for five minutes is begun anew by the server; one that says nothing even then has ended. */
const SILENT_MILLISECONDS = 6 * 60_000;
const SILENT = 'It is read no further. Attach it again, or ask without it.';
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

/** The files of the next question, apart from any component: they go on arriving while pages change. */
export function createAttaching(put: UploadTransport['put'] = browserTransport.put) {
  const store = createStore<readonly AttachingFile[]>([]);
  const ended = new Map<number, { abort: AbortController; id?: string }>();
  let lastKey = 0;

  const tell = (key: number, phase: Phase) =>
    store.set(store.get().map((file) => (file.key === key ? { ...file, phase } : file)));

  async function carry(
    key: number,
    file: File,
    work: { abort: AbortController; id?: string },
  ): Promise<void> {
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
    const onProgress = (percent: number) => tell(key, { name: 'sending', percent });
    await put(upload.signedUrl, file, { mimeType, signal, onProgress });
    tell(key, { name: 'reading' });
    const arrived = await requestJson<{ attachment: Attachment }>(api.attachmentReady(attachmentId), {
      method: 'POST',
      signal,
    });
    const attachment = await readOut(arrived.attachment, signal);
    if (attachment.status === 'error') throw new Error(attachment.error?.message);
    const { id, fileName, sizeBytes } = attachment;
    tell(key, { name: 'ready', attached: { id, fileName, mimeType: attachment.mimeType, sizeBytes } });
  }

  const start = (file: File) => {
    lastKey += 1;
    const key = lastKey;
    const work = { abort: new AbortController() };
    ended.set(key, work);
    store.set([...store.get(), { key, fileName: file.name, phase: { name: 'sending', percent: 0 } }]);
    carry(key, file, work).catch((error: unknown) => {
      if (!work.abort.signal.aborted) tell(key, { name: 'failed', message: sentenceOf(error) });
    });
  };
  /** Takes a file off the box, and what of it has arrived. */
  const remove = (key: number) => {
    const work = ended.get(key);
    work?.abort.abort();
    ended.delete(key);
    store.set(store.get().filter((file) => file.key !== key));
    if (work?.id !== undefined) requestDelete(api.attachment(work.id)).catch(() => undefined);
  };
  return {
    subscribe: store.subscribe,
    files: store.get,
    add: (files: readonly File[]) => {
      for (const file of files.slice(0, MAX_ATTACHED - store.get().length)) start(file);
    },
    remove,
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
