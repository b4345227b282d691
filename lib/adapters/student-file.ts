import type { DatabaseClient } from '../db/clients.ts';
import { databaseError } from '../db/errors.ts';
import { bucketOf } from '../domain/document.ts';
import { AppError } from '../errors.ts';

export type StudentFile = { bytes: Uint8Array; fileName: string; mimeType: string };

/** A file of the student's library, or one that was given in a conversation; of nobody else's. */
export async function studentFile(db: DatabaseClient, id: string): Promise<StudentFile> {
  const columns = 'fileName:file_name, filePath:file_path, mimeType:mime_type';
  const [kept, given] = await Promise.all([
    db.from('doc_source').select(columns).eq('id', id).maybeSingle(),
    db.from('attachment').select(columns).eq('id', id).maybeSingle(),
  ]);
  const failure = kept.error ?? given.error;
  if (failure) throw databaseError(failure);
  const { filePath, fileName, mimeType } = kept.data ?? given.data ?? {};
  if (!filePath) throw new AppError('not_found');
  const { data, error } = await db.storage.from(bucketOf(filePath)).download(filePath);
  if (error) throw new AppError('file_missing', { cause: error });
  return {
    bytes: new Uint8Array(await data.arrayBuffer()),
    fileName: fileName ?? filePath,
    mimeType: mimeType ?? 'application/octet-stream',
  };
}
