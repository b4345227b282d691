import type { FactChange, MemoryFact } from '../../domain/memory.ts';
import { memoryFactSchema } from '../../domain/memory.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

const COLUMNS =
  'id, scope, key, value, quote, messageId:message_id, expiresAt:expires_at, updatedAt:updated_at';

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** What is remembered of the student and holds, newest first. */
export async function listFacts(db: DatabaseClient): Promise<MemoryFact[]> {
  const { data, error } = await db.rpc('list_facts');
  if (error) throw databaseError(error);
  return data.map(({ message_id, thread_id, expires_at, updated_at, value, ...fact }) =>
    memoryFactSchema.parse({
      ...fact,
      value: textOf(value),
      messageId: message_id,
      threadId: thread_id,
      expiresAt: expires_at,
      updatedAt: updated_at,
    }),
  );
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
  return memoryFactSchema.parse({ ...data, value: textOf(data.value), threadId: null });
}

/** Forgets a fact with what was said under its name before, or everything; gives how many facts that were. */
export async function forgetFacts(db: DatabaseClient, params: { id?: string } = {}): Promise<number> {
  const { data, error } = await db.rpc('forget_facts', params.id === undefined ? {} : { p_id: params.id });
  if (error) throw databaseError(error);
  if (params.id !== undefined && data === 0) throw new AppError('not_found');
  return data;
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
