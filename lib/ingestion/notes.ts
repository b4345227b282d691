import { createHash } from 'node:crypto';
import { z } from 'zod';
import { databaseError } from '../db/errors.ts';
import { AppError } from '../errors.ts';
import { indexedText } from '../retrieval/sparse-bm25.ts';
import { chunkDraft, saveChunkRows, saveEmbeddingDrafts, savePageDrafts } from './drafts.ts';
import { type IngestionDependencies, indexInForce, toVectorText } from './pipeline.ts';
import { readAside } from './reader/pool.ts';
import { recordCost } from './store.ts';

/** What one step takes: a vault is a few of them, and each is well within the time of a request. */
const NOTES_AT_ONCE = 40;

export async function studentsWithWaitingNotes(db: IngestionDependencies['db']): Promise<string[]> {
  const { data, error } = await db.rpc('students_with_waiting_notes');
  if (error) throw databaseError(error);
  return data;
}

const passageKey = (docId: string, ord: number) => `${docId}:${ord}`;
type Passage = { doc_id: string; ord: number; heading_path: string[]; content: string };

/** Vectors for what the notes say anew; what they said before has its own. */
async function embedMissing(deps: IngestionDependencies, userId: string, passages: readonly Passage[]) {
  const { db, embed, embeddingModel } = deps;
  if (!embed) return;
  const { data, error } = await db.rpc('reuse_vectors', {
    p_doc_ids: [...new Set(passages.map(({ doc_id }) => doc_id))],
    p_embedding_model: embeddingModel,
  });
  if (error) throw databaseError(error);
  const missing = new Set(data.map(({ document_id, ord }) => passageKey(document_id, ord)));
  const toEmbed = passages.filter(({ doc_id, ord }) => missing.has(passageKey(doc_id, ord)));
  if (toEmbed.length === 0) return;
  const startedAt = performance.now();
  const embedded = await embed(
    toEmbed.map(({ heading_path, content }) => indexedText(heading_path, content)),
  ).catch((failure: unknown) => {
    // The server gives nothing that the index can hold: they are found by their words.
    if (failure instanceof AppError && failure.code === 'embedding_unusable') return null;
    throw failure;
  });
  if (!embedded) return;
  await saveEmbeddingDrafts(
    db,
    toEmbed.flatMap(({ doc_id, ord }, index) => {
      const vector = embedded.vectors[index];
      return vector ? [{ doc_id, user_id: userId, ord, embedding: toVectorText(vector) }] : [];
    }),
  );
  await recordCost(db, {
    event_type: 'embedding',
    user_id: userId,
    trace_id: `notes-${crypto.randomUUID()}`,
    model: embeddingModel,
    latency_ms: Math.round(performance.now() - startedAt),
    token_count: embedded.tokens,
    input_tokens: embedded.tokens,
    cost_usd: embedded.costUsd,
    metadata: { notes: new Set(toEmbed.map(({ doc_id }) => doc_id)).size, chunks: toEmbed.length },
  });
}

/** Reads the next notes of a student whose text is newer than what can be searched; says how many there were. */
export async function indexNotesOf(deps: IngestionDependencies, userId: string): Promise<number> {
  const { db } = deps;
  const index = indexInForce(deps);
  const { data: notes, error } = await db.rpc('claim_notes', {
    p_user_id: userId,
    p_index_version: index.version,
    p_embedding_model: index.embeddingModel,
    p_limit: NOTES_AT_ONCE,
  });
  if (error) throw databaseError(error);
  if (notes.length === 0) return 0;
  const read = await readAside(
    userId,
    'notes',
    notes.map(({ content }) => content),
  );
  const of = notes.flatMap((note, at) => {
    const found = read[at];
    return found ? [{ ...note, ...found }] : [];
  });
  const drafts = of.flatMap(({ document_id, chunks }) =>
    chunks.map((chunk) => chunkDraft(document_id, userId, chunk)),
  );
  await clearDrafts(
    db,
    of.map(({ document_id }) => document_id),
  );
  await savePageDrafts(
    db,
    of.flatMap(({ document_id, pages }) =>
      pages.map(({ page, label, content }) => ({
        doc_id: document_id,
        user_id: userId,
        page,
        label,
        content,
        char_count: content.length,
      })),
    ),
  );
  await saveChunkRows(db, drafts);
  await embedMissing(deps, userId, drafts);
  const published = await db.rpc('publish_notes', {
    p_user_id: userId,
    p_index_version: index.version,
    p_embedding_model: index.embeddingModel,
    p_notes: of.map(({ document_id, run, revision, content, isEnglish }) => ({
      documentId: document_id,
      run,
      revision,
      isEnglish,
      contentHash: createHash('sha256').update(content).digest('hex'),
    })),
  });
  if (published.error) throw databaseError(published.error);
  return z.int().parse(published.data) === 0 ? 0 : notes.length;
}

/** A step that broke off left drafts of another text. */
async function clearDrafts(db: IngestionDependencies['db'], ids: string[]) {
  for (const table of ['doc_embedding_draft', 'doc_chunk_draft', 'doc_page_draft'] as const) {
    const { error } = await db.from(table).delete().in('doc_id', ids);
    if (error) throw databaseError(error);
  }
}
