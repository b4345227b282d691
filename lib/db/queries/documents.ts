import { z } from 'zod';
import { type Batch, bucketOf, type Filed, filedSchema } from '../../domain/document.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError, storeError } from '../errors.ts';

type Change = Extract<Batch, { do: 'change' | 'restore' }>;

/** Changes many documents in one transaction; gives what they were before. */
export async function changeDocuments(db: DatabaseClient, batch: Change): Promise<Filed[]> {
  const { do: _, ...change } = batch;
  const ids = batch.do === 'restore' ? batch.documents.map(({ id }) => id) : batch.ids;
  const { data, error } = await db.rpc('change_documents', { p_ids: ids, p_change: change });
  if (error) throw databaseError(error);
  return z.array(filedSchema).parse(data);
}

/** Removes the files, then the rows, each together, and what they replaced with them; gives what was there. */
export async function deleteDocuments(db: DatabaseClient, named: string[]): Promise<string[]> {
  const replaced = await db.from('doc_source').select('id').in('replaced_by', named);
  if (replaced.error) throw databaseError(replaced.error);
  const ids = [...new Set([...named, ...replaced.data.map(({ id }) => id)])];
  const [documents, images] = await Promise.all([
    db.from('doc_source').select('file_path').in('id', ids),
    db.from('note_image').select('file_path').in('doc_id', ids),
  ]);
  if (documents.error) throw databaseError(documents.error);
  if (images.error) throw databaseError(images.error);
  const paths = [...documents.data, ...images.data].flatMap(({ file_path }) => file_path ?? []);
  for (const [bucket, own = []] of Object.entries(Object.groupBy(paths, bucketOf))) {
    const removed = await db.storage.from(bucket).remove(own);
    if (removed.error) throw storeError(removed.error);
  }
  const deleted = await db.from('doc_source').delete().in('id', ids).select('id');
  if (deleted.error) throw databaseError(deleted.error);
  return deleted.data.map(({ id }) => id);
}

/** Has many documents read anew, one after the other; says how many. */
export async function rereadDocuments(db: DatabaseClient, ids: string[]): Promise<number> {
  const { data, error } = await db.rpc('reread_many', { p_ids: ids });
  if (error) throw databaseError(error);
  return data;
}
