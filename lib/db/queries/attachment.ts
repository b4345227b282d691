import { z } from 'zod';
import { accountOf } from '../../domain/account.ts';
import type { Attachment } from '../../domain/attachment.ts';
import { ATTACHMENT_BUCKET } from '../../domain/document.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError, storeError } from '../errors.ts';
import { deleteDocument, requestIngestion, roomError, type UploadTarget } from './document.ts';

const COLUMNS =
  'id, threadId:thread_id, documentId:doc_id, fileName:file_name, filePath:file_path, mimeType:mime_type, sizeBytes:size_bytes, readyAt:ready_at, document:doc_source(status, progress, sourceType:source_type, errorCode:error_code, errorMessage:error_message, account)';

async function find(db: DatabaseClient, id: string) {
  const { data, error } = await db.from('attachment').select(COLUMNS).eq('id', id).maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return data;
}

export async function getAttachment(db: DatabaseClient, id: string): Promise<Attachment> {
  const { filePath: _path, readyAt, document, ...fields } = await find(db, id);
  if (!document) {
    return { ...fields, status: readyAt ? 'ready' : 'pending', progress: readyAt ? 100 : 0, error: null };
  }
  const { status, progress, errorCode: code, errorMessage, account } = document;
  return {
    ...fields,
    status,
    progress,
    error: code === null ? null : { code, message: errorMessage ?? code, said: accountOf(account).said },
  };
}

const addedSchema = z.object({ attachmentId: z.string(), path: z.string() });

/** Makes room for a file of a conversation and says where to put it. */
export async function addAttachment(
  db: DatabaseClient,
  file: {
    fileName: string;
    mimeType: string;
    sizeBytes: number;
    extension: string;
    isRead: boolean;
    maxUnfinished: number;
    threadId: string | null;
  },
): Promise<{ attachmentId: string; upload: UploadTarget }> {
  const { data, error } = await db.rpc('add_attachment', {
    p_file_name: file.fileName,
    p_mime_type: file.mimeType,
    p_size_bytes: file.sizeBytes,
    p_extension: file.extension,
    p_is_read: file.isRead,
    p_max_unfinished: file.maxUnfinished,
    p_thread_id: file.threadId,
  });
  if (error) throw roomError(error);
  const { attachmentId, path } = addedSchema.parse(data);
  const target = await db.storage.from(ATTACHMENT_BUCKET).createSignedUploadUrl(path);
  if (target.error) {
    await removeRows(db, attachmentId, file.isRead);
    throw storeError(target.error);
  }
  const { token, signedUrl } = target.data;
  return { attachmentId, upload: { bucket: ATTACHMENT_BUCKET, path, token, signedUrl } };
}

async function removeRows(db: DatabaseClient, id: string, hasDocument: boolean): Promise<void> {
  const { error } = await db.from('attachment').delete().eq('id', id);
  if (error) throw databaseError(error);
  if (!hasDocument) return;
  const removed = await db.from('doc_source').delete().eq('id', id);
  if (removed.error) throw databaseError(removed.error);
}

/** The file has arrived. Gives the reading to start, where there is something to read. */
export async function arriveAttachment(
  db: DatabaseClient,
  id: string,
): Promise<{ documentId: string; run: number } | null> {
  const { documentId, filePath, readyAt } = await find(db, id);
  if (documentId !== null) {
    const { status, run } = await requestIngestion(db, documentId, { again: false });
    return status === 'pending' ? { documentId, run } : null;
  }
  if (readyAt !== null) return null;
  const there = await db.storage.from(ATTACHMENT_BUCKET).createSignedUrl(filePath, 60);
  if (there.error) throw new AppError('file_missing', { cause: there.error });
  const { error } = await db.from('attachment').update({ ready_at: new Date().toISOString() }).eq('id', id);
  if (error) throw databaseError(error);
  return null;
}

/** Takes an attachment away, with its file; what the library keeps by now stays. Gives the document that is gone. */
export async function deleteAttachment(db: DatabaseClient, id: string): Promise<string | null> {
  const { documentId, document, filePath } = await find(db, id);
  const isKept = document !== null && document.sourceType !== 'attachment';
  if (documentId !== null && !isKept) await deleteDocument(db, documentId);
  else if (!isKept) {
    const removed = await db.storage.from(ATTACHMENT_BUCKET).remove([filePath]);
    if (removed.error) throw storeError(removed.error);
  }
  await removeRows(db, id, false);
  return isKept ? null : documentId;
}

/** Moves what an attachment says into the library. Asked again it changes nothing. */
export async function keepAttachment(db: DatabaseClient, id: string): Promise<{ documentId: string }> {
  const { documentId } = await find(db, id);
  if (documentId === null) {
    throw new AppError('file_unsupported', { message: 'A picture has no text that the library could keep.' });
  }
  const { error } = await db
    .from('doc_source')
    .update({ source_type: 'upload', thread_id: null })
    .eq('id', documentId)
    .eq('source_type', 'attachment');
  if (error) throw databaseError(error);
  return { documentId };
}
