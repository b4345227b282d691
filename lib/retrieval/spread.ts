import { z } from 'zod';
import { databaseError } from '../db/errors.ts';
import { chunkRowSchema, type RetrieveDependencies, type RetrievedChunk, toChunk } from './search.ts';

/** A document, or the part of it between two chunks, both included. */
export type SpreadSource = { docId: string; from: number | null; to: number | null };

/**
 * Passages spread evenly over the student's documents, or over the given ones: for what asks about everything instead of
 * a subject. `offset` in [0, 1) moves the choice, so that the next one differs.
 */
export async function spreadChunks(
  { db, threadId }: Pick<RetrieveDependencies, 'db' | 'threadId'>,
  params: { sources: readonly SpreadSource[] | null; count: number; offset: number; signal: AbortSignal },
): Promise<RetrievedChunk[]> {
  const { data, error } = await db
    .rpc('spread_chunks', {
      p_sources: params.sources ? params.sources.map((source) => ({ ...source })) : null,
      p_count: params.count,
      p_offset: params.offset,
      p_thread_id: threadId ?? null,
    })
    .abortSignal(params.signal);
  if (error) throw params.signal.aborted ? params.signal.reason : databaseError(error);
  const rows = z.array(chunkRowSchema).parse(data);
  return rows.map((row) => toChunk(row, { similarity: 0, score: 0 }));
}
