import type { SupabaseClient } from '@supabase/supabase-js';
import { databaseError } from '../db/errors.ts';
import type { Database } from '../db/types.gen.ts';
import { AppError } from '../errors.ts';

const BUCKET = 'documents';

/** Removes files that no document names, a batch at a time, and says how many there were. */
export async function removeOrphanedFiles(
  db: SupabaseClient<Database>,
  { olderThanHours }: { olderThanHours: number },
): Promise<number> {
  const { data: paths, error } = await db.rpc('orphaned_files', { p_older_than_hours: olderThanHours });
  if (error) throw databaseError(error);
  if (paths.length === 0) return 0;
  const removed = await db.storage.from(BUCKET).remove(paths);
  if (removed.error) throw new AppError('storage_unavailable', { cause: removed.error });
  return paths.length;
}
