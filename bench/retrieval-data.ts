import { randomUUID } from 'node:crypto';
import { EMBEDDING_DIMENSIONS } from '../lib/ingestion/embed.ts';
import { chunkWeights } from '../lib/retrieval/sparse-bm25.ts';
import { seeded } from '../lib/test-random.ts';
import { EMBEDDING_MODEL, type EvalStack, type EvalStudent } from '../tests/evals/stack.ts';
import { randomText, randomVector } from './synthetic.ts';

const CHUNKS_PER_DOCUMENT = 100;
const SENTENCES_PER_CHUNK = 22;

const toVectorText = (vector: readonly number[]): string =>
  `[${vector.map((value) => value.toFixed(4)).join(',')}]`;

/** Stored past the Data API: how fast rows go in is not the question here. */
async function addDocument(stack: EvalStack, student: EvalStudent, seed: number): Promise<void> {
  const random = seeded(seed);
  const documentId = randomUUID();
  const { query } = stack.gateway.database;
  await query(
    `insert into public.doc_source (id, user_id, title, source_type, file_name, file_path, mime_type, size_bytes, status,
       page_count, chunk_count, embedding_model)
     values ($1, $2, $3, 'upload', 'book.pdf', $4, 'application/pdf', 1, 'ready', $5, $5, $6)`,
    [
      documentId,
      student.id,
      `Book ${seed}`,
      `${student.id}/${documentId}/original.pdf`,
      CHUNKS_PER_DOCUMENT,
      EMBEDDING_MODEL,
    ],
  );
  const chunks = Array.from({ length: CHUNKS_PER_DOCUMENT }, (_, ord) => {
    const content = randomText(random, SENTENCES_PER_CHUNK);
    return {
      ord,
      content,
      metadata: {
        page_start: ord + 1,
        page_end: ord + 1,
        char_start: 0,
        char_end: content.length,
        heading_path: [],
      },
      embedding: toVectorText(randomVector(random, EMBEDDING_DIMENSIONS)),
      weights: chunkWeights(content, true),
    };
  });
  await query(
    `with rows as (
       select * from jsonb_to_recordset($3::jsonb) as r(ord int, content text, metadata jsonb, embedding text, weights text)
     ), stored as (
       insert into public.doc_chunk (doc_id, user_id, ord, content, page_start, page_end, char_start, char_end, content_hash,
         token_count, metadata, embedding, embedding_model)
       select $1::uuid, $2::uuid, ord, content, ord + 1, ord + 1, 0, length(content), md5(content), 500, metadata,
         embedding::extensions.vector, $4
       from rows returning id, ord
     )
     insert into public.chunk_lex (chunk_id, doc_id, user_id, weights)
     select s.id, $1::uuid, $2::uuid, r.weights::extensions.sparsevec from stored s join rows r using (ord)`,
    [documentId, student.id, JSON.stringify(chunks), EMBEDDING_MODEL],
  );
}

/** Gives a student so many chunks, in documents of a hundred. */
export async function addChunks(
  stack: EvalStack,
  student: EvalStudent,
  range: { from: number; to: number; seed: number },
): Promise<void> {
  for (let at = range.from; at < range.to; at += CHUNKS_PER_DOCUMENT) {
    await addDocument(stack, student, range.seed + at);
  }
}
