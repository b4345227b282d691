import type { QueryData } from '@supabase/supabase-js';
import { z } from 'zod';
import { accountOf } from '../../domain/account.ts';
import { MAX_RECORDING_MINUTES } from '../../domain/bounds.ts';
import {
  bucketOf,
  type ChosenEncoding,
  DOCUMENT_BUCKET,
  DOCUMENT_STATUSES,
  type DocumentStatus,
  type listSchema,
  type NewDocument,
  type newLinkSchema,
  titleOfUrl,
} from '../../domain/document.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { type DatabaseFailure, databaseError, storeError } from '../errors.ts';
import { deleteDocuments } from './documents.ts';

/** Long enough to open a file on a slow phone, short enough that a link passed on is soon worth nothing. */
const FILE_LINK_SECONDS = 120;
/** What one answer holds of the library: some 300 kB. */
export const LIST_LIMIT = 500;
const PAGES_AT_ONCE = 1_000;

const COLUMNS =
  'id, title, sourceType:source_type, tags, fileName:file_name, mimeType:mime_type, sizeBytes:size_bytes, course, status, stage, progress, pagesRead:pages_read, pageCount:page_count, chunkCount:chunk_count, locator, account, sourceUrl:source_url, fetchedAt:fetched_at, encoding, errorCode:error_code, errorMessage:error_message, earlierId:earlier_id, replacedBy:replaced_by, createdAt:created_at, updatedAt:updated_at';
const selected = (db: DatabaseClient) => db.from('doc_source').select(COLUMNS);
type Found = QueryData<ReturnType<typeof selected>>[number];

/** A document as the API shows it. */
export type DocumentView = ReturnType<typeof toView>;

const toView = ({ errorCode, errorMessage, account, ...fields }: Found) => ({
  ...fields,
  account: accountOf(account),
  error:
    errorCode === null
      ? null
      : { code: errorCode, message: errorMessage ?? errorCode, said: accountOf(account).said },
});

/** Where a list goes on. */
export const cursorOf = ({ createdAt, id }: Pick<DocumentView, 'createdAt' | 'id'>) => `${createdAt}_${id}`;
const cursorSchema = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

/** The student's documents, newest first: as many as one answer holds, after another one, or changed since. */
export async function listDocuments(
  db: DatabaseClient,
  { after, since }: z.output<typeof listSchema> = {},
): Promise<DocumentView[]> {
  let query = selected(db)
    .neq('source_type', 'attachment')
    .order('created_at', { ascending: false })
    .order('id')
    .limit(LIST_LIMIT);
  if (after !== undefined) {
    const cursor = cursorSchema.safeParse(after.split('_'));
    if (!cursor.success) throw new AppError('invalid_request', { message: 'This is no place in the list.' });
    const [at, id] = cursor.data;
    query = query.or(`created_at.lt.${at},and(created_at.eq.${at},id.gt.${id})`);
  }
  // What was replaced meanwhile is among what changed; the list itself leaves it out.
  query = since === undefined ? query.is('replaced_by', null) : query.gte('updated_at', since);
  const { data, error } = await query;
  if (error) throw databaseError(error);
  return data.map(toView);
}

export async function getDocument(db: DatabaseClient, id: string): Promise<DocumentView> {
  const { data, error } = await selected(db).eq('id', id).maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return toView(data);
}

/** Too many files at a time are a matter of minutes, a day that is full is one of the day. */
export const roomError = (failure: DatabaseFailure) =>
  databaseError(failure, failure.message.startsWith('too many') ? { PT429: 'too_many_files' } : {});

type AddedFile = Omit<NewDocument, 'sourceType'> & {
  sourceType: NewDocument['sourceType'] | 'url';
  sourceUrl?: string;
  extension: string;
  maxUnfinished: number;
};

const addedSchema = z.union([
  z.object({ documentId: z.string(), alreadyInLibrary: z.literal(true) }),
  z.object({ documentId: z.string(), alreadyInLibrary: z.literal(false), path: z.string() }),
]);

export type UploadTarget = { bucket: string; path: string; token: string; signedUrl: string };
export type AddedDocument =
  | { documentId: string; alreadyInLibrary: true; upload: null }
  | { documentId: string; alreadyInLibrary: false; upload: UploadTarget };

async function makeRoom(db: DatabaseClient, document: AddedFile) {
  const { data, error } = await db.rpc('add_document', {
    p_title: document.title,
    p_file_name: document.fileName,
    p_mime_type: document.mimeType,
    p_size_bytes: document.sizeBytes,
    p_extension: document.extension,
    p_course: document.course ?? null,
    p_content_hash: document.contentHash ?? null,
    p_max_unfinished: document.maxUnfinished,
    p_source_type: document.sourceType,
    ...(document.sourceUrl === undefined ? {} : { p_source_url: document.sourceUrl }),
  });
  if (error) throw roomError(error);
  return addedSchema.parse(data);
}

