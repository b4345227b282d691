import { describe, expect, it, vi } from 'vitest';
import { ConnectionError, RequestError } from '@/components/client/request';
import { inEnglish } from '@/lib/language/text';
import type { CreatedDocument, LibraryDocument } from './documents';
import { kindsWords } from './file-check';
import { UploadError, type UploadTransport } from './transport';
import { createUploadQueue, type UploadQueue } from './upload-queue';

const LIMITS = { maxBytes: 1_000 };
const file = (name: string, content = name) => new File([content], name, { lastModified: 1 });

type Held = { resolve: () => void; reject: (error: Error) => void };

function setUp(overrides: Partial<UploadTransport> = {}) {
  let online = true;
  let ids = 0;
  let documents = 0;
  /** Uploads that have begun and wait for the test to let them end. */
  const held: Held[] = [];
  const transport: UploadTransport = {
    hash: vi.fn(async (given: File) => `sha256 of ${await given.text()}`),
    create: vi.fn(async () => ({
      documentId: `document-${++documents}`,
      alreadyInLibrary: false as const,
      upload: { bucket: 'documents', path: 'p', token: 't', signedUrl: 'http://storage/put' },
    })),
    put: vi.fn(
      (_url: string, _file: File, { signal }: { signal: AbortSignal }) =>
        new Promise<void>((resolve, reject) => {
          held.push({ resolve, reject });
          signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
        }),
    ),
    ingest: vi.fn(async () => undefined),
    remove: vi.fn(async () => undefined),
    ...overrides,
  };
  const handedOver: string[] = [];
  const queue = createUploadQueue({
    transport,
    newId: () => `item-${++ids}`,
    isOnline: () => online,
    onHandedOver: (documentId) => handedOver.push(documentId),
    wait: async () => undefined,
  });
  const setOnline = (value: boolean) => {
    online = value;
    if (value) queue.goOn();
  };
  return { queue, transport, held, handedOver, setOnline };
}

/** So many files have begun to be sent; the rest waits. */
async function sending(
  names: readonly string[],
  { atATime = 1, ...overrides }: Partial<UploadTransport> & { atATime?: number } = {},
) {
  const made = setUp(overrides);
  made.queue.setConcurrency(atATime);
  made.queue.add(
    names.map((name) => file(name)),
    LIMITS,
  );
  await until(() => expect(made.held).toHaveLength(atATime));
  return made;
}

const phases = (queue: UploadQueue) => queue.items().map(({ phase }) => phase.name);
const until = (check: () => void) => vi.waitFor(check, { interval: 1 });

