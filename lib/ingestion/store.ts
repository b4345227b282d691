import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { type DatabaseFailure, databaseError } from '../db/errors.ts';
import type { Database, Insert, Row, Update } from '../db/types.gen.ts';
import type { LocatorKind } from '../domain/document.ts';
import { AppError } from '../errors.ts';

type Client = SupabaseClient<Database>;

/** One reading of one document. A document read again gets a new `run`, and only the newest may write. */
export type IngestionJob = {
  documentId: string;
  run: number;
  userId: string;
  filePath: string;
  fileName: string;
  mimeType: string;
  /** The document is ready and stays so: what describes its chunks may change only with them. */
  isReread: boolean;
  /** What the chunks of this reading will have been made by, as it stood when the reading began. */
  index: IndexKind;
  /** The drafts that were there already, when only the vectors have to be made anew. */
  stored: { contentHash: string; chunks: number } | null;
};

export type IndexKind = { version: number; embeddingModel: string };

/** The document was deleted, or a newer reading has taken over: there is nothing left to do, and nothing is wrong. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';
}

const FOREIGN_KEY_VIOLATION = '23503';

function fail(failure: DatabaseFailure): never {
  // A draft without its document: it was deleted while it was being read.
  if (failure.code === FOREIGN_KEY_VIOLATION || failure.code === 'PT404' || failure.code === 'PT409') {
    throw new SupersededError('The document is gone or being read anew.', { cause: failure });
  }
  throw databaseError(failure);
}

const begunSchema = z
  .object({
    userId: z.string(),
    filePath: z.string().nullable(),
    fileName: z.string().nullable(),
    mimeType: z.string().nullable(),
    isReread: z.boolean(),
    contentHash: z.string().nullable(),
    chunkCount: z.number().nullable(),
  })
  .nullable();

/** Marks the document as being read, with empty drafts. Null when this reading is no longer wanted. */
export async function beginIngestion(
  db: Client,
  { documentId, run }: { documentId: string; run: number },
  index: IndexKind,
): Promise<IngestionJob | null> {
  const { data, error } = await db.rpc('begin_ingestion', {
    p_doc_id: documentId,
    p_run: run,
    p_index_version: index.version,
  });
  if (error) fail(error);
  const begun = begunSchema.parse(data);
  if (!begun) return null;
  if (!begun.filePath) throw new AppError('file_missing');
  const { isReread, contentHash, chunkCount } = begun;
  return {
    documentId,
    run,
    userId: begun.userId,
    filePath: begun.filePath,
    fileName: begun.fileName ?? begun.filePath,
    mimeType: begun.mimeType ?? 'application/octet-stream',
    isReread,
    index,
    stored: contentHash !== null && chunkCount !== null ? { contentHash, chunks: chunkCount } : null,
  };
}

/** Tells the student how far it is, and finds out whether the reading is still wanted: only then it has a stage. */
export async function saveProgress(db: Client, job: IngestionJob, change: Update<'doc_source'>) {
  const { data, error } = await db
    .from('doc_source')
    .update(change)
    .eq('id', job.documentId)
    .eq('ingest_run', job.run)
    .not('stage', 'is', null)
    .select('id');
  if (error) fail(error);
  if (data.length === 0) throw new SupersededError('The document is gone or being read anew.');
}

/** Batches end in any order; the bar only ever moves forward. */
export async function raiseProgress(db: Client, job: IngestionJob, progress: number) {
  const { error } = await db
    .from('doc_source')
    .update({ progress })
    .eq('id', job.documentId)
    .eq('ingest_run', job.run)
    .not('stage', 'is', null)
    .lt('progress', progress);
  if (error) fail(error);
}

/** A document of the same student with the same content that is ready to be copied. */
export async function findSameContent(
  db: Client,
  job: IngestionJob,
  contentHash: string,
): Promise<string | null> {
  const { data, error } = await db
    .from('doc_source')
    .select('id')
    .eq('user_id', job.userId)
    .eq('content_hash', contentHash)
    .eq('embedding_model', job.index.embeddingModel)
    .eq('index_version', job.index.version)
    .eq('status', 'ready')
    .neq('id', job.documentId)
    .limit(1);
  if (error) fail(error);
  return data[0]?.id ?? null;
}

const countsSchema = z.object({ pageCount: z.number(), chunkCount: z.number() });
export type DocumentCounts = z.infer<typeof countsSchema>;

/** Null when the document to copy from is no longer there. */
export async function copyDocument(db: Client, from: string, to: string): Promise<DocumentCounts | null> {
  const { data, error } = await db.rpc('copy_document', { p_from: from, p_to: to });
  if (error?.code === 'PT404' || error?.code === 'PT409') return null;
  if (error) fail(error);
  return countsSchema.parse(data);
}

