import { z } from 'zod';
import { type MemoryScope, type SummarySentence, summarySentenceSchema } from '../../domain/memory.ts';
import type { MessageRole } from '../../domain/message.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

/** Messages that one run reads at most; the next takes up where it ended. */
const MOST_MESSAGES = 200;

type Of = { userId: string; threadId: string };

const progress = z
  .object({ sentences: z.array(summarySentenceSchema), covers: z.int(), remembered: z.int() })
  .nullable();

/**
 * How far a conversation is remembered and summed up; null when it is gone. For the job: it acts with more rights than a
 * student, so everything names whose it is.
 */
export async function readProgress(db: DatabaseClient, { userId, threadId }: Of) {
  const { data, error } = await db.rpc('thread_progress', { p_user_id: userId, p_thread_id: threadId });
  if (error) throw databaseError(error);
  return progress.parse(data);
}

export type ReadMessage = { id: string; seq: number; role: MessageRole; parts: unknown };

/** What is shown of a conversation after a place in it, finished messages alone, oldest first. */
export async function readMessagesAfter(
  db: DatabaseClient,
  { userId, threadId, seq, role }: Of & { seq: number; role?: MessageRole },
): Promise<ReadMessage[]> {
  let request = db
    .from('message')
    .select('id, seq, role, parts')
    .eq('thread_id', threadId)
    .eq('user_id', userId)
    .eq('is_shown', true)
    .neq('status', 'streaming')
    .gt('seq', seq);
  if (role) request = request.eq('role', role);
  const { data, error } = await request.order('seq').limit(MOST_MESSAGES);
  if (error) throw databaseError(error);
  return data;
}

/** Keeps sentences, or only how far was read. */
export async function keepProgress(
  db: DatabaseClient,
  {
    userId,
    threadId,
    ...progress
  }: Of & { sentences?: SummarySentence[]; covers?: number; remembered?: number },
): Promise<void> {
  const { sentences, covers, remembered } = progress;
  const { error } = await db.from('thread_summary').upsert(
    {
      thread_id: threadId,
      user_id: userId,
      ...(sentences === undefined ? {} : { sentences }),
      ...(covers === undefined ? {} : { covers_seq: covers }),
      ...(remembered === undefined ? {} : { remembered_seq: remembered }),
    },
    { onConflict: 'thread_id' },
  );
  if (error) throw databaseError(error);
}

type NewFact = {
  scope: MemoryScope;
  key: string;
  value: string;
  quote: string;
  messageId: string;
  expiresAt: string | null;
};

/** Said anew, a fact stands before what was said before; what has run out goes. */
export async function keepFacts(
  db: DatabaseClient,
  { userId, facts }: { userId: string; facts: readonly NewFact[] },
): Promise<void> {
  const { error } = await db.rpc('keep_facts', {
    p_user_id: userId,
    p_facts: facts.map((fact) => ({ ...fact })),
  });
  if (error) throw databaseError(error);
}
