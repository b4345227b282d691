// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import { attachedOf, createAttaching } from './attaching';

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
    expect(attaching.files()[0]?.phase).toEqual({ name: 'failed', message: 'This kind cannot be read.' }),
  );
  refused = undefined;
  end = { status: 'error', error: { code: 'file_damaged', message: 'It is damaged.' } };
  attaching.add([file()]);
  await vi.waitFor(
    () => expect(attaching.files()[1]?.phase).toEqual({ name: 'failed', message: 'It is damaged.' }),
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
