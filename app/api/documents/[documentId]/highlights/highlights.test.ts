import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createServiceClient } from '@/lib/db/clients';
import { MAX_HIGHLIGHT_CHARACTERS, MAX_MARGIN_NOTE_CHARACTERS } from '@/lib/domain/bounds';
import { testApi } from '@/tests/setup/api';

const PAGES = ['Memory holds about seven items.', 'Sleep helps memory 🙂. Tides rise and fall.'];

describe('highlights', () => {
  const { api, students } = testApi({
    students: ['maya', 'stranger'],
    routes: async () => ({ all: await import('./route'), one: await import('./[highlightId]/route') }),
  });
  const { maya, stranger } = students;
  let documentId = '';

  /** What a reading leaves behind. */
  async function publish(pages: readonly string[]) {
    const db = createServiceClient();
    const run = await db.from('doc_source').select('ingest_run').eq('id', documentId).single();
    const next = (run.data?.ingest_run ?? 0) + 1;
    let start = 0;
    const rows = pages.map((content, index) => {
      const row = { doc_id: documentId, user_id: maya.id, page: index + 1, content, char_start: start };
      start += content.length + 2;
      return { ...row, char_end: row.char_start + content.length };
    });
    const written = [
      await db.from('doc_page').delete().eq('doc_id', documentId),
      await db.from('doc_page').insert(rows),
      await db.from('doc_source').update({ ingest_run: next }).eq('id', documentId),
    ];
    expect(written.map(({ error }) => error)).toEqual([null, null, null]);
  }
  beforeAll(async () => {
    const made = await createServiceClient()
      .from('doc_source')
      .insert({ user_id: maya.id, title: 'Memory', status: 'ready' })
      .select('id')
      .single();
    documentId = made.data?.id ?? '';
    await publish(PAGES);
  });

  const add = (body: object, as = maya) => api.all.POST({ documentId }, { as, body });
  const list = async () => (await api.all.GET({ documentId })).body.highlights;
  const seven = { quote: 'about seven items', charStart: 13, note: 'Exam!', color: 'green' };

  test('are kept as the document writes them, once for each id, and told with their place', async () => {
    const id = randomUUID();
    const first = await add({ id, ...seven });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      ...seven,
      id,
      prefix: 'Memory holds ',
      suffix: '.',
      place: { page: 1, charStart: 13, charEnd: 30 },
    });
    expect((await add({ id, ...seven })).body).toEqual(first.body);
    const loose = await add({ quote: 'tides  RISE and' });
    expect(loose.body).toMatchObject({ quote: 'Tides rise and', color: 'blue', place: { page: 2 } });
    expect(await list()).toEqual([first.body, loose.body]);
  });

  test('follow their words through a new reading, and one that is lost is told and found again', async () => {
    await publish(['A new page.', PAGES[0] ?? '', 'Tides come and go.']);
    const [moved, lost] = await list();
    expect(moved.place).toEqual({ page: 2, charStart: 26, charEnd: 43 });
    expect(lost).toMatchObject({ quote: 'Tides rise and', place: null });
    expect(await list()).toEqual([moved, lost]);
    await publish(PAGES);
    expect((await list()).map(({ place }: { place: object }) => place)).toEqual([
      { page: 1, charStart: 13, charEnd: 30 },
      expect.objectContaining({ page: 2 }),
    ]);
  });

  test('change in colour and note alone', async () => {
    const [{ id: highlightId }] = await list();
    const change = (body: object, as = maya) => api.one.PATCH({ documentId, highlightId }, { as, body });
    expect((await change({ note: '' })).body).toMatchObject({ note: '', color: 'green' });
    expect((await change({ color: 'grey' })).body).toMatchObject({
      color: 'grey',
      quote: 'about seven items',
    });
    for (const body of [{}, { color: 'yellow' }, { note: 'x'.repeat(MAX_MARGIN_NOTE_CHARACTERS + 1) }])
      expect((await change(body)).status).toBe(400);
    expect((await change({ note: 'mine' }, stranger)).status).toBe(404);
  });

  test.each<[string, object, number]>([
    ['words that the document does not hold', { quote: 'the moon is made of cheese' }, 400],
    ['no words', { quote: '   ' }, 400],
    ['a whole chapter', { quote: 'a'.repeat(MAX_HIGHLIGHT_CHARACTERS + 1) }, 400],
    ['a place that is none', { quote: 'Memory', charStart: -1 }, 400],
    ['yellow, which is proof', { quote: 'Memory', color: 'yellow' }, 400],
  ])('refuse %s', async (_, body, status) => expect((await add(body)).status).toBe(status));

  test('are nobody else’s', async () => {
    const [{ id: highlightId }] = await list();
    expect((await add(seven, stranger)).status).toBe(404);
    expect((await api.all.GET({ documentId }, { as: stranger })).status).toBe(404);
    expect((await api.one.DELETE({ documentId, highlightId }, { as: stranger })).status).toBe(404);
    expect((await api.all.GET({ documentId: randomUUID() })).status).toBe(404);
    expect((await add({ ...seven, id: highlightId, quote: 'Memory' }, stranger)).status).toBe(404);
  });

  test('are deleted once, and go with their document', async () => {
    const [{ id: highlightId }] = await list();
    const remove = async () => (await api.one.DELETE({ documentId, highlightId })).status;
    expect([await remove(), await remove()]).toEqual([204, 404]);
    const db = createServiceClient();
    await db.from('doc_source').delete().eq('id', documentId);
    expect((await db.from('highlight').select('id').eq('doc_id', documentId)).data).toEqual([]);
    expect((await add(seven)).status).toBe(404);
  });
});
