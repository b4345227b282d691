import { describe, expect, test } from 'vitest';
import { addDocument, addDrafts, type DraftChunk, suiteFixture } from './fixture.ts';

const HASH = 'a'.repeat(64);

const chunks = (prefix: string, count: number): DraftChunk[] =>
  Array.from({ length: count }, (_, index) => ({
    content: `${prefix} ${index} 𝒂ü`,
    terms: [100, 200 + index],
    seed: index + 1,
  }));

describe('a document', () => {
  const db = suiteFixture();

  const publish = (docId: string, run: number | null = null) =>
    db.rowsOf('service', 'select public.publish_document($1, $2, $3)', [docId, HASH, run]);
  const contents = async (docId: string) =>
    (
      await db.query<{ content: string }>(
        'select content from public.doc_chunk where doc_id = $1 order by ord',
        [docId],
      )
    ).map(({ content }) => content);
  const published = async (userId: string, prefix = 'text', count = 3) => {
    const docId = await addDocument(db.query, { userId, status: 'processing' });
    await addDrafts(db.query, { docId, userId, chunks: chunks(prefix, count) });
    await publish(docId);
    return docId;
  };
  /** Counters that differ from a recount of all stored weights. */
  const wrongCounters = () =>
    db.query(`with counted as (
        select user_id, term, count(*)::int as df
        from public.chunk_lex cross join lateral private.terms_of(weights::text) t(term) group by 1, 2
      )
      select coalesce(a.user_id, b.user_id) as user_id, coalesce(a.term, b.term) as term, a.df as stored, b.df as counted
      from public.lex_df a full join counted b using (user_id, term) where a.df is distinct from b.df`);

  test('is published whole: pages with their offsets, chunks as slices of the text, no drafts left', async () => {
    const docId = await published(db.owner);
    const pages = await db.query<{ content: string; char_start: number; char_end: number }>(
      'select content, char_start, char_end from public.doc_page where doc_id = $1 order by page',
      [docId],
    );
    const text = pages.map(({ content }) => content).join('\n\n');
    for (const page of pages) expect(text.slice(page.char_start, page.char_end)).toBe(page.content);
    const rows = await db.query<{ content: string; char_start: number; char_end: number; metadata: object }>(
      'select content, char_start, char_end, metadata from public.doc_chunk where doc_id = $1',
      [docId],
    );
    for (const row of rows) expect(text.slice(row.char_start, row.char_end)).toBe(row.content);
    expect(rows[0]?.metadata).toEqual({
      page_start: 1,
      page_end: 1,
      char_start: 0,
      char_end: rows[0]?.char_end,
      heading_path: ['Heading'],
    });
    expect(
      await db.query(
        `select status, progress, stage, page_count, chunk_count, content_hash from public.doc_source where id = $1`,
        [docId],
      ),
    ).toEqual([
      { status: 'ready', progress: 100, stage: null, page_count: 3, chunk_count: 3, content_hash: HASH },
    ]);
    expect(await db.query('select 1 from public.doc_chunk_draft where doc_id = $1', [docId])).toEqual([]);
    expect(await wrongCounters()).toEqual([]);
  });

  test('published again is replaced, and a repeated call changes nothing', async () => {
    const docId = await published(db.owner, 'old', 5);
    await addDrafts(db.query, { docId, userId: db.owner, chunks: chunks('new', 2) });
    await publish(docId);
    expect(await contents(docId)).toEqual(chunks('new', 2).map(({ content }) => content));
    await publish(docId);
    expect(await contents(docId)).toHaveLength(2);
    expect(await wrongCounters()).toEqual([]);
  });

  test('is never ready with nothing in it', async () => {
    const docId = await addDocument(db.query, { userId: db.owner, status: 'processing' });
    expect(await db.codeOf('service', 'select public.publish_document($1, $2)', [docId, HASH])).toBe('PT422');
    expect(await db.query('select status from public.doc_source where id = $1', [docId])).toEqual([
      { status: 'processing' },
    ]);
  });

  test('stays as it was when publishing fails half-way', async () => {
    const docId = await published(db.owner, 'kept', 2);
    await addDrafts(db.query, { docId, userId: db.owner, chunks: chunks('broken', 3) });
    await db.query(
      `update public.doc_chunk_draft set lex_weights = 'nonsense' where doc_id = $1 and ord = 2`,
      [docId],
    );
    expect(await db.codeOf('service', 'select public.publish_document($1, $2)', [docId, HASH])).toBe('22P02');
    expect(await contents(docId)).toEqual(chunks('kept', 2).map(({ content }) => content));
    expect(await wrongCounters()).toEqual([]);
  });

  test('is not published by a reading that a newer one has replaced', async () => {
    const docId = await addDocument(db.query, { userId: db.owner, status: 'processing' });
    await db.query('update public.doc_source set ingest_run = 2 where id = $1', [docId]);
    await addDrafts(db.query, { docId, userId: db.owner, chunks: chunks('late', 2) });
    expect(await db.codeOf('service', 'select public.publish_document($1, $2, $3)', [docId, HASH, 1])).toBe(
      'PT409',
    );
    await publish(docId, 2);
    expect(await contents(docId)).toHaveLength(2);
  });

  test('is copied to another of the same student, and never to somebody else’s', async () => {
    const from = await published(db.owner, 'shared', 4);
    const to = await addDocument(db.query, { userId: db.owner, status: 'processing' });
    const foreign = await addDocument(db.query, { userId: db.stranger, status: 'processing' });
    const copy = 'select public.copy_document($1, $2)';
    await db.rowsOf('service', copy, [from, to]);
    await db.rowsOf('service', copy, [from, to]);
    expect(await contents(to)).toEqual(await contents(from));
    expect(await wrongCounters()).toEqual([]);
    expect(await db.codeOf('service', copy, [from, foreign])).toBe('PT404');
    expect(await db.codeOf('service', copy, [foreign, to])).toBe('PT404');
    expect(await db.codeOf('service', copy, [from, from])).toBe('PT409');
  });

  test('deleted by its owner takes chunks and counters along', async () => {
    const docId = await published(db.owner, 'gone', 6);
    await db.rowsOf(db.owner, 'delete from public.doc_source where id = $1', [docId]);
    expect(await contents(docId)).toEqual([]);
    expect(await wrongCounters()).toEqual([]);
    await db.query('delete from public.doc_source where user_id = $1', [db.owner]);
    expect(await db.query('select * from public.lex_df where user_id = $1', [db.owner])).toEqual([]);
  });

  test('deleted takes what answers quoted from it along, and leaves the rest of the answer', async () => {
    const docId = await addDocument(db.query, { userId: db.owner });
    const kept = await addDocument(db.query, { userId: db.owner });
    const text = { type: 'text', text: 'An answer [1] [2]' };
    const citation = (n: number, id: string) => ({
      type: 'data-citation',
      data: { n, docId: id, quote: 'q' },
    });
    const search = (ids: string[]) => ({
      type: 'tool-searchNotes',
      output: { chunks: ids.map((id) => ({ docId: id, text: 'passage' })), evidence: { band: 'strong' } },
    });
    const [thread] = await db.query<{ id: string }>(
      'insert into public.thread (user_id) values ($1) returning id',
      [db.owner],
    );
    await db.query(
      `insert into public.message (user_id, thread_id, role, parts) values ($1, $2, 'assistant', $3::jsonb)`,
      [
        db.owner,
        thread?.id,
        JSON.stringify([search([docId, kept]), text, citation(1, docId), citation(2, kept)]),
      ],
    );
    await db.rowsOf(db.owner, 'delete from public.doc_source where id = $1', [docId]);
    expect(await db.query('select parts from public.message where user_id = $1', [db.owner])).toEqual([
      { parts: [search([kept]), text, citation(2, kept)] },
    ]);
  });

  test('cannot be published, copied, begun, failed or reconciled by a student', async () => {
    const docId = await addDocument(db.query, { userId: db.owner });
    for (const call of [
      `publish_document('${docId}', '')`,
      `copy_document('${docId}', '${docId}')`,
      `begin_ingestion('${docId}', 0)`,
      `fail_ingestion('${docId}', 0, '', '')`,
      `reconcile_documents(1, 1, '')`,
      `reread_documents(1, '', 1, 1)`,
    ]) {
      expect([call, await db.codeOf(db.owner, `select public.${call}`)]).toEqual([call, '42501']);
    }
  });

  test('cannot be called ready, or pointed at another file, by its student', async () => {
    const docId = await addDocument(db.query, { userId: db.owner });
    const set = (assignment: string) =>
      db.codeOf(db.owner, `update public.doc_source set ${assignment} where id = $1`, [docId]);
    expect(await set(`status = 'ready'`)).toBe('42501');
    expect(await set(`content_hash = 'x'`)).toBe('42501');
    expect(await set(`file_path = '${db.stranger}/x/original.pdf'`)).toBe('42501');
    const add = (path: string) =>
      db.codeOf(
        db.owner,
        `insert into public.doc_source (id, title, file_path) values ('${docId.replace(/^./, 'f')}', 'A', $1)`,
        [path],
      );
    expect(await add(`${db.stranger}/${docId}/original.pdf`)).toBe('23514');
    expect(await add(`${db.owner}/../${db.stranger}/original.pdf`)).toBe('23514');
  });
});
