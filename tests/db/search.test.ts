import { beforeAll, describe, expect, test } from 'vitest';
import type { Persona } from '../../local/supabase/database.ts';
import { addChunksInBulk, addDocument, suiteFixture, vectorText } from './fixture.ts';

type Hit = { doc_id: string; chunk_id?: string; ord: number; score?: number; term_idf?: number[] | null };

describe('a student with 20 chunks beside 10,000 of others', () => {
  const db = suiteFixture();
  let own: string;
  beforeAll(async () => {
    const crowd = await db.newStudent();
    // The crowd's vectors and words are the very ones that are asked for: they would win every place there is.
    await addChunksInBulk(db.query, { userId: crowd, count: 10_000, seed: 7, terms: [11, 12, 13] });
    own = await addChunksInBulk(db.query, { userId: db.owner, count: 20, seed: 8, terms: [11, 12] });
  });

  const byMeaning = (persona: Persona, userId: string, count = 10) =>
    db.rowsOf<Hit>(persona, 'select * from public.search_chunks($1, -1, $2, $3)', [
      vectorText(7),
      count,
      userId,
    ]);
  const hybrid = (persona: Persona, userId: string, options: Partial<Record<string, unknown>> = {}) =>
    db.rowsOf<Hit>(
      persona,
      'select * from public.search_chunks_hybrid($1, $2, $3, $4, $5, $6, $7, $8, null, $9)',
      [
        'embedding' in options ? options.embedding : vectorText(7),
        options.terms ?? [11, 12],
        options.count ?? 10,
        userId,
        options.dense ?? 1,
        options.lexical ?? 1,
        options.docIds ?? null,
        options.model ?? null,
        options.threshold ?? -1,
      ],
    );

  test('gets k hits by meaning, all of them their own', async () => {
    const hits = await byMeaning(db.owner, db.owner);
    expect(hits).toHaveLength(10);
    expect(new Set(hits.map((hit) => hit.doc_id))).toEqual(new Set([own]));
    expect(await byMeaning(db.owner, db.owner, 100)).toHaveLength(20);
  });

  test('gets k hits by words and by both, all of them their own', async () => {
    for (const options of [{}, { dense: 0, embedding: null }, { lexical: 0, terms: [] }]) {
      const hits = await hybrid(db.owner, db.owner, options);
      expect(hits).toHaveLength(10);
      expect(new Set(hits.map((hit) => hit.doc_id))).toEqual(new Set([own]));
    }
  });

  test('finds by meaning what is more like the question than the threshold, and by words the rest', async () => {
    const likeness = async (threshold: number) =>
      (
        await db.rowsOf<{ similarity: number }>(
          db.owner,
          'select * from public.search_chunks($1, $2, 20, $3)',
          [vectorText(7), threshold, db.owner],
        )
      ).map(({ similarity }) => similarity);
    const all = await likeness(-1);
    const threshold = all[4] ?? 1;
    expect(await likeness(threshold)).toEqual(all.slice(0, 4));
    const alone = { lexical: 0, terms: [], count: 20 };
    expect(await hybrid(db.owner, db.owner, alone)).toHaveLength(20);
    expect(await hybrid(db.owner, db.owner, { ...alone, threshold })).toHaveLength(4);
    expect(await hybrid(db.owner, db.owner, { count: 20, threshold: 1 })).toHaveLength(20);
  });

  test('keeps finding a document while it is read again, and not one that was never published', async () => {
    const set = (status: string, chunks: number) =>
      db.query('update public.doc_source set status = $1, chunk_count = $2 where id = $3', [
        status,
        chunks,
        own,
      ]);
    await set('processing', 20);
    expect(await byMeaning(db.owner, db.owner)).toHaveLength(10);
    expect(await hybrid(db.owner, db.owner)).toHaveLength(10);
    await set('processing', 0);
    expect(await byMeaning(db.owner, db.owner)).toEqual([]);
    expect(await hybrid(db.owner, db.owner)).toEqual([]);
    await set('ready', 20);
  });

  test('is found by the service under their id', async () => {
    expect(await byMeaning('service', db.owner)).toHaveLength(10);
    expect(await hybrid('service', db.owner)).toHaveLength(10);
  });

  test('shows nothing to a stranger who asks for them, by either search', async () => {
    expect(await byMeaning(db.stranger, db.owner)).toEqual([]);
    expect(await hybrid(db.stranger, db.owner)).toEqual([]);
    expect(await hybrid(db.stranger, db.stranger, { docIds: [own] })).toEqual([]);
  });

  test('learns which words its own notes know, and nobody else learns it', async () => {
    const known = async (persona: Persona) =>
      (
        await db.rowsOf<{ term: number; df: number }>(
          persona,
          'select * from public.known_terms($1, $2) order by term',
          [[0, 11, 12, 99], db.owner],
        )
      ).map(({ term, df }) => [term, df]);
    expect(await known(db.owner)).toEqual([
      [11, 20],
      [12, 20],
    ]);
    expect(await known(db.stranger)).toEqual([]);
  });

  test('gets the same nearest chunks as a plain sort of all of them', async () => {
    const expected = await db.query<{ ord: number }>(
      `select ord from public.doc_chunk where user_id = $1
       order by embedding operator(extensions.<=>) $2::extensions.vector, id limit 10`,
      [db.owner, vectorText(3)],
    );
    const found = await db.rowsOf<Hit>(db.owner, 'select * from public.search_chunks($1, -1, 10, $2)', [
      vectorText(3),
      db.owner,
    ]);
    expect(found.map(({ ord }) => ord)).toEqual(expected.map(({ ord }) => ord));
  });

  test('gets the rarity of each term at its position, also for repeated and unknown ones', async () => {
    const [hit] = await hybrid(db.owner, db.owner, { terms: [11, 999, 11, 13], dense: 0, embedding: null });
    const [first, unknown, again, foreign] = hit?.term_idf ?? [];
    expect(first).toBeGreaterThan(0);
    expect(again).toBe(first);
    expect([unknown, foreign]).toEqual([0, 0]);
  });

  test('gets nothing for no words, unknown words and nothing asked', async () => {
    for (const terms of [[], [999], [0], [-5]]) {
      expect(await hybrid(db.owner, db.owner, { terms, dense: 0, embedding: null })).toEqual([]);
    }
    expect(await hybrid(db.owner, db.owner, { count: 0 })).toEqual([]);
  });

  test('is not answered from vectors of another model', async () => {
    expect(await hybrid(db.owner, db.owner, { terms: [], model: 'another-model' })).toEqual([]);
    expect(await hybrid(db.owner, db.owner, { model: 'another-model' })).toHaveLength(10);
  });

  test('is answered from the documents asked for only, and only from those that were published', async () => {
    const other = await addChunksInBulk(db.query, { userId: db.owner, count: 3, seed: 7, terms: [11] });
    const only = await hybrid(db.owner, db.owner, { docIds: [other] });
    expect(only.map((hit) => hit.doc_id)).toEqual([other, other, other]);
    for (const status of ['pending', 'processing', 'error']) {
      await db.query('update public.doc_source set status = $2, chunk_count = 0 where id = $1', [
        other,
        status,
      ]);
      expect((await byMeaning(db.owner, db.owner, 100)).filter((hit) => hit.doc_id === other)).toEqual([]);
      expect(await hybrid(db.owner, db.owner, { docIds: [other] })).toEqual([]);
    }
    await db.query('delete from public.doc_source where id = $1', [other]);
  });

  test('keeps the threshold a promise', async () => {
    const hits = await db.rowsOf<{ similarity: number }>(
      db.owner,
      'select * from public.search_chunks($1, 0.999, 50, $2)',
      [vectorText(8), db.owner],
    );
    expect(hits.every((hit) => hit.similarity > 0.999)).toBe(true);
    const none = await db.rowsOf(db.owner, 'select * from public.search_chunks($1, 1.1, 50, $2)', [
      vectorText(8),
      db.owner,
    ]);
    expect(none).toEqual([]);
  });

  test('has an empty library answered with no rows', async () => {
    await addDocument(db.query, { userId: db.stranger, status: 'ready' });
    expect(await byMeaning(db.stranger, db.stranger)).toEqual([]);
    expect(await hybrid(db.stranger, db.stranger)).toEqual([]);
  });
});