describe('the upload queue', () => {
  it('has only so many files in hand at a time, and takes the next when one has been read', async () => {
    const { queue, held, handedOver } = await sending(['a.md', 'b.md', 'c.md'], { atATime: 2 });
    expect(phases(queue)).toEqual(['uploading', 'uploading', 'waiting']);
    held[0]?.resolve();
    await until(() => expect(handedOver).toEqual(['document-1']));
    expect(phases(queue)).toEqual(['reading', 'uploading', 'waiting']);
    const listed = (status: LibraryDocument['status']) => [{ id: 'document-1', status } as LibraryDocument];
    queue.settle(listed('processing'));
    expect(phases(queue)).toEqual(['reading', 'uploading', 'waiting']);
    queue.settle(listed('ready'));
    await until(() => expect(held).toHaveLength(3));
    expect(phases(queue)).toEqual(['uploading', 'uploading']);
  });

  it('makes one upload of a file that is dropped twice', async () => {
    const { queue, transport, held } = setUp();
    queue.setConcurrency(2);
    expect(queue.add([file('a.md')], LIMITS)).toEqual({ added: 1, repeated: 0 });
    expect(queue.add([file('a.md')], LIMITS)).toEqual({ added: 0, repeated: 1 });
    expect(queue.add([file('b.md'), file('b.md')], LIMITS)).toEqual({ added: 1, repeated: 1 });
    await until(() => expect(held).toHaveLength(2));
    held[0]?.resolve();
    await until(() => expect(phases(queue)[0]).toBe('reading'));
    expect(queue.add([file('a.md')], LIMITS).repeated).toBe(1);
    expect(queue.items()).toHaveLength(2);
    expect(transport.create).toHaveBeenCalledTimes(2);
  });

  it('makes one upload of the same content under two names', async () => {
    const { queue, transport } = setUp();
    queue.setConcurrency(2);
    queue.add([file('a.md', 'same words'), file('copy of a.md', 'same words')], LIMITS);
    await until(() => expect(phases(queue)).toContain('already'));
    await until(() => expect(transport.create).toHaveBeenCalledTimes(1));
    expect(phases(queue).filter((name) => name === 'already')).toHaveLength(1);
  });

  it('says when the library has the content already, and sends nothing', async () => {
    const create = async () => ({ documentId: 'old', alreadyInLibrary: true as const, upload: null });
    const { queue, transport } = setUp({ create });
    queue.add([file('a.md')], LIMITS);
    await until(() => expect(queue.items()[0]?.phase).toEqual({ name: 'already', documentId: 'old' }));
    expect(transport.put).not.toHaveBeenCalled();
    expect(transport.ingest).not.toHaveBeenCalled();
    queue.remove('item-1');
    expect(transport.remove).not.toHaveBeenCalled();
  });

  it('refuses what cannot be read before anything is sent, and says why', () => {
    const { queue, transport } = setUp();
    queue.add(
      [file('lecture.sketch'), new File([], 'empty.pdf'), new File(['x'.repeat(1_001)], 'big.pdf')],
      LIMITS,
    );
    expect(
      queue.items().map(({ phase }) => (phase.name === 'rejected' ? phase.message : phase.name)),
    ).toEqual([
      `I cannot read .sketch files yet. ${kindsWords(inEnglish)} work.`,
      'This file is empty.',
      'This file is 1001 bytes, and 1000 bytes is the limit. Split it and add the parts.',
    ]);
    const { queue: narrow } = setUp();
    narrow.add([file('a.md'), file('a.pdf')], { ...LIMITS, endings: ['pdf'] });
    expect(narrow.items()[0]?.phase).toMatchObject({ message: '.md files are not taken here. PDF work.' });
    expect(narrow.items()[1]?.phase.name).not.toBe('rejected');
    expect(transport.create).not.toHaveBeenCalled();
  });

  it('pauses without a connection and goes on by itself with the same document', async () => {
    const { queue, transport, held, setOnline, handedOver } = await sending(['a.md']);
    setOnline(false);
    held[0]?.reject(new UploadError('gone', 'broke'));
    await until(() => expect(phases(queue)).toEqual(['paused']));
    setOnline(true);
    await until(() => expect(held).toHaveLength(2));
    held[1]?.resolve();
    await until(() => expect(handedOver).toEqual(['document-1']));
    expect(transport.create).toHaveBeenCalledTimes(1);
  });

  it.each<[string, UploadError['kind'], (queue: UploadQueue) => unknown, string[]]>([
    ['that broke off goes on when it is asked for', 'gone', (queue) => queue.retry('item-1'), ['document-1']],
    [
      'that failed goes on when it is dropped again',
      'refused',
      (queue) => expect(queue.add([file('a.md')], LIMITS)).toEqual({ added: 1, repeated: 0 }),
      ['document-1'],
    ],
    [
      'whose address has run out asks for a new one, and leaves no second row',
      'expired',
      (queue) => queue.retry('item-1'),
      ['document-1', 'document-2'],
    ],
  ])('a file %s', async (_, kind, goOn, made) => {
    const { queue, transport, held, handedOver } = await sending(['a.md']);
    held[0]?.reject(new UploadError(kind, 'no'));
    await until(() => expect(phases(queue)).toEqual(['failed']));
    goOn(queue);
    await until(() => expect(held).toHaveLength(2));
    // The bytes had arrived; only the answer was lost.
    held[1]?.reject(new UploadError('exists', 'there'));
    await until(() => expect(handedOver).toEqual(made.slice(-1)));
    expect(transport.create).toHaveBeenCalledTimes(made.length);
    expect(vi.mocked(transport.remove).mock.calls.map(([id]) => id)).toEqual(made.slice(0, -1));
  });

  it('waits for its turn when the server is busy, without a failure', async () => {
    let refusals = 2;
    const ingest = vi.fn(async () => {
      refusals -= 1;
      if (refusals >= 0) throw new RequestError({ status: 429, code: 'too_many_files', message: 'busy' });
    });
    const { held, handedOver } = await sending(['a.md'], { ingest });
    held[0]?.resolve();
    await until(() => expect(handedOver).toEqual(['document-1']));
    expect(ingest).toHaveBeenCalledTimes(3);
    expect(held).toHaveLength(1);
  });

  it('takes away what has arrived of a file that is stopped, and lets the next one go', async () => {
    const { queue, transport, held } = await sending(['a.md', 'b.md']);
    queue.remove('item-1');
    expect(transport.remove).toHaveBeenCalledWith('document-1', undefined);
    await until(() => expect(held).toHaveLength(2));
    expect(queue.items().map(({ fileName }) => fileName)).toEqual(['b.md']);
  });

  it('leaves no row behind when a file is stopped while its row is being made', async () => {
    let made: (() => void) | undefined;
    const create = vi.fn(
      () =>
        new Promise<CreatedDocument>((resolve) => {
          const upload = { bucket: 'documents', path: 'p', token: 't', signedUrl: 'http://storage/put' };
          made = () => resolve({ documentId: 'late', alreadyInLibrary: false, upload });
        }),
    );
    const { queue, transport } = setUp({ create });
    queue.add([file('a.md')], LIMITS);
    await until(() => expect(create).toHaveBeenCalled());
    queue.remove('item-1');
    made?.();
    await until(() => expect(transport.remove).toHaveBeenCalledWith('late'));
    expect(transport.ingest).not.toHaveBeenCalled();
  });

  it('takes away half-sent files when the page goes, and leaves those that are being read', async () => {
    const { queue, transport, held } = await sending(['a.md', 'b.md'], { atATime: 2 });
    held[0]?.resolve();
    await until(() => expect(phases(queue)).toContain('reading'));
    queue.abandon();
    expect(transport.remove).toHaveBeenCalledExactlyOnceWith('document-2', { keepalive: true });
  });

  it('shows the sentence of the server when it refuses a file', async () => {
    const create = async () => {
      throw new RequestError({ status: 413, code: 'file_too_large', message: 'This file is too large.' });
    };
    const { queue } = setUp({ create });
    queue.add([file('a.md')], LIMITS);
    await until(() =>
      expect(queue.items()[0]?.phase).toMatchObject({ name: 'failed', message: 'This file is too large.' }),
    );
  });

  it('says that the connection broke when it is the server that cannot be reached', async () => {
    const create = async () => {
      throw new ConnectionError('no answer');
    };
    const { queue } = setUp({ create });
    queue.add([file('a.md')], LIMITS);
    await until(() => expect(phases(queue)).toEqual(['failed']));
  });
});
