import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

export type Thread = { id: string; title: string | null; createdAt: string; updatedAt: string };

const COLUMNS = 'id, title, createdAt:created_at, updatedAt:updated_at';

/** The student's conversations, the one used last first. */
export async function listThreads(db: DatabaseClient, params: { limit?: number } = {}): Promise<Thread[]> {
  const { data, error } = await db
    .from('thread')
    .select(COLUMNS)
    .order('updated_at', { ascending: false })
    .limit(params.limit ?? 50);
  if (error) throw databaseError(error);
  return data;
}

/** Null when there is none, or it is another student's. */
export async function getThread(db: DatabaseClient, params: { threadId: string }): Promise<Thread | null> {
  const { data, error } = await db.from('thread').select(COLUMNS).eq('id', params.threadId).maybeSingle();
  if (error) throw databaseError(error);
  return data;
}

export async function renameThread(
  db: DatabaseClient,
  params: { threadId: string; title: string },
): Promise<Thread | null> {
  const { data, error } = await db
    .from('thread')
    .update({ title: params.title })
    .eq('id', params.threadId)
    .select(COLUMNS)
    .maybeSingle();
  if (error) throw databaseError(error);
  return data;
}

/** Removes a thread with its messages; false when there was none of the student's. */
export async function deleteThread(db: DatabaseClient, params: { threadId: string }): Promise<boolean> {
  const { data, error } = await db.from('thread').delete().eq('id', params.threadId).select('id');
  if (error) throw databaseError(error);
  return data.length > 0;
}