/** A page counts as this much of the day until it is fetched and its size is known. */
const PAGE_BYTES = 1_048_576;

/** Makes room for a page of the web, which the reading itself fetches; one that is in the library is looked at again. */
export async function addLink(
  db: DatabaseClient,
  { url, title, course, maxUnfinished }: z.output<typeof newLinkSchema> & { maxUnfinished: number },
): Promise<string> {
  const { documentId } = await makeRoom(db, {
    title: title ?? titleOfUrl(url),
    course: course ?? null,
    fileName: 'page.html',
    mimeType: 'text/html',
    extension: 'html',
    sizeBytes: PAGE_BYTES,
    sourceType: 'url',
    sourceUrl: url,
    maxUnfinished,
  });
  return documentId;
}

/** Makes room for a file and says where to put it; a file that is in the library already is not taken twice. */
export async function addDocument(db: DatabaseClient, document: AddedFile): Promise<AddedDocument> {
  const added = await makeRoom(db, document);
  if (added.alreadyInLibrary) return { ...added, upload: null };

  const { documentId, path } = added;
  const target = await db.storage.from(DOCUMENT_BUCKET).createSignedUploadUrl(path);
  if (target.error) {
    // Without a place for its file the row would only be in the way of the next attempt.
    await db.from('doc_source').delete().eq('id', documentId);
    throw storeError(target.error);
  }
  const { token, signedUrl } = target.data;
  return { documentId, alreadyInLibrary: false, upload: { bucket: DOCUMENT_BUCKET, path, token, signedUrl } };
}

export async function changeDocument(
  db: DatabaseClient,
  id: string,
  change: { title?: string; course?: string | null; tags?: string[] },
): Promise<DocumentView> {
  const { data, error } = await db
    .from('doc_source')
    .update(change)
    .eq('id', id)
    .select(COLUMNS)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return toView(data);
}

const requestedSchema = z.object({
  status: z.enum(DOCUMENT_STATUSES),
  fileMissing: z.boolean(),
  run: z.number(),
});

/** Marks the document as waiting to be read. Asked again while it waits or is read, it changes nothing. */
export async function requestIngestion(
  db: DatabaseClient,
  id: string,
  { again, encoding }: { again: boolean; encoding?: ChosenEncoding | undefined },
): Promise<{ status: DocumentStatus; run: number }> {
  const { data, error } = await db.rpc('request_ingestion', {
    p_doc_id: id,
    p_again: again,
    ...(encoding && { p_encoding: encoding }),
  });
  if (error) throw roomError(error);
  const { fileMissing, status, run } = requestedSchema.parse(data);
  if (fileMissing) throw new AppError('file_missing');
  return { status, run };
}

async function fileOf(db: DatabaseClient, id: string) {
  const { data, error } = await db
    .from('doc_source')
    .select('path:file_path, locator')
    .eq('id', id)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return data;
}

/**
 * Removes the file, then the row and with it pages, chunks and what answers quoted. In this order a failure in between
 * can be repeated; the other way round it would leave a file that nothing points to.
 */
export async function deleteDocument(db: DatabaseClient, id: string): Promise<void> {
  if ((await deleteDocuments(db, [id])).length === 0) throw new AppError('not_found');
}

/** A player asks for the rest of a recording whenever it comes to it. */
const PLAY_LINK_SECONDS = MAX_RECORDING_MINUTES * 60 * 2;

/** A link to the original file that works for two minutes, and one to a recording for as long as it is listened to. */
export async function createFileLink(db: DatabaseClient, id: string): Promise<string> {
  const { path, locator } = await fileOf(db, id);
  if (!path) throw new AppError('not_found');
  const seconds = locator === 'time' ? PLAY_LINK_SECONDS : FILE_LINK_SECONDS;
  const { data, error } = await db.storage.from(bucketOf(path)).createSignedUrl(path, seconds);
  if (error) {
    const isGone = /not.?found/i.test(error.message);
    throw isGone ? new AppError('file_missing', { cause: error }) : storeError(error);
  }
  return data.signedUrl;
}

/** One page of the reading view. */
/** What was read of a document, page by page, as far as one answer holds. */
export async function readPages(
  db: DatabaseClient,
  id: string,
): Promise<{ page: number; content: string }[]> {
  const { data, error } = await db
    .from('doc_page')
    .select('page, content')
    .eq('doc_id', id)
    .order('page')
    .limit(PAGES_AT_ONCE);
  if (error) throw databaseError(error);
  return data;
}

export async function getDocumentPage(db: DatabaseClient, id: string, page: number) {
  const { data, error } = await db
    .from('doc_source')
    .select(
      'documentId:id, title, fileName:file_name, pageCount:page_count, locator, doc_page!inner(page, label, content, charStart:char_start, charEnd:char_end)',
    )
    .eq('id', id)
    .eq('doc_page.page', page)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  const {
    doc_page: [found],
    ...document
  } = data;
  if (!found) throw new AppError('not_found');
  return { ...document, ...found };
}
