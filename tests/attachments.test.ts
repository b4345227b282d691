import { describe, expect, test, vi } from 'vitest';
import { DAILY } from '../lib/domain/bounds.ts';
import { JSON_ANSWER, testApi } from './setup/api.ts';
import { startServicesWithJobs, type TestStudent } from './setup/services.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

const { api, services, students } = testApi({
  students: ['ada', 'bob'],
  start: startServicesWithJobs,
  routes: async () => ({
    sign: await import('../app/api/chat/attach/sign/route.ts'),
    attachment: await import('../app/api/chat/attach/[attachmentId]/route.ts'),
    ready: await import('../app/api/chat/attach/[attachmentId]/ready/route.ts'),
    keep: await import('../app/api/chat/attach/[attachmentId]/keep/route.ts'),
    chat: await import('../app/api/chat/route.ts'),
    stream: await import('../app/api/chat/stream/route.ts'),
    turn: await import('../app/api/ai-agent/chat/route.ts'),
    thread: await import('../app/api/ai-agent/chat/[threadId]/route.ts'),
    version: await import('../app/api/ai-agent/chat/[threadId]/version/route.ts'),
    usage: await import('../app/api/usage/route.ts'),
    documents: await import('../app/api/documents/route.ts'),
  }),
});
const { ada, bob } = students;

const NOTES = '# Zirconium\n\nZirconium melts at 1855 degrees. It resists corrosion by acids in reactors.';
const QUESTION = 'At how many degrees does zirconium melt?';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const signed = (
  fileName: string,
  mimeType: string,
  bytes: Uint8Array,
  given: object = {},
  as: TestStudent = ada,
) => api.sign.POST({}, { as, body: { fileName, mimeType, sizeBytes: bytes.length, ...given } });

/** A file on its whole way: signed, sent and read. */
async function attach(
  fileName: string,
  mimeType: string,
  bytes: Uint8Array = Buffer.from(NOTES),
  given: object = {},
) {
  const { status, body } = await signed(fileName, mimeType, bytes, given);
  expect(status).toBe(201);
  const { signedUrl } = body.upload;
  const sent = await fetch(signedUrl, {
    method: 'PUT',
    body: bytes as BodyInit,
    headers: { 'content-type': mimeType },
  });
  expect(sent.status).toBe(200);
  const attachmentId: string = body.attachmentId;
  expect((await api.ready.POST({ attachmentId })).status).toBe(202);
  const state = async () => (await api.attachment.GET({ attachmentId })).body.attachment.status;
  await expect.poll(state, { timeout: 20_000, interval: 100 }).toMatch(/ready|error/);
  return attachmentId;
}

const ask = (body: object, as = ada) => api.chat.POST({}, { as, body: { message: QUESTION, ...body } });
const stored = async () =>
  (
    await services.query<{ name: string }>(
      `select name from storage.objects where bucket_id = 'chat-uploads'`,
    )
  ).map(({ name }) => name);

