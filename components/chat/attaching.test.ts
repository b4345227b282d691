// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import { attachedOf, createAttaching } from './attaching';
import { filesKey } from './kept-files';

const ID = '11111111-1111-4111-8111-111111111111';
let looks = 0;
let end: object = {};
let refused: Response | undefined;
const attachment = (given: object) => ({
  attachment: { id: ID, fileName: 'a.md', mimeType: 'text/markdown', sizeBytes: 4, error: null, ...given },
});
const api = fakeApi(({ path, method }) => {
  if (method === 'DELETE') return new Response(null, { status: 204 });
  if (path.endsWith('/sign')) {
    return refused ?? Response.json({ attachmentId: ID, upload: { signedUrl: 'https://store/put' } });
  }
  looks += 1;
  return Response.json(attachment(looks < 3 ? { status: 'processing' } : end));
});

const file = (name = 'a.md') => new File(['text'], name);
const phases = (attaching: ReturnType<typeof createAttaching>) =>
  attaching.files().map(({ phase }) => phase.name);

beforeEach(() => {
  looks = 0;
  refused = undefined;
  end = { status: 'ready' };
});

test('a file is sent, read and ready, and leaves the box with its question', async () => {
  const put = vi.fn(
    async (_url: string, _file: File, { onProgress }: { onProgress: (percent: number) => void }) =>
      onProgress(50),
  );
  const attaching = createAttaching(put);
  attaching.add([file()]);
  expect(phases(attaching)).toEqual(['sending']);
  await vi.waitFor(() => expect(phases(attaching)).toEqual(['ready']), { timeout: 5_000 });
  expect(put).toHaveBeenCalledWith(
    'https://store/put',
    expect.any(File),
    expect.objectContaining({ mimeType: 'text/markdown' }),
  );
  const taken = attaching.take();
  expect(attachedOf(taken)).toMatchObject([{ id: ID, fileName: 'a.md' }]);
  expect(attaching.files()).toEqual([]);
  attaching.giveBack(taken);
  expect(phases(attaching)).toEqual(['ready']);
});

test('what is refused or cannot be read says why and stays out of the question', async () => {
  refused = Response.json({ code: 'file_unsupported', title: 'This kind cannot be read.' }, { status: 415 });
  const attaching = createAttaching(async () => undefined);
  attaching.add([file('a.exe')]);
  await vi.waitFor(() =>
    expect(attaching.files()[0]?.phase).toMatchObject({
      name: 'failed',
      message: 'This kind cannot be read.',
    }),
  );
  refused = undefined;
  end = { status: 'error', error: { code: 'file_damaged', message: 'It is damaged.' } };
  attaching.add([file()]);
  await vi.waitFor(
    () => expect(attaching.files()[1]?.phase).toMatchObject({ name: 'failed', message: 'It is damaged.' }),
    { timeout: 5_000 },
  );
  expect(attaching.take()).toEqual([]);
});

