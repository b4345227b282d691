import { z } from 'zod';
import { type MemoryScope, type SummarySentence, summarySentenceSchema } from '../../domain/memory.ts';
import { MESSAGE_ROLES } from '../../domain/message.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

/** Messages that one run reads at most; the next takes up where it ended. */
const MOST_MESSAGES = 200;

type Of = { userId: string; threadId: string };

const readMessage = z.object({
  id: z.string(),
  seq: z.int(),
  role: z.enum(MESSAGE_ROLES),
  parts: z.unknown(),
});
export type ReadMessage = z.infer<typeof readMessage>;

const progress = z
  .object({
    sentences: z.array(summarySentenceSchema),
    covers: z.int(),
    remembered: z.int(),
    isPaused: z.boolean(),
    messages: z.array(readMessage),
  })
  .nullable();

/**
 * How far a conversation is remembered and summed up, whether its student paused the memory, and what is shown of it since, finished
 * messages alone, oldest first; null when it is gone. For the job: it acts with more rights than a student, so everything names whose it is.
 */
export async function readProgress(db: DatabaseClient, { userId, threadId }: Of) {
  const { data, error } = await db.rpc('thread_progress', {
    p_user_id: userId,
    p_thread_id: threadId,
    p_most: MOST_MESSAGES,
  });
  if (error) throw databaseError(error);
  return progress.parse(data);
}

/** Keeps what stands for the messages up to a place. */
export async function keepSummary(
  db: DatabaseClient,
  { userId, threadId, sentences, covers }: Of & { sentences: SummarySentence[]; covers: number },
): Promise<void> {
  const { error } = await db
    .from('thread_summary')
    .upsert(
      { thread_id: threadId, user_id: userId, sentences, covers_seq: covers },
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

/**
 * Keeps what was said in a conversation, and how far it was read for that. Said anew, a fact stands before what was said before; what has
 * run out goes.
 */
export async function keepFacts(
  db: DatabaseClient,
  { userId, threadId, facts, remembered }: Of & { facts: readonly NewFact[]; remembered: number },
): Promise<void> {
  const { error } = await db.rpc('keep_facts', {
    p_user_id: userId,
    p_facts: facts.map((fact) => ({ ...fact })),
    p_thread_id: threadId,
    p_remembered: remembered,
  });
  if (error) throw databaseError(error);
}
