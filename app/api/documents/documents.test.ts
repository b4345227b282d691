import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { createServiceClient } from '@/lib/db/clients';
import { pptxOf, sampleOf, slideShape } from '@/lib/ingestion/extract/test-files';
import { FILE_KINDS, isRecording, storedTypeOf } from '@/lib/ingestion/kinds';
import { retrieve } from '@/lib/retrieval/search';
import { type CallOptions, testApi } from '@/tests/setup/api';
import { startServicesWithJobs } from '@/tests/setup/services';

type Body = Record<string, unknown>;
const NOTES =
  '# Memory\n\nShort-term memory holds about seven items.\n\n# Sleep\n\nSleep consolidates memory.\n';
const ALLOWED_PORT = 20_847;
vi.stubEnv('URL_ALLOWED_PRIVATE_HOSTS', `127.0.0.1:${ALLOWED_PORT}`);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the documents API', () => {
  const { api, services, students } = testApi({
    start: startServicesWithJobs,
    students: ['owner', 'stranger'],
    routes: async () => ({
      all: await import('./route'),
      link: await import('./from-url/route'),
      one: await import('./[documentId]/route'),
      ingest: await import('./[documentId]/ingest/route'),
      file: await import('./[documentId]/file/route'),
      page: await import('./[documentId]/pages/[page]/route'),
      version: await import('./[documentId]/version/route'),
      changes: await import('../passage-changes/route'),
      change: await import('../passage-changes/[changeId]/route'),
      highlights: await import('./[documentId]/highlights/route'),
      slide: await import('./[documentId]/slides/[page]/route'),
    }),
  });
  const { owner, stranger } = students;

  const announce = (fields: Body = {}, as: CallOptions['as'] = owner) =>
    api.all.POST(
      {},
      {
        as,
        body: { title: 'Notes', fileName: 'week-1.md', mimeType: 'text/markdown', sizeBytes: 80, ...fields },
      },
    );
  async function upload(text: string | Uint8Array<ArrayBuffer>, fields: Body = {}) {
    const { body } = await announce(fields);
    const put = await fetch(body.upload.signedUrl, {
      method: 'PUT',
      headers: { 'content-type': storedTypeOf(String(fields.fileName ?? 'week-1.md')) ?? '' },
      body: text,
    });
    expect(put.status).toBe(200);
    return body.documentId;
  }
  const ingest = (documentId: string, as: CallOptions['as'] = owner, query = '') =>
    api.ingest.POST({ documentId }, { as, query });
  const read = (documentId: string, as: CallOptions['as'] = owner) => api.one.GET({ documentId }, { as });
  const remove = (documentId: string, as: CallOptions['as'] = owner) =>
    api.one.DELETE({ documentId }, { as });
  async function settled(documentId: string) {
    return expect
      .poll(async () => (await read(documentId)).body, { timeout: 15_000, interval: 50 })
      .toSatisfy((body: Body) => body.status === 'ready' || body.status === 'error')
      .then(async () => (await read(documentId)).body);
  }
  async function added(text: string | Uint8Array<ArrayBuffer>, fields: Body = {}) {
    const documentId = await upload(text, fields);
    expect((await ingest(documentId)).status).toBe(202);
    return { documentId, body: await settled(documentId) };
  }
  const chunksOf = (documentId: string) =>
    services.query<{ ord: number; content: string }>(
      'select ord, content from public.doc_chunk where doc_id = $1 order by ord',
      [documentId],
    );

  test('tells what is kept of a session from an upload, and takes no other kind', async () => {
    const { body } = await announce({ title: 'Session', sourceType: 'session' });
    const id: string = body.documentId;
    const found = await api.one.GET({ documentId: id });
    expect(found.body).toMatchObject({ title: 'Session', sourceType: 'session' });
    expect((await announce({ sourceType: 'transcript' })).status).toBe(400);
    await api.one.DELETE({ documentId: id });
  });

  test('takes a file from announcement to pages and chunks, and removes all of it again', async () => {
    const { documentId, body } = await added(NOTES, { course: 'Psychology' });
    expect(body).toMatchObject({
      status: 'ready',
      progress: 100,
      course: 'Psychology',
      error: null,
      stage: null,
    });
    expect(body.chunkCount).toBeGreaterThan(0);

    const page = await api.page.GET({ documentId, page: '1' });
    expect(page.body).toMatchObject({ documentId, title: 'Notes', page: 1, charStart: 0 });
    expect(page.body.content).toContain('seven items');
    for (const chunk of await chunksOf(documentId)) expect(chunk.content.length).toBeGreaterThan(0);

    const link = await api.file.GET({ documentId });
    expect(link.status).toBe(302);
    expect(await (await fetch(String(link.headers.get('location')))).text()).toBe(NOTES);

    expect((await remove(documentId)).status).toBe(204);
    expect((await read(documentId)).status).toBe(404);
    expect(await chunksOf(documentId)).toEqual([]);
    expect(
      await services.query(`select 1 from storage.objects where name like '%' || $1 || '%'`, [documentId]),
    ).toEqual([]);
    expect((await remove(documentId)).status).toBe(404);
  });

  test('puts a new version in the place of an earlier one, which old citations still open, and asks about what changed', async () => {
    const script = { fileName: 'script.md', title: 'Script' };
    const old = (await added(NOTES, { ...script, course: 'Psychology' })).documentId;
    const card = async (quote: string) => {
      const source = {
        docId: old,
        ord: 0,
        title: 'Script',
        page: null,
        locator: { kind: 'section', index: 1, total: 2, label: null },
        headingPath: [],
        quote,
        quoteStart: 0,
        quoteEnd: 5,
      };
      const [row] = await services.query<{ id: string }>(
        `insert into public.flashcard (user_id, front, back, source_doc_id, source) values ($1, 'How many?', $2, $3, $4) returning id`,
        [owner.id, quote, old, source],
      );
      return row?.id;
    };
    const [same, other] = [
      await card('Sleep consolidates memory.'),
      await card('Short-term memory holds about seven items.'),
    ];
    for (const quote of ['about seven items', 'consolidates memory'])
      await api.highlights.POST({ documentId: old }, { body: { quote, note: 'Exam!' } });
    const next = NOTES.replace('seven', 'four').replace('# Memory', '# Memory\n\nA preface.');
    const { documentId, body } = await added(next, { ...script, fileName: 'script (1).md' });
    expect(body).toMatchObject({ earlierId: old, replacedBy: null });

    const decide = (answer: object, as: CallOptions['as'] = owner, id = documentId) =>
      api.version.POST({ documentId: id }, { as, body: answer });
    expect((await decide({ do: 'replace' }, stranger)).status).toBe(404);
    expect((await decide({ do: 'replace', earlierId: documentId })).status).toBe(400);
    expect((await decide({ do: 'replace' })).body).toMatchObject({ earlierId: null, course: 'Psychology' });

    const listed = (await api.all.GET({})).body.documents.map(({ id }: { id: string }) => id);
    expect([listed.includes(documentId), listed.includes(old)]).toEqual([true, false]);
    expect((await api.version.GET({ documentId: old })).body).toMatchObject({
      current: { id: documentId },
      earlier: [{ id: old }],
    });
    expect((await api.page.GET({ documentId: old, page: '1' })).body.content).toContain('seven items');
    expect(await chunksOf(old)).toEqual([]);

    const waiting = async () => (await api.changes.GET({})).body.changes;
    await expect.poll(waiting, { timeout: 15_000, interval: 50 }).toHaveLength(1);
    const [change] = await waiting();
    expect(change).toMatchObject({
      documentId,
      cardId: other,
      quizId: null,
      oldText: 'Short-term memory holds about seven items.',
      newText: expect.stringContaining('about four items'),
    });
    const [moved] = await services.query<{ source: { docId: string; quoteStart: number; quoteEnd: number } }>(
      'select source from public.flashcard where id = $1',
      [same],
    );
    expect(moved?.source.docId).toBe(documentId);
    const text = (
      await services.query<{ content: string }>(
        'select content from public.doc_page where doc_id = $1 order by page',
        [documentId],
      )
    )
      .map(({ content }) => content)
      .join('\n\n');
    expect(text.slice(moved?.source.quoteStart, moved?.source.quoteEnd)).toBe('Sleep consolidates memory.');

    const marked = async (id: string) => (await api.highlights.GET({ documentId: id })).body;
    await expect
      .poll(() => marked(documentId), { timeout: 15_000, interval: 50 })
      .toMatchObject({
        highlights: [{ quote: 'consolidates memory', note: 'Exam!', place: { page: 1 } }],
        earlier: [{ id: old, count: 1 }],
      });
    expect(await marked(old)).toMatchObject({
      highlights: [{ quote: 'about seven items', place: { page: 1 } }],
      earlier: [],
    });

    expect((await api.changes.GET({}, { as: stranger })).body.changes).toEqual([]);
    expect((await api.change.DELETE({ changeId: change.id }, { as: stranger })).status).toBe(404);
    expect((await api.change.DELETE({ changeId: change.id })).status).toBe(204);
    expect(await waiting()).toEqual([]);
    expect((await remove(documentId)).status).toBe(204);
    expect((await read(old)).status).toBe(404);
    await services.query('delete from public.flashcard where id = any ($1)', [[same, other]]);
  });

  test('draws slides of a presentation for its owner, and of nothing else', async () => {
    const osmosis = 'Water moves through a membrane to where more is dissolved, which is osmosis.';
    const { documentId } = await added(
      pptxOf([{ shapes: slideShape(osmosis, 'body') }]) as Uint8Array<ArrayBuffer>,
      {
        fileName: 'week-1.pptx',
        mimeType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      },
    );
    const draw = (page: string, as: CallOptions['as'] = owner, id = documentId) =>
      api.slide.GET({ documentId: id, page }, { as });
    expect(await draw('1')).toMatchObject({ status: 200, body: { width: 720, background: '#ffffff' } });
    for (const page of ['2', '0', 'x']) expect((await draw(page)).status).toBe(404);
    expect([(await draw('1', stranger)).status, (await draw('1', null)).status]).toEqual([404, 401]);
    const note = await added(NOTES);
    expect(await draw('1', owner, note.documentId)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
    await remove(note.documentId);
    await remove(documentId);
  });

  test.each(
    // Recordings are heard by a model, of which there is none here.
    FILE_KINDS.filter((kind) => !isRecording(kind)).flatMap((kind) => {
      const { extensions, mimeType } = kind;
      return extensions.map((ending) => ({ ending, mimeType, kind }));
    }),
  )('takes a .$ending from announcement to an answer of the search', async ({ ending, mimeType, kind }) => {
    const word = `osmosis${ending}`;
    const { documentId, body } = await added(
      new Uint8Array(await sampleOf(kind, `The ${word} moves water.`)),
      {
        fileName: `a.${ending}`,
        mimeType,
      },
    );
    expect(body).toMatchObject({ status: 'ready', mimeType, error: null });
    const { chunks } = await retrieve(
      {
        db: createServiceClient(),
        embedQuery: () => Promise.reject(new Error('Words alone are asked for.')),
        embeddingModel: '',
        denseWeight: 0,
      },
      { userId: owner.id, query: word, limit: 5 },
    );
    expect(chunks.map(({ docId }) => docId)).toEqual([documentId]);
    await remove(documentId);
  });

  test('reads a page from its address, and keeps it as it was read', async () => {
    let said = 'The moonpull moves the sea.';
    const page = createServer((_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<title>Tides</title><h1>Tides</h1><p>${said}</p>`),
    );
    await new Promise<void>((done) => page.listen(ALLOWED_PORT, '127.0.0.1', done));
    const url = `http://127.0.0.1:${ALLOWED_PORT}/notes?of=tides`;
    const answer = await api.link.POST({}, { as: owner, body: { url, course: 'Physics' } });
    expect(answer.status).toBe(202);
    const { documentId } = answer.body;
    const body = await settled(documentId);
    expect(body).toMatchObject({
      status: 'ready',
      title: 'Tides',
      sourceType: 'url',
      sourceUrl: url,
      course: 'Physics',
      mimeType: 'text/html',
      error: null,
    });
    expect(Date.parse(String(body.fetchedAt))).toBeGreaterThan(0);

    // The same address is the same document: what it says by now takes the place of what it said.
    said = 'The moonpull and the sun move the sea.';
    const again = await api.link.POST({}, { as: owner, body: { url: `${url}#moon` } });
    expect(again).toMatchObject({ status: 202, body: { documentId } });
    const textOf = async () => String((await api.page.GET({ documentId, page: '1' })).body.content);
    await vi.waitFor(async () => expect(await textOf()).toContain('and the sun'), 10_000);
    await settled(documentId);
    page.close();
    // It is gone when it is given a third time: what was read stays, and why nothing newer is there is told.
    expect(await api.link.POST({}, { as: owner, body: { url } })).toMatchObject({ body: { documentId } });
    await vi.waitFor(
      async () =>
        expect((await read(documentId)).body).toMatchObject({
          status: 'ready',
          error: { code: 'url_unavailable' },
        }),
      10_000,
    );
    expect(await textOf()).toContain('and the sun');
    const link = await api.file.GET({ documentId });
    expect(await (await fetch(String(link.headers.get('location')))).text()).toContain('moonpull');
    expect((await read(documentId, stranger)).status).toBe(404);
    expect((await ingest(documentId, owner, '?again=true')).status).toBe(202);
    expect(await settled(documentId)).toMatchObject({ status: 'ready' });
    await remove(documentId);
  });

  test('refuses addresses that may not be read, at once or in its job', async () => {
    const add = (url: string, as: CallOptions['as'] = owner) => api.link.POST({}, { as, body: { url } });
    expect(await add('file:///etc/passwd')).toMatchObject({ status: 422, body: { code: 'url_refused' } });
    expect(await add('https://a.test/', null)).toMatchObject({ status: 401 });
    expect(await add('')).toMatchObject({ status: 400 });
    for (const url of ['http://127.0.0.1/', 'http://2130706433/', 'http://[::ffff:10.0.0.1]/']) {
      const { body } = await add(url);
      expect(await settled(body.documentId)).toMatchObject({
        status: 'error',
        error: { code: 'url_private' },
      });
      await remove(body.documentId);
    }
  });

  test('shows a document to nobody but its owner', async () => {
    const { documentId } = await added(`${NOTES}Private.`);
    for (const as of [stranger, null]) {
      const status = as ? 404 : 401;
      expect((await read(documentId, as)).status).toBe(status);
      expect((await ingest(documentId, as)).status).toBe(status);
      expect((await remove(documentId, as)).status).toBe(status);
      expect((await api.page.GET({ documentId, page: '1' }, { as })).status).toBe(status);
      expect((await api.file.GET({ documentId }, { as })).status).toBe(status);
      const patch = { as, body: { title: 'Mine' } };
      expect((await api.one.PATCH({ documentId }, patch)).status).toBe(status);
    }
    expect((await api.all.GET({}, { as: stranger })).body).toEqual({ documents: [], next: null });
    expect((await read(documentId)).body).toMatchObject({ status: 'ready', title: 'Notes' });
    await remove(documentId);
  });

  test('lists what the library holds, newest first', async () => {
    const first = (await announce({ title: 'First' })).body.documentId;
    const second = (await announce({ title: 'Second' })).body.documentId;
    expect((await api.all.GET()).body.documents).toMatchObject([{ id: second }, { id: first }]);
    await remove(first);
    await remove(second);
  });

  test('reads once when asked twice, and names the library’s copy of the same file', async () => {
    const text = `${NOTES}${randomUUID()}`;
    const documentId = await upload(text);
    const answers = await Promise.all([ingest(documentId), ingest(documentId)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    await settled(documentId);
    expect(
      await services.query('select ingest_run from public.doc_source where id = $1', [documentId]),
    ).toEqual([{ ingest_run: 1 }]);
    const again = await announce({ contentHash: sha256(text) });
    expect(again).toMatchObject({ status: 200, body: { documentId, alreadyInLibrary: true, upload: null } });
    await remove(documentId);
  });

  test('copies the reading of the same file, and keeps it when the first one goes', async () => {
    const text = `${NOTES}${randomUUID()}`;
    const first = await added(text);
    const second = await added(text);
    expect(second.body).toMatchObject({ status: 'ready', chunkCount: first.body.chunkCount });
    await remove(first.documentId);
    expect(await chunksOf(second.documentId)).toHaveLength(Number(first.body.chunkCount));
    await remove(second.documentId);
  });

  test('replaces everything when a document is read again', async () => {
    const { documentId, body } = await added(`${NOTES}${randomUUID()}`);
    const before = await chunksOf(documentId);
    expect((await ingest(documentId, owner, '?again=true')).body).toMatchObject({ status: 'pending' });
    expect(await settled(documentId)).toMatchObject({ status: 'ready', chunkCount: body.chunkCount });
    expect(await chunksOf(documentId)).toEqual(before);
    await remove(documentId);
  });

  test('reads a text as what its student says it is, and guesses again when asked to', async () => {
    const text = 'Клетка есть наименьшая единица живого.';
    const bytes = Uint8Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      return code < 128 ? code : code - 0x350;
    });
    const { documentId, body } = await added(bytes);
    expect(body).toMatchObject({ encoding: null, account: { encoding: 'Cyrillic (Windows-1251)' } });
    const readAs = async (query: string) => {
      expect((await ingest(documentId, owner, query)).status).toBe(202);
      const { encoding, account } = await settled(documentId);
      const { content } = (await api.page.GET({ documentId, page: '1' })).body;
      return { encoding, told: account.encoding, content };
    };
    const other = {
      encoding: 'koi8-u',
      told: 'Cyrillic (KOI8-R)',
      content: new TextDecoder('koi8-u').decode(bytes),
    };
    expect(await readAs('?encoding=KOI8-R')).toEqual(other);
    expect(await readAs('?again=true')).toEqual(other);
    // The same bytes elsewhere are not said to be this.
    const same = await added(bytes);
    expect((await api.page.GET({ documentId: same.documentId, page: '1' })).body.content).toBe(text);
    expect(await readAs('?encoding=auto')).toEqual({
      encoding: null,
      told: 'Cyrillic (Windows-1251)',
      content: text,
    });

    const pdf = (await announce({ fileName: 'a.pdf', mimeType: 'application/pdf' })).body.documentId;
    for (const [id, as, query, status] of [
      [documentId, owner, '?encoding=elvish', 400],
      [documentId, owner, '?again=perhaps', 400],
      [documentId, stranger, '?encoding=koi8-r', 404],
      [pdf, owner, '?encoding=koi8-r', 400],
    ] as const) {
      expect((await ingest(id, as, query)).status, query).toBe(status);
    }
    for (const id of [documentId, same.documentId, pdf]) await remove(id);
  });

  test('ends an unreadable file with its own reason, which a better file does not need', async () => {
    for (const [name, text, code] of [
      ['empty.md', '', 'file_empty'],
      ['not-a.pdf', 'plain text', 'file_mislabelled'],
    ] as const) {
      const mimeType = name.endsWith('.pdf') ? 'application/pdf' : 'text/markdown';
      const { documentId, body } = await added(text, { fileName: name, mimeType });
      expect(body).toMatchObject({ status: 'error', chunkCount: 0, error: { code } });
      expect(body.error.message).not.toContain(code);
      await remove(documentId);
    }
  });

  test('reads a document whose job died with its process', async () => {
    const documentId = await upload(`${NOTES}${randomUUID()}`);
    await services.query('alter table public.doc_source disable trigger doc_source_touch');
    await services.query(
      `update public.doc_source set status = 'processing', ingest_run = 1, queued_at = now(),
         updated_at = now() - interval '6 minutes' where id = $1`,
      [documentId],
    );
    await services.query('alter table public.doc_source enable trigger doc_source_touch');
    // Its student is here; the look that this begins finds it.
    const { notifySomebodyHere } = await import('@/inngest/notify');
    await notifySomebodyHere({ isAsking: true });
    await vi.waitFor(
      async () => {
        services.inngest.advance(30_000);
        expect((await api.one.GET({ documentId })).body).toMatchObject({ status: 'ready' });
      },
      { timeout: 15_000, interval: 200 },
    );
    await remove(documentId);
  });

  test('says that the file is missing when reading is asked for before the upload', async () => {
    const documentId = (await announce()).body.documentId;
    expect(await ingest(documentId)).toMatchObject({ status: 409, body: { code: 'file_missing' } });
    await remove(documentId);
  });

  test('refuses what cannot be read before a byte is sent', async () => {
    for (const [fields, status, code] of [
      [{ fileName: 'photo.heic', mimeType: 'image/heic' }, 415, 'file_unsupported'],
      [{ fileName: 'notes', mimeType: 'text/plain' }, 415, 'file_unsupported'],
      [{ fileName: 'notes.pdf', mimeType: 'image/png' }, 415, 'file_unsupported'],
      [{ sizeBytes: 10 * 1024 * 1024 + 1 }, 413, 'file_too_large'],
      [{ sizeBytes: 0 }, 422, 'file_empty'],
      [{ title: '' }, 400, 'invalid_request'],
      [{ sizeBytes: -1 }, 400, 'invalid_request'],
      [{ contentHash: 'abc' }, 400, 'invalid_request'],
      [{ title: 'a\u0000b' }, 400, 'invalid_request'],
    ] as const) {
      expect(await announce(fields)).toMatchObject({ status, body: { code } });
    }
    expect((await api.all.GET()).body).toEqual({ documents: [], next: null });
  });

  test('takes five unfinished files at a time', async () => {
    const answers = await Promise.all(Array.from({ length: 7 }, () => announce()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 429, 429]);
    expect(answers.find(({ status }) => status === 429)?.body).toMatchObject({ code: 'too_many_files' });
    for (const { body } of answers) if (body.documentId) await remove(body.documentId);
  });

  test('renames a document and moves it between courses', async () => {
    const documentId = (await announce()).body.documentId;
    const patch = (body: Body) => api.one.PATCH({ documentId }, { body });
    expect((await patch({ title: ' Cells ', course: 'Biology' })).body).toMatchObject({
      title: 'Cells',
      course: 'Biology',
    });
    expect((await patch({ course: null })).body).toMatchObject({ title: 'Cells', course: null });
    expect((await patch({})).status).toBe(400);
    expect((await patch({ title: '' })).status).toBe(400);
    await remove(documentId);
  });

  test('answers an id or page that cannot exist with nothing here', async () => {
    const documentId = randomUUID();
    expect((await read('not-an-id')).status).toBe(404);
    expect((await read(documentId)).status).toBe(404);
    for (const page of ['0', '-1', 'x', '1.5']) {
      expect((await api.page.GET({ documentId, page })).status).toBe(404);
    }
  });

  test('leaves nothing of a document that is deleted while it is read', async () => {
    const documentId = await upload(
      Array.from({ length: 400 }, (_, n) => `# Part ${n}\n\n${NOTES}`).join('\n'),
    );
    await ingest(documentId);
    expect((await remove(documentId)).status).toBe(204);
    await expect.poll(() => services.query('select 1 from public.doc_chunk_draft')).toEqual([]);
    for (const table of ['doc_source', 'doc_page_draft', 'doc_page', 'doc_chunk', 'chunk_lex', 'lex_df']) {
      expect([table, await services.query(`select 1 from public.${table}`)]).toEqual([table, []]);
    }
    // The job may have been reading the very file that went away, and the file server then says so.
    vi.mocked(console.error).mockClear();
  });

  // Last, because the queue does not come back.
  test('keeps the file when reading cannot start, and says so', async () => {
    const documentId = await upload(`${NOTES}${randomUUID()}`);
    await services.inngest.close();
    expect(await ingest(documentId)).toMatchObject({ status: 503, body: { code: 'queue_unavailable' } });
    expect((await read(documentId)).body).toMatchObject({ status: 'pending', error: null });
    expect((await api.file.GET({ documentId })).status).toBe(302);
    // Asked again it is still the same reading, so nothing is read twice should the first request have come through.
    expect(await ingest(documentId)).toMatchObject({ status: 503 });
    expect(
      await services.query('select ingest_run from public.doc_source where id = $1', [documentId]),
    ).toEqual([{ ingest_run: 1 }]);
    expect((await remove(documentId)).status).toBe(204);
  });
});