test('no more are taken than go with one question, and one that is removed is removed from the server', async () => {
  const attaching = createAttaching(() => new Promise(() => undefined));
  attaching.add(Array.from({ length: 12 }, () => file()));
  expect(attaching.files()).toHaveLength(10);
  await vi.waitFor(() =>
    expect(api.calls.filter(({ path }) => path.endsWith('/sign')).length).toBeGreaterThanOrEqual(10),
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  attaching.remove(attaching.files()[0]?.key ?? 0);
  expect(attaching.files()).toHaveLength(9);
  await vi.waitFor(() => expect(api.calls.at(-1)).toMatchObject({ method: 'DELETE' }));
});

describe('files at the box of a page that is loaded again', () => {
  const never = () => new Promise<void>(() => undefined);
  const at = (key: string, put: () => Promise<void> = never) => {
    const attaching = createAttaching(put);
    attaching.keepAt(key);
    return attaching;
  };
  const signedIn = (student: string) => {
    document.head.innerHTML = `<meta name="clerva-student" content="${student}">`;
  };
  const settled = (attaching: ReturnType<typeof createAttaching>, names: string[]) =>
    vi.waitFor(() => expect(phases(attaching)).toEqual(names), { timeout: 5_000 });
  /** What the server says of the file that is there. */
  let found: object = {};
  let arrives: () => Response = () => Response.json(attachment({ status: 'ready', ...found }));
  beforeEach(() => {
    localStorage.clear();
    signedIn('ada');
    found = { threadId: null };
    arrives = () => Response.json(attachment({ status: 'ready', ...found }));
    api.answer = ({ path, method }) => {
      if (method === 'DELETE') return new Response(null, { status: 204 });
      if (path.endsWith('/sign')) {
        return Response.json({ attachmentId: ID, upload: { signedUrl: 'https://store/put' } });
      }
      return path.endsWith('/ready') ? arrives() : Response.json(attachment({ status: 'ready', ...found }));
    };
  });

  test('stand there again as they were, under the name the conversation has by then', async () => {
    const before = at(filesKey(), async () => undefined);
    before.add([file()]);
    await settled(before, ['ready']);
    before.keepAt(filesKey('t1'));
    expect(at(filesKey()).files()).toEqual([]);
    const after = at(filesKey('t1'));
    await settled(after, ['ready']);
    expect(attachedOf(after.take())).toMatchObject([{ id: ID, fileName: 'a.md' }]);
    expect(at(filesKey('t1')).files()).toEqual([]);
  });

  test('are nothing to another student of the same browser, and there again for their own', async () => {
    const before = at(filesKey(), async () => undefined);
    before.add([file()]);
    await settled(before, ['ready']);
    signedIn('bob');
    expect(at(filesKey()).files()).toEqual([]);
    signedIn('ada');
    await settled(at(filesKey()), ['ready']);
  });

  test.each([
    ['made room', async () => expect(api.calls.at(-1)?.path).toMatch(/sign$/)],
    ['heard of it', async () => undefined],
  ])(
    'say so when they were not sent to their end, and are taken again: the server had %s',
    async (_, until) => {
      const before = at(filesKey());
      before.add([file('long.pdf')]);
      await vi.waitFor(until);
      arrives = () => Response.json({ code: 'file_missing', title: 'It did not arrive.' }, { status: 409 });
      const after = at(filesKey());
      await settled(after, ['failed']);
      expect(after.files()[0]).toMatchObject({ fileName: 'long.pdf', phase: { isCut: true } });
      const again = at(filesKey(), async () => undefined);
      await settled(again, ['failed']);
      arrives = () => Response.json(attachment({ status: 'ready', ...found }));
      again.replace(again.files()[0]?.key ?? 0, file('long.pdf'));
      await settled(again, ['ready']);
      await settled(at(filesKey()), ['ready']);
    },
  );

  test('are gone once they were removed, refused or sent, also by another tab', async () => {
    const before = at(filesKey(), async () => undefined);
    before.add([file()]);
    await settled(before, ['ready']);
    const other = at(filesKey());
    await settled(other, ['ready']);
    const oldValue = localStorage.getItem(filesKey());
    other.take();
    before.heed({ key: filesKey(), oldValue, newValue: localStorage.getItem(filesKey()) });
    expect(before.files()).toEqual([]);
    before.add([file()]);
    await settled(before, ['ready']);
    found = { threadId: 't1' };
    await settled(at(filesKey()), []);
    before.remove(before.files()[0]?.key ?? 0);
    expect(localStorage.getItem(filesKey())).toBeNull();
  });

  test('wait for the connection, and say it where the server has them no more', async () => {
    const before = at(filesKey(), async () => undefined);
    before.add([file()]);
    await settled(before, ['ready']);
    vi.useFakeTimers();
    let failure: Response | undefined = Response.json({}, { status: 503 });
    const { answer } = api;
    api.answer = (call) => (call.method === 'GET' && failure ? failure.clone() : answer(call));
    const after = at(filesKey());
    await vi.advanceTimersByTimeAsync(10_000);
    expect(phases(after)).toEqual(['reading']);
    failure = Response.json({ code: 'not_found' }, { status: 404 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(after.files()[0]?.phase).toMatchObject({ name: 'failed', isCut: true });
    vi.useRealTimers();
  });
});

describe('a reading that does not end', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is followed through lost looks, and ends by itself once it says nothing any more', async () => {
    let progress = 0;
    api.answer = ({ path, method }) => {
      if (path.endsWith('/sign')) {
        return Response.json({ attachmentId: ID, upload: { signedUrl: 'https://store/put' } });
      }
      if (method === 'GET' && progress === 10) return Response.json({}, { status: 503 });
      return Response.json(attachment({ status: 'processing', progress }));
    };
    const attaching = createAttaching(async () => undefined);
    attaching.add([file()]);
    for (progress = 1; progress < 20; progress += 1) await vi.advanceTimersByTimeAsync(60_000);
    expect(phases(attaching)).toEqual(['reading']);
    await vi.advanceTimersByTimeAsync(7 * 60_000);
    expect(attaching.files()[0]?.phase).toMatchObject({
      name: 'failed',
      message: expect.stringContaining('read no further'),
    });
  });
});