describe('a file that goes with a question', () => {
  test('is read, cited and shown beside the question; no other conversation and no library finds it', async () => {
    const id = await attach('zirconium.md', 'text/markdown');
    const { status, body } = await ask({ attachments: [id] });
    expect(status).toBe(200);
    expect(body.text).toContain('1855');
    expect(body.citations[0]).toMatchObject({ docId: id, title: 'zirconium' });
    const { messages } = (await api.thread.GET({ threadId: body.threadId })).body;
    expect(messages[0].parts[1]).toMatchObject({
      type: 'data-attachment',
      data: { id, fileName: 'zirconium.md' },
    });
    expect(
      (await ask({ threadId: body.threadId, message: 'And what does zirconium resist?' })).body.text,
    ).toContain('acids');

    expect((await ask({})).body.citations).toEqual([]);
    expect((await ask({}, bob)).body.citations).toEqual([]);
    expect((await api.documents.GET()).body.documents).toEqual([]);
    const { createUserClient } = await import('../lib/db/clients.ts');
    const { loadStartingPoints } = await import('../app/(app)/ask/starting-points.ts');
    const offered = () => loadStartingPoints(createUserClient(ada.token));
    expect(await offered()).toEqual({ hasNotes: false, suggestions: [] });

    expect((await api.keep.POST({ attachmentId: id })).body).toEqual({ documentId: id });
    expect((await offered()).suggestions.join()).toContain('Zirconium');
    expect((await api.documents.GET()).body.documents).toMatchObject([
      { id, title: 'zirconium', sourceType: 'upload' },
    ]);
    expect((await ask({})).body.citations[0]).toMatchObject({ docId: id });
    // What the library keeps outlives its conversation.
    await services.query('delete from public.thread where id = $1', [body.threadId]);
    expect((await ask({})).body.citations[0]).toMatchObject({ docId: id });
    await services.query('delete from public.doc_source where id = $1', [id]);
  }, 60_000);

  test('belongs to the question as it was asked: another way to ask it finds and names it no more, until it is back', async () => {
    const id = await attach('zirconium.md', 'text/markdown');
    const { threadId } = (await ask({ attachments: [id] })).body;
    const messages = async () => (await api.thread.GET({ threadId })).body.messages;
    const [first] = await messages();
    const edited = await api.turn.POST({}, { body: { threadId, message: QUESTION, edits: first.id } });
    expect(edited.text).toContain('data:');
    const [second, answer] = await messages();
    expect(second.id).not.toBe(first.id);
    expect(answer.parts.map(({ type }: { type: string }) => type)).not.toContain('data-citation');
    const { createUserClient } = await import('../lib/db/clients.ts');
    const { findDocumentIdsByTitle, readyDocuments } = await import('../lib/db/queries/document-title.ts');
    /** By its name, and what the tutor is told is there. */
    const found = async () => {
      const db = createUserClient(ada.token);
      const within = { threadId, signal: AbortSignal.timeout(5_000) };
      const ready = (await readyDocuments(db, within)).map((document) => document.id);
      expect(await findDocumentIdsByTitle(db, { ...within, titles: ['zirconium'] })).toEqual(ready);
      const turn = { p_thread_id: threadId, p_before_seq: 1, p_history_limit: 1 };
      const { data } = await db.rpc('turn_context', turn);
      expect(data).toMatchObject({ documents: { ready: ready.length } });
      return ready;
    };
    expect(await found()).toEqual([]);
    expect((await ask({ threadId, message: 'And what does zirconium resist?' })).body.citations).toEqual([]);
    await api.version.PUT({ threadId }, { body: { messageId: first.id } });
    expect(await found()).toEqual([id]);
    expect((await ask({ threadId, message: 'And what does zirconium resist?' })).body.text).toContain(
      'acids',
    );
    await services.query('delete from public.thread where id = $1', [threadId]);
  }, 60_000);

  test('is refused before it is sent where it would have to be heard and nothing hears', async () => {
    const { status, body } = await signed('lecture.mp3', 'audio/mpeg', new Uint8Array(50));
    expect([status, body.code, body.title]).toEqual([
      422,
      'hearing_unavailable',
      expect.stringMatching(/no model that hears/),
    ]);
    const document = { title: 'Lecture', fileName: 'lecture.mp3', mimeType: 'audio/mpeg', sizeBytes: 50 };
    expect((await api.documents.POST({}, { body: document })).body.code).toBe('hearing_unavailable');
  });

  test('may be signed for a conversation that is not begun yet', async () => {
    const threadId = 'lesson-1';
    await attach('zirconium.md', 'text/markdown', undefined, { threadId });
    const messages = [{ id: '1', role: 'user', parts: [{ type: 'text', value: QUESTION }] }];
    const answer = await api.stream.POST({}, { body: { threadId, messages } });
    expect(answer.text).toContain('data-citation');
  }, 30_000);

  test('goes with its conversation, and its file with it', async () => {
    const id = await attach('zirconium.md', 'text/markdown');
    const { threadId } = (await ask({ attachments: [id] })).body;
    await services.query('delete from public.thread where id = $1', [threadId]);
    expect(await services.query('select id from public.doc_source where id = $1', [id])).toEqual([]);
    expect((await api.attachment.GET({ attachmentId: id })).status).toBe(404);
    const { removeOrphanedFiles } = await import('../lib/ingestion/store.ts');
    const { createServiceClient } = await import('../lib/db/clients.ts');
    await removeOrphanedFiles(createServiceClient(), { olderThanHours: 24, attachmentHours: 0 });
    expect((await stored()).filter((name) => name.includes(id))).toEqual([]);
  }, 30_000);

  test('is taken away with its file', async () => {
    const id = await attach('zirconium.md', 'text/markdown');
    expect((await api.attachment.DELETE({ attachmentId: id })).status).toBe(204);
    expect((await stored()).filter((name) => name.includes(id))).toEqual([]);
    expect((await ask({ attachments: [id] })).status).toBe(404);
  }, 30_000);

  test('that cannot be read says why', async () => {
    const id = await attach('broken.pdf', 'application/pdf', Buffer.from('%PDF-1.7 nothing'));
    const { attachment } = (await api.attachment.GET({ attachmentId: id })).body;
    expect(attachment).toMatchObject({
      status: 'error',
      error: { message: expect.stringMatching(/\w+ .*\./) },
    });
  }, 30_000);

  test('is its student’s alone', async () => {
    const id = await attach('zirconium.md', 'text/markdown');
    const strangers = [
      await api.attachment.GET({ attachmentId: id }, { as: bob }),
      await api.attachment.DELETE({ attachmentId: id }, { as: bob }),
      await api.ready.POST({ attachmentId: id }, { as: bob }),
      await api.keep.POST({ attachmentId: id }, { as: bob }),
      await ask({ attachments: [id] }, bob),
    ];
    expect(strangers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    const { threadId } = (await ask({ attachments: [id] })).body;
    expect((await signed('a.md', 'text/markdown', PIXEL, { threadId }, bob)).status).toBe(404);
    // Nor does it move to another conversation.
    expect((await ask({ attachments: [id] })).status).toBe(404);
    expect((await ask({ threadId, attachments: [id] })).status).toBe(200);
  }, 30_000);
});

describe('a picture', () => {
  test('is ready once it has arrived, and a model that cannot see it says so', async () => {
    const { body } = await signed('graph.png', 'image/png', PIXEL);
    expect((await api.ready.POST({ attachmentId: body.attachmentId })).body.code).toBe('file_missing');
    const id = await attach('graph.png', 'image/png', PIXEL);
    const { threadId } = (await ask({ attachments: [id], message: 'What does the picture show?' })).body;
    const { messages } = (await api.thread.GET({ threadId })).body;
    expect(messages[1].parts).toContainEqual(
      expect.objectContaining({ data: expect.objectContaining({ kind: 'not_seen' }) }),
    );
    expect((await api.keep.POST({ attachmentId: id })).body.code).toBe('file_unsupported');
  }, 30_000);

  test('is shown to a model that sees, as bytes', async () => {
    const { createUserClient } = await import('../lib/db/clients.ts');
    const { withAttachments } = await import('../lib/agent/attachments.ts');
    const id = await attach('graph.png', 'image/png', PIXEL);
    const [row] = await services.query<{ path: string }>(
      'select file_path as path from public.attachment where id = $1',
      [id],
    );
    const file = {
      id,
      docId: null,
      fileName: 'graph.png',
      mimeType: 'image/png',
      filePath: row?.path ?? '',
      status: null,
      errorMessage: null,
      isNew: true,
    };
    const content = await withAttachments('What is this?', [file], {
      db: createUserClient(ada.token),
      sees: true,
    });
    expect(content).toMatchObject([{ type: 'text' }, { type: 'file', mediaType: 'image/png' }]);
    expect(Buffer.from((content[1] as { data: Uint8Array }).data)).toEqual(PIXEL);
    const gone = await withAttachments(
      'What?',
      [{ ...file, filePath: `${ada.id}/attachment/none/original.png` }],
      { db: createUserClient(ada.token), sees: true },
    );
    expect(gone).toHaveLength(1);
  }, 30_000);
});

test.each([
  [
    'a kind nobody reads',
    { fileName: 'a.exe', mimeType: 'application/x-msdownload', sizeBytes: 9 },
    415,
    'file_unsupported',
  ],
  [
    'a name that is not its type',
    { fileName: 'a.png', mimeType: 'image/svg+xml', sizeBytes: 9 },
    415,
    'file_unsupported',
  ],
  ['an empty file', { fileName: 'a.md', mimeType: 'text/markdown', sizeBytes: 0 }, 422, 'file_empty'],
  [
    'a file too large',
    { fileName: 'a.md', mimeType: 'text/markdown', sizeBytes: 99_999_999 },
    413,
    'file_too_large',
  ],
  ['no name', { mimeType: 'text/markdown', sizeBytes: 9 }, 400, 'invalid_request'],
  ['too many with one question', null, 400, 'invalid_request'],
])('refused before anything is stored: %s', async (_name, body, status, code) => {
  const many = Array.from({ length: 11 }, () => crypto.randomUUID());
  const answer = body ? await api.sign.POST({}, { body }) : await ask({ attachments: many });
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('a picture counts in its student’s bytes once it is announced, and once it is there', async () => {
  const used = async () => (await api.usage.GET()).body.storedBytes.used;
  const before = await used();
  await attach('graph.png', 'image/png', PIXEL);
  expect(await used()).toBe(before + PIXEL.length);
  const { body } = await api.sign.POST(
    {},
    { body: { fileName: 'large.png', mimeType: 'image/png', sizeBytes: 9_000_000 } },
  );
  expect(await used()).toBe(before + PIXEL.length + 9_000_000);
  await api.attachment.DELETE({ attachmentId: body.attachmentId });
  expect(await used()).toBe(before + PIXEL.length);
}, 30_000);

test('a picture counts in the bytes of the day once, as a document does, and is refused where they are used up', async () => {
  const used = async () =>
    (
      await services.query<{ used: number }>(
        `select used::int from public.quota where user_id = $1 and kind = 'bytes'`,
        [bob.id],
      )
    )[0]?.used ?? 0;
  const before = await used();
  expect((await signed('a.png', 'image/png', PIXEL, {}, bob)).status).toBe(201);
  expect((await signed('a.md', 'text/markdown', PIXEL, {}, bob)).status).toBe(201);
  expect(await used()).toBe(before + 2 * PIXEL.length);
  await services.query(`update public.quota set used = $2 where user_id = $1 and kind = 'bytes'`, [
    bob.id,
    DAILY.bytes - PIXEL.length + 1,
  ]);
  expect((await signed('a.png', 'image/png', PIXEL, {}, bob)).status).toBe(429);
});

test('beyond 500 MB of them no more are taken, and documents count with them', async () => {
  await services.query(
    `insert into storage.objects (bucket_id, name, metadata)
     select 'chat-uploads', $1 || '/attachment/' || n || '/original.md', '{"size": 10485760}' from generate_series(1, 50) n`,
    [bob.id],
  );
  const refused = await signed('a.md', 'text/markdown', PIXEL, {}, bob);
  expect([refused.status, refused.body.code]).toEqual([422, 'limit_reached']);
  const nobody = await api.sign.POST({}, { as: null, body: {}, headers: JSON_ANSWER });
  expect(nobody.status).toBe(401);
});
