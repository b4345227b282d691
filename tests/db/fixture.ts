import { createHash } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { openDatabase, type Persona, type Query, type Row } from '../../local/supabase/database.ts';

/** A database with every migration, the people every rule is tried on, and short ways to ask as one of them. */
export async function openFixture() {
  const database = await openDatabase();
  const newStudent = async (displayName?: string) =>
    (await database.createUser(displayName === undefined ? {} : { displayName })).id;
  const [owner, stranger] = [await newStudent('Owner'), await newStudent('Stranger')];
  const rowsOf = <Found = Row>(persona: Persona, sql: string, params?: unknown[]) =>
    database.asUser(persona, (query) => query<Found>(sql, params));
  return {
    ...database,
    owner,
    stranger,
    newStudent,
    rowsOf,
    /** The row of a statement that is run with every right. */
    rowOf: async <Found = Row>(sql: string, params?: unknown[]): Promise<Found> => {
      const [row] = await database.query<Found>(sql, params);
      if (!row) throw new Error(`Nothing came of ${sql}`);
      return row;
    },
    block: (by: string, whom: string) =>
      database.query('insert into public.block (user_id, blocked_user_id) values ($1, $2)', [by, whom]),
    setVisibility: (userId: string, visibility: string) =>
      database.query('update public.profile set visibility = $2 where user_id = $1', [userId, visibility]),
    /** Runs a statement that a trigger of its table would not leave as it is. */
    withoutTrigger: async (table: string, trigger: string, sql: string, params?: unknown[]) => {
      await database.query(`alter table public.${table} disable trigger ${trigger}`);
      await database.query(sql, params);
      await database.query(`alter table public.${table} enable trigger ${trigger}`);
    },
    /** What one function gives that persona. */
    valueOf: async <Value>(persona: Persona, call: string, params?: unknown[]): Promise<Value> => {
      const [row] = await rowsOf<{ value: Value }>(persona, `select ${call} as value`, params);
      if (!row) throw new Error(`Nothing came of ${call}`);
      return row.value;
    },
    /** The SQLSTATE a statement fails with as that persona, or null when it succeeds. */
    codeOf: (persona: Persona, sql: string, params?: unknown[]): Promise<string | null> =>
      rowsOf(persona, sql, params).then(
        () => null,
        (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
      ),
  };
}

export type Fixture = Awaited<ReturnType<typeof openFixture>>;

/** One of a suite's own, opened before its first test and closed after its last. */
export function suiteFixture(): Fixture {
  // Filled before any test may look at it.
  const fixture = {} as Fixture;
  beforeAll(async () => {
    Object.assign(fixture, await openFixture());
  });
  afterAll(() => fixture.close());
  return fixture;
}

/** A unit vector that depends on its seed alone. */
export function vectorOf(seed: number): number[] {
  let state = seed * 2_654_435_761 + 1;
  const values = Array.from({ length: 1536 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
  const length = Math.hypot(...values);
  return values.map((value) => Math.round((value / length) * 1e6) / 1e6);
}

export const vectorText = (seed: number) => JSON.stringify(vectorOf(seed));

/** Weights for the terms given, all of weight 1. */
export const weightsText = (terms: readonly number[]) =>
  `{${[...new Set(terms)]
    .sort((a, b) => a - b)
    .map((term) => `${term}:1`)
    .join(',')}}/1000000000`;

export async function addDocument(
  query: Query,
  { userId, title = 'Notes', status = 'pending' }: { userId: string; title?: string; status?: string },
): Promise<string> {
  const [row] = await query<{ id: string }>(
    'insert into public.doc_source (user_id, title, status) values ($1, $2, $3) returning id',
    [userId, title, status],
  );
  if (!row) throw new Error('The document was not inserted.');
  return row.id;
}

export type DraftChunk = { content: string; terms: readonly number[]; seed?: number };

/** The drafts a finished reading leaves behind: one page for each chunk. */
export async function addDrafts(
  query: Query,
  { docId, userId, chunks }: { docId: string; userId: string; chunks: readonly DraftChunk[] },
) {
  let start = 0;
  for (const [ord, { content, terms, seed }] of chunks.entries()) {
    await query(
      'insert into public.doc_page_draft (doc_id, user_id, page, content, char_count) values ($1, $2, $3, $4, $5)',
      [docId, userId, ord + 1, content, content.length],
    );
    await query(
      `insert into public.doc_chunk_draft (doc_id, user_id, ord, content, heading_path, page_start, page_end,
         char_start, char_end, content_hash, token_count, lex_weights)
       values ($1, $2, $3, $4, '{Heading}', $5, $5, $6, $7, $8, 10, $9)`,
      [
        docId,
        userId,
        ord,
        content,
        ord + 1,
        start,
        start + content.length,
        createHash('sha256').update(content).digest('hex'),
        weightsText(terms),
      ],
    );
    if (seed !== undefined) {
      await query(
        'insert into public.doc_embedding_draft (doc_id, user_id, ord, embedding) values ($1, $2, $3, $4::extensions.vector)',
        [docId, userId, ord, vectorText(seed)],
      );
    }
    start += content.length + 2;
  }
}

/** A document of `count` chunks, inserted in bulk by SQL. Vectors of the first hundred lie close to each other, the rest agree. */
export async function addChunksInBulk(
  query: Query,
  { userId, count, seed, terms }: { userId: string; count: number; seed: number; terms: readonly number[] },
): Promise<string> {
  const docId = await addDocument(query, { userId, status: 'ready' });
  await query(
    `insert into public.doc_chunk (doc_id, user_id, ord, content, metadata, embedding)
     select $1, $2, n, 'chunk ' || n, jsonb_build_object('page_start', n + 1),
       case when n < 100 then (
         select array_agg(v + 0.00001 * ((n * 31 + i) % 97))::real[]::extensions.vector
         from unnest($3::real[]) with ordinality as u(v, i)
       ) else $3::real[]::extensions.vector end
     from generate_series(0, $4::int - 1) as n`,
    [docId, userId, vectorOf(seed), count],
  );
  await query(
    `insert into public.chunk_lex (chunk_id, doc_id, user_id, weights)
     select c.id, c.doc_id, c.user_id, $2::extensions.sparsevec from public.doc_chunk c where c.doc_id = $1`,
    [docId, weightsText(terms)],
  );
  await query('update public.doc_source set chunk_count = $2, page_count = $2 where id = $1', [docId, count]);
  return docId;
}
