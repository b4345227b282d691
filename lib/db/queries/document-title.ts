import type { SupabaseClient } from '@supabase/supabase-js';
import { databaseError } from '../errors.ts';
import type { Database } from '../types.gen.ts';

/** What is found in a conversation: the library, and what was attached there. */
const foundIn = (threadId: string | null | undefined) =>
  `source_type.neq.attachment${threadId ? `,thread_id.eq.${threadId}` : ''}`;

/** The documents that can be asked about. */
export async function readyDocuments(
  db: SupabaseClient<Database>,
  params: { signal: AbortSignal; threadId?: string | null | undefined },
): Promise<{ id: string; title: string; course: string | null }[]> {
  const { data, error } = await db
    .from('doc_source')
    .select('id, title, course')
    .or('status.eq.ready,chunk_count.gt.0')
    .or(foundIn(params.threadId))
    .abortSignal(params.signal);
  if (error) throw databaseError(error);
  return data;
}

/** The ready documents whose title contains one of the given texts, whatever its case. */
export async function findDocumentIdsByTitle(
  db: SupabaseClient<Database>,
  params: { titles: string[]; signal: AbortSignal; threadId?: string | null | undefined },
): Promise<string[]> {
  const { data, error } = await db
    .from('doc_source')
    .select('id, title')
    .eq('status', 'ready')
    .or(foundIn(params.threadId))
    .abortSignal(params.signal);
  if (error) throw databaseError(error);
  const wanted = params.titles.map((title) => title.toLowerCase().trim()).filter(Boolean);
  return data
    .filter(({ title }) => wanted.some((part) => title.toLowerCase().includes(part)))
    .map(({ id }) => id);
}