/** Rows go out in pieces: a call in the middle of a book should neither be refused for its size nor time out. */
const ROWS_PER_CALL = 200;
const CHARACTERS_PER_CALL = 2_000_000;

function* slices<T>(rows: readonly T[], sizeOf: (row: T) => number): Generator<T[]> {
  let slice: T[] = [];
  let size = 0;
  for (const row of rows) {
    if (slice.length > 0 && (slice.length === ROWS_PER_CALL || size + sizeOf(row) > CHARACTERS_PER_CALL)) {
      yield slice;
      slice = [];
      size = 0;
    }
    slice.push(row);
    size += sizeOf(row);
  }
  if (slice.length > 0) yield slice;
}

export async function savePageDrafts(db: Client, rows: Insert<'doc_page_draft'>[]) {
  for (const slice of slices(rows, (row) => row.content.length)) {
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

/** Replaces the chunk drafts. Run twice it leaves the same rows. */
export async function saveChunkDrafts(db: Client, documentId: string, rows: Insert<'doc_chunk_draft'>[]) {
  for (const slice of slices(rows, (row) => row.content.length + row.lex_weights.length)) {
    const { error } = await db.from('doc_chunk_draft').upsert(slice, { onConflict: 'doc_id,ord' });
    if (error) fail(error);
  }
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
  for (const slice of slices(rows, (row) => row.embedding.length)) {
    const { error } = await db.from('doc_embedding_draft').upsert(slice, { onConflict: 'doc_id,ord' });
    if (error) fail(error);
  }
}

/** What a reading found out about the whole file; a reading of vectors alone found out nothing new. */
export type PublishedFacts = {
  contentHash: string;
  locator?: LocatorKind | undefined;
  isEnglish?: boolean | undefined;
};

/** The one moment the reader sees a difference: everything that was read takes the place of what was there. */
export async function publishDocument(
  db: Client,
  job: IngestionJob,
  { contentHash, locator, isEnglish }: PublishedFacts,
): Promise<DocumentCounts> {
  const { data, error } = await db.rpc('publish_document', {
    p_doc_id: job.documentId,
    p_content_hash: contentHash,
    p_run: job.run,
    p_index_version: job.index.version,
    p_embedding_model: job.index.embeddingModel,
    ...(locator === undefined ? {} : { p_locator: locator }),
    ...(isEnglish === undefined ? {} : { p_is_english: isEnglish }),
  });
  if (error?.code === 'PT422') throw new AppError('file_no_text', { cause: error });
  if (error) fail(error);
  return countsSchema.parse(data);
}

/** False when the reading was already over or replaced. */
export async function failIngestion(
  db: Client,
  params: { documentId: string; run: number; code: string; message: string },
): Promise<boolean> {
  const { data, error } = await db.rpc('fail_ingestion', {
    p_doc_id: params.documentId,
    p_run: params.run,
    p_code: params.code,
    p_message: params.message,
  });
  if (error) throw databaseError(error);
  return data;
}

export type ReadingToStart = { documentId: string; userId: string; run: number };

type ReadingRow = { document_id: string; user_id: string; run: number };
const toReading = (row: ReadingRow): ReadingToStart => ({
  documentId: row.document_id,
  userId: row.user_id,
  run: row.run,
});

export async function reconcileDocuments(
  db: Client,
  params: { stalledMinutes: number; missingMinutes: number; missingMessage: string; stalledMessage: string },
): Promise<ReadingToStart[]> {
  const { data, error } = await db.rpc('reconcile_documents', {
    p_stalled_minutes: params.stalledMinutes,
    p_missing_minutes: params.missingMinutes,
    p_missing_message: params.missingMessage,
    p_stalled_message: params.stalledMessage,
  });
  if (error) throw databaseError(error);
  return data.map(toReading);
}

/** Chooses documents that an older index or another embedding model made, and returns what to read anew now. */
export async function rereadDocuments(
  db: Client,
  { index, perStudent, atOnce }: { index: IndexKind; perStudent: number; atOnce: number },
): Promise<ReadingToStart[]> {
  const { data, error } = await db.rpc('reread_documents', {
    p_index_version: index.version,
    p_embedding_model: index.embeddingModel,
    p_per_student: perStudent,
    p_at_once: atOnce,
  });
  if (error) throw databaseError(error);
  return data.map(toReading);
}

export async function recordEmbeddingCost(
  db: Client,
  row: Omit<Insert<'agent_telemetry'>, 'event_type'>,
): Promise<void> {
  const { error } = await db.from('agent_telemetry').insert({ ...row, event_type: 'embedding' });
  if (error) fail(error);
}
