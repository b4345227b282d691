import { z } from 'zod';
import { type ErasureReceipt, erasureReceiptSchema } from '../../domain/erasure.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError, storeError } from '../errors.ts';

/** Signs the caller out everywhere and has all they have removed; gives where the receipt will be. */
export async function requestErasure(db: DatabaseClient): Promise<string> {
  const { data, error } = await db.rpc('request_erasure');
  if (error) throw databaseError(error, { PT403: 'sign_in_again' });
  return data;
}

/** For whoever holds its id. */
export async function readErasure(db: DatabaseClient, params: { id: string }): Promise<ErasureReceipt> {
  const { data, error } = await db.rpc('erasure_receipt', { p_id: params.id });
  if (error) throw databaseError(error);
  if (data === null) throw new AppError('not_found');
  return erasureReceiptSchema.parse(data);
}

const traces = z.object({
  userId: z.string(),
  texts: z.array(
    z.object({
      id: z.int(),
      content: z.string(),
      headingPath: z.array(z.string()),
      model: z.string().nullable(),
    }),
  ),
  answers: z.array(z.string()),
  readings: z.array(z.string()),
});
export type ErasureTraces = z.infer<typeof traces>;

/** For the queue alone: what caches and queue may hold of the account; null when it is erased. */
export async function erasureTraces(
  db: DatabaseClient,
  params: { id: string; after: number },
): Promise<ErasureTraces | null> {
  const { data, error } = await db.rpc('erasure_traces', { p_id: params.id, p_after: params.after });
  if (error) throw databaseError(error);
  return traces.nullable().parse(data);
}

/** For the queue alone: removes the next rows; whether there are more. */
export async function eraseRows(db: DatabaseClient, params: { id: string }): Promise<boolean> {
  const { data, error } = await db.rpc('erase_rows', { p_id: params.id });
  if (error) throw databaseError(error);
  return data;
}

/** For the queue alone: removes every file of the account, in all buckets. */
export async function eraseFiles(db: DatabaseClient, params: { id: string }): Promise<void> {
  for (let removed = 0; ; ) {
    const { data: files, error } = await db.rpc('erasure_files', { p_id: params.id, p_removed: removed });
    if (error) throw databaseError(error);
    if (files.length === 0) return;
    removed = 0;
    for (const [bucket, inBucket] of Map.groupBy(files, (file) => file.bucket)) {
      const gone = await db.storage.from(bucket).remove(inBucket.map(({ name }) => name));
      if (gone.error) throw storeError(gone.error);
      if (gone.data.length === 0) throw new AppError('storage_unavailable');
      removed += gone.data.length;
    }
  }
}

/** For the queue alone: from now on it names nobody. */
export async function finishErasure(db: DatabaseClient, params: { id: string }): Promise<void> {
  const { error } = await db.rpc('finish_erasure', { p_id: params.id });
  if (error) throw databaseError(error);
}

/** For the queue alone: what was asked for a while ago and is not done. */
export async function openErasures(db: DatabaseClient): Promise<string[]> {
  const { data, error } = await db.rpc('open_erasures');
  if (error) throw databaseError(error);
  return data;
}
