import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { type DatabaseFailure, databaseError, storeError } from '../db/errors.ts';
import { IMPORTS } from '../db/queries/deck-transfer.ts';
import type { Database, Insert, Update } from '../db/types.gen.ts';
import type { Account } from '../domain/account.ts';
import { EXPORT_BUCKET } from '../domain/account-export.ts';
import {
  ATTACHMENT_BUCKET,
  DOCUMENT_BUCKET,
  type LocatorKind,
  type TextEncoding,
  textEncodingSchema,
  titleOfUrl,
} from '../domain/document.ts';
import { titleInText, titleOfFile } from '../domain/document-title.ts';
import type { Sayings } from '../domain/said.ts';
import { AppError } from '../errors.ts';
import { sentenceCase } from '../study/sentence-case.ts';

type Client = SupabaseClient<Database>;

/** One reading of one document. A document read again gets a new `run`, and only the newest may write. */
export type IngestionJob = {
  documentId: string;
  run: number;
  userId: string;
  filePath: string;
  fileName: string;
  mimeType: string;
  /** What its student chose to have it read as. */
  encoding: TextEncoding | null;
  /** The document is ready and stays so: what describes its chunks may change only with them. */
  isReread: boolean;
  /** The address it is read from, and whether its bytes are kept already. */
  sourceUrl: string | null;
  isFetched: boolean;
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

export function fail(failure: DatabaseFailure): never {
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
    sourceUrl: z.string().nullable(),
    isFetched: z.boolean(),
    isReread: z.boolean(),
    contentHash: z.string().nullable(),
    chunkCount: z.number().nullable(),
    encoding: textEncodingSchema.nullable(),
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
  const { isReread, contentHash, chunkCount, encoding } = begun;
  return {
    documentId,
    run,
    userId: begun.userId,
    filePath: begun.filePath,
    fileName: begun.fileName ?? begun.filePath,
    mimeType: begun.mimeType ?? 'application/octet-stream',
    encoding,
    isReread,
    sourceUrl: begun.sourceUrl,
    isFetched: begun.isFetched,
    index,
    stored: contentHash !== null && chunkCount !== null ? { contentHash, chunks: chunkCount } : null,
  };
}

/** What a fetched page is kept as. The title is the page's own where its address stands in for one. */
export async function saveFetched(
  db: Client,
  job: IngestionJob,
  file: { filePath: string; fileName: string; mimeType: string; title: string | null; bytes: Uint8Array },
) {
  await saveProgress(db, job, {
    file_path: file.filePath,
    file_name: file.fileName,
    mime_type: file.mimeType,
    size_bytes: file.bytes.length,
    fetched_at: new Date().toISOString(),
    refetch: false,
  });
  if (file.title !== null && job.sourceUrl !== null) {
    await nameDocument(db, job, file.title, [titleOfUrl(job.sourceUrl)]);
  }
}

async function nameDocument(db: Client, { documentId }: IngestionJob, title: string, insteadOf: string[]) {
  const { error } = await db.rpc('name_document', {
    p_document_id: documentId,
    p_title: title,
    p_instead_of: insteadOf,
  });
  if (error) fail(error);
}

/** Names a document as its first heading does, as long as nobody called it otherwise than its file. */
export async function nameByItself(db: Client, job: IngestionJob, firstPage: string) {
  const title = titleInText(firstPage);
  if (title === null || job.isReread || job.sourceUrl !== null) return;
  const bare = job.fileName.replace(/\.[^.]+$/, '').trim();
  await nameDocument(db, job, sentenceCase(title), [titleOfFile(job.fileName), bare, job.fileName]);
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
  const query = db
    .from('doc_source')
    .select('id')
    .eq('user_id', job.userId)
    .eq('content_hash', contentHash)
    .eq('embedding_model', job.index.embeddingModel)
    .eq('index_version', job.index.version)
    .eq('status', 'ready')
    .neq('id', job.documentId)
    .limit(1);
  const { data, error } = await (job.encoding
    ? query.eq('encoding', job.encoding)
    : query.is('encoding', null));
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

/** What a reading found out about the whole file; a reading of vectors alone found out nothing new. */
export type PublishedFacts = {
  contentHash: string;
  locator?: LocatorKind | undefined;
  isEnglish?: boolean | undefined;
  account?: Account | undefined;
};

/** The one moment the reader sees a difference: everything that was read takes the place of what was there. */
export async function publishDocument(
  db: Client,
  job: IngestionJob,
  { contentHash, locator, isEnglish, account }: PublishedFacts,
): Promise<DocumentCounts> {
  const { data, error } = await db.rpc('publish_document', {
    p_doc_id: job.documentId,
    p_content_hash: contentHash,
    p_run: job.run,
    p_index_version: job.index.version,
    p_embedding_model: job.index.embeddingModel,
    ...(locator === undefined ? {} : { p_locator: locator }),
    ...(isEnglish === undefined ? {} : { p_is_english: isEnglish }),
    ...(account === undefined ? {} : { p_account: account }),
  });
  if (error?.code === 'PT422') throw new AppError('file_no_text', { cause: error });
  if (error) fail(error);
  return countsSchema.parse(data);
}

/** What a student should know of a document that can be searched all the same. */
export async function noteOnDocument(db: Client, job: IngestionJob, note: AppError): Promise<void> {
  const { error } = await db
    .from('doc_source')
    .update({ error_code: note.code, error_message: note.message })
    .eq('id', job.documentId)
    .eq('ingest_run', job.run);
  if (error) fail(error);
}

/** False when the reading was already over or replaced. */
export async function failIngestion(
  db: Client,
  params: { documentId: string; run: number; code: string; message: string; said: Sayings },
): Promise<boolean> {
  const { data, error } = await db.rpc('fail_ingestion', {
    p_doc_id: params.documentId,
    p_run: params.run,
    p_code: params.code,
    p_message: params.message,
    p_said: params.said,
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

export async function recordCost(db: Client, row: Insert<'agent_telemetry'>): Promise<void> {
  const { error } = await db.from('agent_telemetry').insert(row);
  if (error) fail(error);
}

/** Counts a use in the student's day; false when it is more than the day holds. */
export async function countUse(
  db: Client,
  { userId, kind, used, perDay }: { userId: string; kind: string; used: number; perDay: number },
): Promise<boolean> {
  const { data, error } = await db.rpc('count_use', {
    p_user_id: userId,
    p_kind: kind,
    p_used: used,
    p_per_day: perDay,
  });
  if (error) fail(error);
  return data;
}

/** Removes files that no document names, and collections that were never read, a batch of each at a time; says how many. */
export async function removeOrphanedFiles(
  db: Client,
  { olderThanHours, attachmentHours = olderThanHours }: { olderThanHours: number; attachmentHours?: number },
): Promise<number> {
  let count = 0;
  for (const bucket of [DOCUMENT_BUCKET, ATTACHMENT_BUCKET, IMPORTS, EXPORT_BUCKET]) {
    const { data: paths, error } = await db.rpc('orphaned_files', {
      p_older_than_hours: bucket === ATTACHMENT_BUCKET ? attachmentHours : olderThanHours,
      p_bucket: bucket,
    });
    if (error) throw databaseError(error);
    if (paths.length === 0) continue;
    const removed = await db.storage.from(bucket).remove(paths);
    if (removed.error) throw storeError(removed.error);
    count += paths.length;
  }
  return count;
}
