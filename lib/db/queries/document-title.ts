import type { SupabaseClient } from '@supabase/supabase-js';
import { databaseError } from '../errors.ts';
import type { Database } from '../types.gen.ts';

type Within = { signal: AbortSignal; threadId?: string | null | undefined };

/** What is found in a conversation: the library, and what was attached to it. */
const documentsWithin = (db: SupabaseClient<Database>, threadId: string | null | undefined) =>
  db.rpc('documents_within', threadId ? { p_thread_id: threadId } : {});

/** The documents that can be asked about. */
export async function readyDocuments(
  db: SupabaseClient<Database>,
  params: Within,
): Promise<{ id: string; title: string; course: string | null }[]> {
  const { data, error } = await documentsWithin(db, params.threadId)
    .select('id, title, course')
    .or('status.eq.ready,chunk_count.gt.0')
    .abortSignal(params.signal);
  if (error) throw databaseError(error);
  return data;
}

/** The ready documents whose title contains one of the given texts, whatever its case. */
export async function findDocumentIdsByTitle(
  db: SupabaseClient<Database>,
  params: Within & { titles: string[] },
): Promise<string[]> {
  const { data, error } = await documentsWithin(db, params.threadId)
    .select('id, title')
    .eq('status', 'ready')
    .abortSignal(params.signal);
  if (error) throw databaseError(error);
  const wanted = params.titles.map((title) => title.toLowerCase().trim()).filter(Boolean);
  return data
    .filter(({ title }) => wanted.some((part) => title.toLowerCase().includes(part)))
    .map(({ id }) => id);
}
