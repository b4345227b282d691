import { z } from 'zod';
import type { DatabaseClient } from '../db/clients.ts';
import { databaseError } from '../db/errors.ts';
import { chunkMetadataSchema, locatorOf, type RetrievedChunk } from './search.ts';

/** A document, or the part of it between two chunks, both included. */
export type SpreadSource = { docId: string; from: number | null; to: number | null };

const rowSchema = z.object({
  chunk_id: z.int(),
  doc_id: z.string(),
  ord: z.int(),
  content: z.string(),
  metadata: chunkMetadataSchema,
  title: z.string(),
  course: z.string().nullable(),
  locator: z.enum(['page', 'section', 'row']),
  page_count: z.int().nullable(),
});

/**
 * Passages spread evenly over the student's documents, or over the given ones: for what asks about everything instead of
 * a subject. `offset` in [0, 1) moves the choice, so that the next one differs.
 */
export async function spreadChunks(
  db: DatabaseClient,
  params: { sources: readonly SpreadSource[] | null; count: number; offset: number; signal: AbortSignal },
): Promise<RetrievedChunk[]> {
  const { data, error } = await db
    .rpc('spread_chunks', {
      p_sources: params.sources ? params.sources.map((source) => ({ ...source })) : null,
      p_count: params.count,
      p_offset: params.offset,
    })
    .abortSignal(params.signal);
  if (error) throw params.signal.aborted ? params.signal.reason : databaseError(error);
  return z
    .array(rowSchema)
    .parse(data)
    .map((row) => ({
      chunkId: row.chunk_id,
      docId: row.doc_id,
      ord: row.ord,
      text: row.content,
      title: row.title,
      course: row.course,
      headingPath: row.metadata.heading_path,
      page: row.locator === 'page' ? row.metadata.page_start : null,
      pageEnd: row.locator === 'page' ? row.metadata.page_end : null,
      locator: locatorOf(row),
      charStart: row.metadata.char_start,
      charEnd: row.metadata.char_end,
      similarity: 0,
      score: 0,
    }));
}