describe('a student with more chunks than are all compared', () => {
  const db = suiteFixture();
  const COUNT = 5300;

  /** Sums of two of a hundred vectors; with `of` so many of their numbers count, and the rest say next to nothing. */
  async function addMany(userId: string, of: number) {
    const docId = await addDocument(db.query, { userId, status: 'ready' });
    await db.query('select setseed(0.5)');
    await db.query(`
      create temp table if not exists pool as
      select n, (n % 2) as kind, array_agg(((random() - 0.5) * case when n % 2 = 0 or i <= 16 then 1 else 0.02 end)::real order by i)::extensions.vector as v
      from generate_series(0, 199) n, generate_series(1, 1536) i group by n`);
    await db.query(
      `insert into public.doc_chunk (doc_id, user_id, ord, content, embedding)
       select $1, $2, o, 'chunk ' || o, a.v operator(extensions.+) b.v
       from generate_series(1, ${COUNT}) o
       join pool a on a.n = 2 * (o % 100) + $3 join pool b on b.n = 2 * ((o / 100 + 3 * (o % 100)) % 100) + $3`,
      [docId, userId, of],
    );
    await db.query(
      `insert into public.chunk_lex (chunk_id, doc_id, user_id, weights) select id, doc_id, user_id, '{1:1}/1000000000' from public.doc_chunk where doc_id = $1`,
      [docId],
    );
  }

  test.for([
    ['vectors that point everywhere', 0, 0.99],
    // All are compared whenever that is noticed, which is nearly always.
    ['vectors of which a few numbers decide, so that codes tell little', 1, 0.95],
  ] as const)('finds the ten that a comparison with all finds: %s', async ([, kind, floor]) => {
    const userId = await db.newStudent();
    await addMany(userId, kind);
    const probes = await db.query<{ v: string }>(
      `select (a.v operator(extensions.+) b.v operator(extensions.+) c.v)::text as v from pool a, pool b, pool c
       where a.kind = $1 and b.n = (a.n + 22) % 200 and c.n = (a.n + 58) % 200 order by a.n limit 8`,
      [kind],
    );
    let found = 0;
    for (const { v } of probes) {
      const hits = await db.rowsOf<Hit>(userId, 'select ord from public.search_chunks($1, -1, 10, $2)', [
        v,
        userId,
      ]);
      const exact = await db.query<Hit>(
        'select ord from public.doc_chunk where user_id = $2 order by embedding operator(extensions.<=>) $1, id limit 10',
        [v, userId],
      );
      const ords = new Set(hits.map(({ ord }) => ord));
      found += exact.filter(({ ord }) => ords.has(ord)).length;
    }
    expect(found / (10 * probes.length)).toBeGreaterThanOrEqual(floor);
  });
});
