import { describe, expect, it } from 'vitest';
import { fakeDatabase } from '../../tests/setup/notes-database.ts';
import { type RetrieveDependencies, type RetrieveParams, retrieve } from './search.ts';

const row = (change: Record<string, unknown> = {}) => ({
  chunk_id: 1,
  doc_id: 'a',
  ord: 0,
  content: 'Sensory memory lasts a second.',
  metadata: { page_start: 4, page_end: 4, char_start: 10, char_end: 40, heading_path: ['Storage'] },
  similarity: null,
  lexical_score: 6,
  score: 0.016,
  term_idf: [2, 2],
  chunk_count: 20,
  title: 'Psychology',
  course: null,
  locator: 'page',
  page_count: 9,
  account: {},
  ...change,
});

/** A database that answers with fixed rows. */
function setUp(
  rows: unknown[],
  options: { fail?: boolean; denseWeight?: number; threshold?: number; courseIds?: string[] } = {},
) {
  const embedded: string[] = [];
  const { db, requests } = fakeDatabase(
    ({ name }) => (name === 'doc_source' ? (options.courseIds ?? []).map((id) => ({ id })) : rows),
    options,
  );
  const deps: RetrieveDependencies = {
    db,
    embedQuery: async (text) => {
      embedded.push(text);
      return [0.1, 0.2];
    },
    denseWeight: options.denseWeight ?? 0,
    ...(options.threshold !== undefined && { threshold: options.threshold }),
    embeddingModel: 'model-a',
  };
  const search = (params: Partial<RetrieveParams> = {}) =>
    retrieve(deps, { userId: 'user', query: 'How does sensory memory work?', limit: 10, ...params });
  return { search, requests, embedded };
}

describe('retrieve', () => {
  it('takes one round trip and embeds nothing when words alone rank', async () => {
    const { search, requests, embedded } = setUp([row()]);
    const { chunks, documents } = await search();
    expect(requests.map(({ name }) => name)).toEqual(['search_chunks_hybrid']);
    expect(requests[0]?.body).toMatchObject({ query_embedding: null, dense_weight: 0, p_user_id: 'user' });
    expect(embedded).toEqual([]);
    expect(documents).toBe(1);
    expect(chunks[0]).toMatchObject({
      chunkId: 1,
      page: 4,
      charStart: 10,
      charEnd: 40,
      headingPath: ['Storage'],
      locator: { kind: 'page', index: 4, total: 9, label: null },
    });
  });

  it('sends the embedding of the question and the model it belongs to when meaning counts', async () => {
    const { search, requests, embedded } = setUp([row({ similarity: 0.8 })], { denseWeight: 1 });
    const { chunks } = await search();
    expect(embedded).toEqual(['How does sensory memory work?']);
    expect(requests[0]?.body).toMatchObject({ query_embedding: '[0.1,0.2]', p_embedding_model: 'model-a' });
    expect(chunks[0]?.similarity).toBe(0.8);
  });

  it('sends the least likeness that meaning has to have, and none where none is set', async () => {
    for (const threshold of [0.4, undefined]) {
      const { search, requests } = setUp([row({ similarity: 0.8 })], {
        denseWeight: 1,
        ...(threshold !== undefined && { threshold }),
      });
      await search();
      expect(requests[0]?.body).toMatchObject({ p_match_threshold: threshold ?? -1 });
    }
  });

  it('gives files without pages no page number but their own place', async () => {
    const metadata = { page_start: 2, page_end: 2, char_start: 0, char_end: 9, heading_path: ['Storage'] };
    const { search } = setUp([
      row({ locator: 'section', metadata, lexical_score: 6 }),
      row({ locator: 'row', metadata, content: 'Row 4. a: 1\nRow 5. a: 2', chunk_id: 2, lexical_score: 1 }),
    ]);
    const { chunks } = await search();
    expect(chunks[0]).toMatchObject({ page: null, locator: { kind: 'section', index: 2, label: 'Storage' } });
    expect(chunks[1]).toMatchObject({ page: null, locator: { kind: 'row', index: 2, label: 'Rows 4–5' } });
  });

  it('keeps similarity between 0 and 1', async () => {
    const { search } = setUp([row({ lexical_score: 1_000 }), row({ chunk_id: 2, lexical_score: null })]);
    for (const { similarity } of (await search()).chunks) {
      expect(similarity).toBeGreaterThanOrEqual(0);
      expect(similarity).toBeLessThanOrEqual(1);
    }
  });

  it('says that nothing was found, and which words are in none of the notes', async () => {
    const { evidence, chunks } = await setUp([]).search({ query: 'What is photosynthesis?' });
    expect(chunks).toEqual([]);
    expect(evidence).toEqual({ score: 0, band: 'none', missing: ['photosynthesis'] });
  });

  it.each<[string, Partial<RetrieveParams>, string[]]>([
    ['for a question without words', { query: '?!' }, []],
    ['in an empty list of documents', { docIds: [] }, []],
    ['in a course without documents', { course: 'Chemistry' }, ['doc_source']],
  ])('finds nothing %s, and does not search everything instead', async (_where, params, asked) => {
    const { search, requests } = setUp([row()]);
    expect(await search(params)).toMatchObject({ chunks: [], evidence: { band: 'none' } });
    expect(requests.map(({ name }) => name)).toEqual(asked);
  });

  it('narrows to a course, taking its name literally and together with the given documents', async () => {
    const { search, requests } = setUp([row()], { courseIds: ['a'] });
    await search({ course: '100%_Bio', docIds: ['a', 'b'] });
    const filters = new URLSearchParams(requests[0]?.search);
    expect(filters.get('course')).toBe('ilike.100\\%\\_Bio');
    expect(filters.get('id')).toBe('in.(a,b)');
    expect(requests[1]?.body.p_doc_ids).toEqual(['a']);
  });

  it('reports a database that does not answer as such', async () => {
    await expect(setUp([], { fail: true }).search()).rejects.toMatchObject({ code: 'database_unavailable' });
  });

  it('ends with the reason of its signal when it is stopped', async () => {
    const signal = AbortSignal.abort(new Error('stopped by the student'));
    await expect(setUp([row()]).search({ signal })).rejects.toThrow('stopped by the student');
  });

  it('returns no more than the limit', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => row({ chunk_id: index + 1, doc_id: `d${index}` }));
    expect((await setUp(rows).search({ limit: 8 })).chunks).toHaveLength(8);
  });
});
