import { randomUUID } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createServiceClient } from '@/lib/db/clients';
import { indexNotesOf } from '@/lib/ingestion/notes';
import { type IngestionDependencies, indexInForce } from '@/lib/ingestion/pipeline';
import { testApi } from '@/tests/setup/api';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('notes', () => {
  const { api, services, students } = testApi({
    students: ['maya', 'stranger'],
    routes: async () => ({
      note: await import('./route'),
      one: await import('../route'),
      file: await import('../file/route'),
      images: await import('../images/route'),
      image: await import('../images/[imageId]/route'),
      vault: await import('../../vault/route'),
      room: await import('../../../decks/import/upload/route'),
      batch: await import('../../batch/route'),
      all: await import('../../route'),
    }),
  });
  const { maya, stranger } = students;

  const save = (documentId: string, content: string, base: number, more: object = {}, as = maya) =>
    api.note.PUT({ documentId }, { as, body: { content, base, requestId: randomUUID(), ...more } });
  async function begun(content: string) {
    const documentId = randomUUID();
    expect((await save(documentId, content, 0)).body).toEqual({ isSaved: true, revision: 1 });
    return documentId;
  }
  const said = async (documentId: string) => (await api.note.GET({ documentId }, { as: maya })).body;
  const embedded: string[] = [];
  const deps = (): IngestionDependencies => ({
    db: createServiceClient(),
    embed: async (texts) => {
      embedded.push(...texts);
      return { vectors: texts.map(() => new Array<number>(1536).fill(0.1)), tokens: 1, costUsd: 0 };
    },
    embeddingModel: 'test-model',
    limits: { maxBytes: 1_000, maxPages: 10 },
  });
  const chunksOf = (documentId: string) =>
    services.query<{ content: string }>(
      'select content from public.doc_chunk where doc_id = $1 order by ord',
      [documentId],
    );

  test('are called as their first heading, are ready at once and are one file of Markdown', async () => {
    const documentId = await begun('Words first\n\n# Cell *biology*\n\nMore.');
    const { body } = await api.one.GET({ documentId }, { as: maya });
    expect(body).toMatchObject({ title: 'Cell biology', status: 'ready', sourceType: 'note' });
    const file = await api.file.GET({ documentId }, { as: maya });
    expect(file.headers.get('content-type')).toContain('text/markdown');
  });

  test('are nothing to anybody else, who cannot begin one under their id either', async () => {
    const documentId = await begun('Mine');
    expect((await api.note.GET({ documentId }, { as: stranger })).status).toBe(404);
    for (const base of [0, 1])
      expect((await save(documentId, 'Theirs', base, {}, stranger)).status).toBe(404);
    expect((await said(documentId)).content).toBe('Mine');
  });

  test('are saved once however often the same save arrives, and over nothing that came between', async () => {
    const documentId = await begun('one');
    const requestId = randomUUID();
    for (let times = 0; times < 2; times++) {
      expect((await save(documentId, 'two', 1, { requestId })).body).toEqual({ isSaved: true, revision: 2 });
    }
    expect((await save(documentId, 'three', 1)).body).toEqual({
      isSaved: false,
      revision: 2,
      content: 'two',
    });
    expect((await said(documentId)).content).toBe('two');
  });

  test('keep what they said before, where it is asked for or some minutes old', async () => {
    const documentId = await begun('one');
    await save(documentId, 'two', 1);
    await save(documentId, 'three', 2);
    await save(documentId, 'four', 3, { keepsVersion: true });
    const { body } = await api.note.GET({ documentId }, { as: maya, query: '?versions=true' });
    expect(body.versions.map(({ content }: { content: string }) => content)).toEqual(['three', 'one']);
  });

  test('refuse what is too long, with nothing lost', async () => {
    const documentId = await begun('short');
    expect((await save(documentId, 'x'.repeat(200_001), 1)).status).toBe(400);
    expect((await said(documentId)).content).toBe('short');
  });

  test('keep their links when what they link to gets another title', async () => {
    const target = await begun('# Krebs (cycle)');
    const from = await begun(
      'See [[krebs (cycle)]], [[Krebs (cycle)|it]], [[Krebs (cycle)#End]] and [[Krebs]].',
    );
    await save(target, '# Citric acid $1 \\cycle', 1);
    expect(await said(from)).toMatchObject({
      content:
        'See [[Citric acid $1 \\cycle]], [[Citric acid $1 \\cycle|it]], [[Citric acid $1 \\cycle#End]] and [[Krebs]].',
      revision: 2,
    });
  });

  test('are found by what they say now, and only what is new gets a vector', async () => {
    const long = (word: string) => `${word} `.repeat(400);
    const documentId = await begun(`# Alpha\n\n${long('alpha')}\n\n# Beta\n\n${long('beta')}`);
    while ((await indexNotesOf(deps(), maya.id)) > 0);
    const before = await chunksOf(documentId);
    expect(before.length).toBeGreaterThan(1);
    embedded.length = 0;
    await save(
      documentId,
      `# Alpha\n\n${long('alpha')}\n\n# Beta\n\nSomething about ![the cell](/api/x) walls.`,
      1,
    );
    expect(await indexNotesOf(deps(), maya.id)).toBe(1);
    expect(embedded).toHaveLength(1);
    expect((await chunksOf(documentId)).at(-1)?.content).toContain('Something about the cell walls.');
    await save(documentId, '', 2);
    await indexNotesOf(deps(), maya.id);
    expect(await chunksOf(documentId)).toEqual([]);
    expect(await indexNotesOf(deps(), maya.id)).toBe(0);
    expect(indexInForce(deps()).version).toBeGreaterThan(0);
  });

  test('take pictures, which go with them', async () => {
    const documentId = await begun('With a picture');
    const raw = { as: maya, headers: { 'content-type': 'image/png' }, body: PNG };
    const { status, body } = await api.images.POST({ documentId }, raw);
    expect(status).toBe(201);
    const params = { documentId, imageId: String(body.imageId) };
    const { headers } = await api.image.GET(params, { as: maya });
    expect((await fetch(String(headers.get('location')))).headers.get('content-type')).toBe('image/png');
    expect((await api.image.GET(params, { as: stranger })).status).toBe(404);
    expect((await api.images.POST({ documentId }, { ...raw, as: stranger })).status).toBe(404);
    const page = await api.images.POST(
      { documentId },
      { ...raw, body: Buffer.from('<svg onload=alert(1)>') },
    );
    expect(page.status).toBe(415);
    expect((await api.one.DELETE({ documentId }, { as: maya })).status).toBe(204);
    expect(
      await services.query('select from storage.objects where name like $1', [`%${documentId}%`]),
    ).toEqual([]);
  });

  const bring = async (files: Record<string, string | Uint8Array>, as = maya) => {
    const zip = zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, file]) => [name, typeof file === 'string' ? strToU8(file) : file]),
      ),
    );
    const { body } = await api.room.POST({}, { as, body: { sizeBytes: zip.length } });
    await fetch(body.upload.signedUrl, { method: 'PUT', body: new Blob([Uint8Array.from(zip)]) });
    return { upload: body.uploadId, send: () => api.vault.POST({}, { as, body: { upload: body.uploadId } }) };
  };

  test('come from a vault with folders, links and pictures, and only once', async () => {
    const { send } = await bring({
      'Vault/Biology/Week 1/Cells.md':
        '---\ntags: [exam, cell]\n---\nSee [[Mitosis#End|that]] and ![[cell.png]].',
      'Vault/Biology/Mitosis.md': '# Mitosis\n\nBack to [the cells](Week%201/Cells.md), and [[Nowhere]].',
      'Vault/img/cell.png': PNG,
      'Vault/slides.pdf': 'no',
      'Vault/.obsidian/app.json': '{}',
    });
    const { status, body } = await send();
    expect(status).toBe(201);
    expect(body).toEqual({
      added: 2,
      already: 0,
      pictures: 1,
      links: { kept: 2, broken: 1 },
      leftOut: [{ name: 'slides.pdf', why: expect.stringContaining('no note'), said: expect.anything() }],
    });
    const { documents } = (await api.all.GET({}, { as: maya })).body;
    const cells = documents.find(({ title }: { title: string }) => title === 'Cells');
    expect(cells).toMatchObject({ course: 'Biology', tags: ['Week 1', 'exam', 'cell'], sourceType: 'note' });
    const { content } = await said(cells.id);
    const [, documentId, imageId] = /documents\/([\da-f-]{36})\/images\/([\da-f-]{36})/.exec(content) ?? [];
    expect(content).toMatch(/^# Cells\n\nSee \[\[Mitosis#End\|that\]\] and !\[cell\]\(\/api\/documents\//);
    expect(
      (await api.image.GET({ documentId: String(documentId), imageId: String(imageId) }, { as: maya }))
        .status,
    ).toBe(302);
  });

  test('are changed, taken back, read anew and removed many at a time, and never those of others', async () => {
    const ids = await Promise.all(['One', 'Two', 'Three'].map((title) => begun(`# ${title}`)));
    const change = (body: object, as = maya) => api.batch.POST({}, { as, body });
    expect((await change({ do: 'change', ids, course: 'Theirs' }, stranger)).body.count).toBe(0);
    const { body } = await change({ do: 'change', ids, course: 'Maths', addTags: ['exam', 'new'] });
    expect(body).toMatchObject({ count: 3, before: [{ course: null, tags: [] }, {}, {}] });
    const filed = async () => (await api.one.GET({ documentId: String(ids[0]) }, { as: maya })).body;
    expect(await filed()).toMatchObject({ course: 'Maths', tags: ['exam', 'new'] });
    await change({ do: 'change', ids, removeTags: ['exam'] });
    expect((await filed()).tags).toEqual(['new']);
    await change({ do: 'restore', documents: body.before });
    expect(await filed()).toMatchObject({ course: null, tags: [] });
    expect((await change({ do: 'reread', ids })).body.count).toBe(3);
    expect((await change({ do: 'delete', ids }, stranger)).body.count).toBe(0);
    expect((await change({ do: 'delete', ids })).body.count).toBe(3);
    expect(
      (await change({ do: 'delete', ids: Array.from({ length: 201 }, () => randomUUID()) })).status,
    ).toBe(400);
  });
});
