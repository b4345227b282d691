import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database, Insert, Row } from '../db/types.gen.ts';
import { slices } from '../slices.ts';
import type { Works } from './reader/reader.worker.ts';
import { fail } from './store.ts';

/** What a reading has found so far, kept where nobody sees it until it is published. */
type Client = SupabaseClient<Database>;

const ROWS_PER_CALL = 200;

/** A passage as the chunker and the term weights left it. */
type Weighted = Awaited<ReturnType<Works['chunks']>>['chunks'][number];

/** The row of a passage that is not published yet. */
export const chunkDraft = (documentId: string, userId: string, chunk: Weighted) => ({
  doc_id: documentId,
  user_id: userId,
  ord: chunk.ord,
  content: chunk.content,
  heading_path: chunk.headingPath,
  page_start: chunk.pageStart,
  page_end: chunk.pageEnd,
  char_start: chunk.charStart,
  char_end: chunk.charEnd,
  content_hash: chunk.contentHash,
  token_count: chunk.tokenCount,
  lex_weights: chunk.weights,
});

export async function savePageDrafts(db: Client, rows: Insert<'doc_page_draft'>[]) {
  for (const slice of slices(rows, ROWS_PER_CALL, (row) => row.content.length)) {
    const { error } = await db.from('doc_page_draft').upsert(slice, { onConflict: 'doc_id,page' });
    if (error) fail(error);
  }
}

export type DraftPage = Pick<Row<'doc_page_draft'>, 'page' | 'label' | 'content'>;

/** Below the Data API's own limit of rows in one answer, which would cut a long document short without a word. */
const PAGES_PER_READ = 500;

export async function readPageDrafts(db: Client, documentId: string): Promise<DraftPage[]> {
  const pages: DraftPage[] = [];
  for (;;) {
    const { data, error } = await db
      .from('doc_page_draft')
      .select('page, label, content')
      .eq('doc_id', documentId)
      .gt('page', pages.at(-1)?.page ?? 0)
      .order('page')
      .limit(PAGES_PER_READ);
    if (error) fail(error);
    pages.push(...data);
    if (data.length < PAGES_PER_READ) return pages;
  }
}

export async function readPageDraft(db: Client, documentId: string, page: number): Promise<DraftPage | null> {
  const { data, error } = await db
    .from('doc_page_draft')
    .select('page, label, content')
    .eq('doc_id', documentId)
    .eq('page', page)
    .maybeSingle();
  if (error) fail(error);
  return data;
}

/** The pages that readers see by now. */
export async function readPublishedPages(db: Client, documentId: string): Promise<DraftPage[]> {
  const { data, error } = await db
    .from('doc_page')
    .select('page, label, content')
    .eq('doc_id', documentId)
    .order('page')
    .limit(PAGES_PER_READ);
  if (error) fail(error);
  return data;
}

/** Takes away the drafts from a page on. */
export async function dropPageDrafts(db: Client, documentId: string, from: number) {
  const { error } = await db.from('doc_page_draft').delete().eq('doc_id', documentId).gte('page', from);
  if (error) fail(error);
}

export async function saveChunkRows(db: Client, rows: Insert<'doc_chunk_draft'>[]) {
  for (const slice of slices(rows, ROWS_PER_CALL, (row) => row.content.length + row.lex_weights.length)) {
    const { error } = await db.from('doc_chunk_draft').upsert(slice, { onConflict: 'doc_id,ord' });
    if (error) fail(error);
  }
}

/** Replaces the chunk drafts. Run twice it leaves the same rows. */
export async function saveChunkDrafts(db: Client, documentId: string, rows: Insert<'doc_chunk_draft'>[]) {
  await saveChunkRows(db, rows);
  const { error } = await db
    .from('doc_chunk_draft')
    .delete()
    .eq('doc_id', documentId)
    .gte('ord', rows.length);
  if (error) fail(error);
}

export type DraftChunk = Pick<Row<'doc_chunk_draft'>, 'ord' | 'content' | 'heading_path' | 'token_count'>;

export async function readChunkDrafts(
  db: Client,
  documentId: string,
  { from, count }: { from: number; count: number },
): Promise<DraftChunk[]> {
  const { data, error } = await db
    .from('doc_chunk_draft')
    .select('ord, content, heading_path, token_count')
    .eq('doc_id', documentId)
    .gte('ord', from)
    .lt('ord', from + count)
    .order('ord');
  if (error) fail(error);
  return data;
}

export async function saveEmbeddingDrafts(db: Client, rows: Insert<'doc_embedding_draft'>[]) {
  for (const slice of slices(rows, ROWS_PER_CALL, (row) => row.embedding.length)) {
    const { error } = await db.from('doc_embedding_draft').upsert(slice, { onConflict: 'doc_id,ord' });
    if (error) fail(error);
  }
}
