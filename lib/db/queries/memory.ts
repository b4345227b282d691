import type { FactChange, MemoryFact } from '../../domain/memory.ts';
import { memoryFactSchema } from '../../domain/memory.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

const COLUMNS =
  'id, scope, key, value, quote, messageId:message_id, expiresAt:expires_at, updatedAt:updated_at, message:message_id (threadId:thread_id)';

type Stored = Omit<MemoryFact, 'value' | 'threadId'> & {
  value: unknown;
  message: { threadId: string } | null;
};

const toFact = ({ message, value, ...fact }: Stored): MemoryFact =>
  memoryFactSchema.parse({
    ...fact,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    threadId: message?.threadId ?? null,
  });

/** What is remembered of the student and has not run out, newest first. */
export async function listFacts(db: DatabaseClient, params: { now: Date }): Promise<MemoryFact[]> {
  const { data, error } = await db
    .from('agent_memory')
    .select(COLUMNS)
    .or(`expires_at.is.null,expires_at.gt.${params.now.toISOString()}`)
    .order('updated_at', { ascending: false });
  if (error) throw databaseError(error);
  return data.map(toFact);
}

/** Corrected by hand, a fact stands on what the student wrote there, no longer on what was said before. */
export async function changeFact(
  db: DatabaseClient,
  params: { id: string; change: FactChange },
): Promise<MemoryFact> {
  const { key = null, value = null } = params.change;
  const { error } = await db.rpc('change_fact', { p_id: params.id, p_key: key, p_value: value });
  if (error?.code === '23505') {
    throw new AppError('conflict', { message: 'There is a fact of that name already. Change that one.' });
  }
  if (error) throw databaseError(error);
  const { data, error: failure } = await db
    .from('agent_memory')
    .select(COLUMNS)
    .eq('id', params.id)
    .maybeSingle();
  if (failure) throw databaseError(failure);
  if (!data) throw new AppError('not_found');
  return toFact(data);
}

export async function deleteFact(db: DatabaseClient, params: { id: string }): Promise<void> {
  const { data, error } = await db.from('agent_memory').delete().eq('id', params.id).select('id');
  if (error) throw databaseError(error);
  if (data.length === 0) throw new AppError('not_found');
}

/** Forgets everything; gives how much that was. */
export async function deleteFacts(db: DatabaseClient, params: { userId: string }): Promise<number> {
  const { data, error } = await db.from('agent_memory').delete().eq('user_id', params.userId).select('id');
  if (error) throw databaseError(error);
  return data.length;
}

export async function isMemoryPaused(db: DatabaseClient, params: { userId: string }): Promise<boolean> {
  const { data, error } = await db
    .from('profile')
    .select('paused:preferences->memoryPaused')
    .eq('user_id', params.userId)
    .maybeSingle();
  if (error) throw databaseError(error);
  return data?.paused === true;
}

export async function pauseMemory(db: DatabaseClient, params: { paused: boolean }): Promise<void> {
  const { error } = await db.rpc('change_preferences', {
    p_change: { memoryPaused: params.paused ? true : null },
  });
  if (error) throw databaseError(error);
}
