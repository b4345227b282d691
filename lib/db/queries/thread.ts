import { z } from 'zod';
import type { ThreadChange, ThreadPlace } from '../../domain/thread.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import type { Database, Json } from '../types.gen.ts';

export type Thread = {
  id: string;
  title: string | null;
  createdAt: string;
  updatedAt: string;
  pinnedAt: string | null;
  archivedAt: string | null;
  /** The conversation that it begins with a summary of. */
  continuedFrom: string | null;
};

/** A conversation in a list; where it was searched for, the message that says it and the words around. */
export type ListedThread = Thread & {
  messageCount: number;
  messageId: string | null;
  excerpt: string | null;
  /** When it was used last, exactly, as its place in the list has it. */
  place: string;
};

const COLUMNS =
  'id, title, createdAt:created_at, updatedAt:updated_at, pinnedAt:pinned_at, archivedAt:archived_at, continuedFrom:continued_from';

type ListParams = {
  limit: number;
  archived?: boolean;
  query?: string;
  /** The last or, backwards, the first thread that is shown. */
  place?: ThreadPlace | undefined;
  backwards?: boolean;
};

const listed = (row: Database['public']['Functions']['list_threads']['Returns'][number]): ListedThread => ({
  id: row.id,
  title: row.title,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  pinnedAt: row.pinned_at,
  archivedAt: row.archived_at,
  continuedFrom: row.continued_from,
  messageCount: row.message_count,
  messageId: row.message_id,
  excerpt: row.excerpt,
  place: row.place,
});

export const placeOf = ({ id, pinnedAt, place }: ListedThread): ThreadPlace => ({
  id,
  updatedAt: place,
  pinned: pinnedAt !== null,
});

/** A page of the student's conversations: pinned ones first, then the one used last. */
export async function listThreads(
  db: DatabaseClient,
  { limit, archived = false, query = '', place, backwards = false }: ListParams,
): Promise<{ threads: ListedThread[]; hasMore: boolean }> {
  const { data, error } = await db.rpc('list_threads', {
    // One more says whether there is more.
    p_limit: limit + 1,
    p_archived: archived,
    p_query: query,
    p_backwards: backwards,
    ...(place && { p_pinned: place.pinned, p_updated_at: place.updatedAt, p_id: place.id }),
  });
  if (error) throw databaseError(error);
  const rows = data.map(listed);
  return { threads: backwards ? rows.slice(-limit) : rows.slice(0, limit), hasMore: rows.length > limit };
}

/** Null when there is none, or it is another student's. */
export async function getThread(db: DatabaseClient, params: { threadId: string }): Promise<Thread | null> {
  const { data, error } = await db.from('thread').select(COLUMNS).eq('id', params.threadId).maybeSingle();
  if (error) throw databaseError(error);
  return data;
}

/** Renames, pins, archives or brings back; null when there is nothing of the student's, or no more time to bring it back. */
export async function changeThread(
  db: DatabaseClient,
  { threadId, change }: { threadId: string; change: ThreadChange },
): Promise<Thread | null> {
  const { title, pinned, archived, deleted } = change;
  if (deleted === false) {
    const { error } = await db.rpc('restore_thread', { p_thread_id: threadId });
    if (error) throw databaseError(error);
  }
  const now = new Date().toISOString();
  const columns = {
    ...(title !== undefined && { title }),
    ...(pinned !== undefined && { pinned_at: pinned ? now : null }),
    ...(archived !== undefined && { archived_at: archived ? now : null }),
  };
  if (Object.keys(columns).length === 0) return getThread(db, { threadId });
  const { data, error } = await db
    .from('thread')
    .update(columns)
    .eq('id', threadId)
    .select(COLUMNS)
    .maybeSingle();
  if (error) throw databaseError(error);
  return data;
}

/** Takes a thread away with its messages; false when there was none of the student's. */
export async function deleteThread(db: DatabaseClient, params: { threadId: string }): Promise<boolean> {
  const { data, error } = await db.rpc('delete_thread', { p_thread_id: params.threadId });
  if (error) throw databaseError(error);
  return data;
}

export const savedThreadSchema = z.object({
  threadId: z.string(),
  title: z.string().nullable(),
  created: z.boolean(),
  added: z.int(),
  messageCount: z.int(),
});

export type BroughtMessage = {
  id: string;
  /** The id it has if it was asked here. */
  asked?: string | undefined;
  role: 'user' | 'assistant';
  text: string;
  createdAt?: string | undefined;
};

/** Stores a conversation brought from elsewhere, or more of one. */
export async function saveThread(
  db: DatabaseClient,
  params: {
    threadId: string | null;
    title: string | null;
    /** Its name where it has none yet. */
    usualTitle: string | null;
    messages: BroughtMessage[];
  },
): Promise<z.infer<typeof savedThreadSchema>> {
  const { data, error } = await db.rpc('save_thread', {
    p_thread_id: params.threadId,
    p_title: params.title,
    p_usual_title: params.usualTitle,
    p_messages: params.messages as Json,
  });
  if (error?.code === 'PT409') {
    const message = /being written/.test(error.message)
      ? 'An answer is being written in this conversation. Try again when it is there.'
      : 'One of these ids belongs to another message.';
    throw new AppError('conflict', { cause: error, message });
  }
  if (error?.code === 'PT422') throw new AppError('limit_reached', { cause: error, message: FULL });
  if (error) throw databaseError(error);
  return savedThreadSchema.parse(data);
}

const FULL = 'A conversation holds 500 messages. Save the rest as another one.';

/** Begins the conversation that goes on from another, or gives the one that does already. */
export async function continueThread(
  db: DatabaseClient,
  params: { threadId: string; title: string; summary: string },
): Promise<string> {
  const { data, error } = await db.rpc('continue_thread', {
    p_thread_id: params.threadId,
    p_title: params.title,
    p_summary: params.summary,
  });
  if (error) throw databaseError(error);
  return data;
}
