import { z } from 'zod';
import { threadFileSchema } from '../../domain/attachment.ts';
import { MAX_ROWS } from '../../domain/bounds.ts';
import { summarySchema } from '../../domain/memory.ts';
import { type Approval, MESSAGES_SHOWN, storedMessageSchema } from '../../domain/message.ts';
import { personaSchema } from '../../domain/persona.ts';
import { type TurnSettings, type Within, withinSchema } from '../../domain/turn.ts';
import { AppError } from '../../errors.ts';
import { type MaskNumbers, maskNumbers } from '../../privacy/mask.ts';
import { timeoutSignal } from '../../process-state.ts';
import type { DatabaseClient } from '../clients.ts';
import { type DatabaseFailure, databaseError } from '../errors.ts';
import type { Json } from '../types.gen.ts';
import { getThread, type Thread } from './thread.ts';

/** A turn waits for these; a database that hangs must not hold it for ever. */
const TIMEOUT_MS = 10_000;
const inTime = () => timeoutSignal(TIMEOUT_MS);
/**
 * To give up a call is not to take it back: the database may open the turn all the same. So whoever opens one listens
 * longer than its student waits, and deals with what comes late.
 */
const OPENING_TIMEOUT_MS = 60_000;
const inOpeningTime = () => timeoutSignal(OPENING_TIMEOUT_MS);

const messageRow = storedMessageSchema.extend({
  createdAt: z.string(),
  seq: z.int().optional(),
});
export type MessageRow = z.infer<typeof messageRow>;

const openedTurn = z.object({
  docId: z.string().nullish(),
  within: withinSchema.nullish(),
  threadId: z.string(),
  threadTitle: z.string().nullable(),
  created: z.boolean(),
  /** Whether the question gave the conversation its name. */
  named: z.boolean().optional(),
  userMessageId: z.string(),
  assistantMessageId: z.string(),
  history: z.array(messageRow),
  memory: z.array(z.object({ scope: z.string(), key: z.string(), value: z.unknown() })),
  /** What was said before the history, sentence by sentence with its messages. */
  summary: summarySchema.nullish(),
  /** The short name of the persona this conversation chose. */
  persona: z.string().nullish(),
  personas: z.array(personaSchema).optional(),
  profile: z.object({
    displayName: z.string().nullable(),
    gradeLevel: z.string().nullable(),
    subjects: z.array(z.string()).nullable(),
    timezone: z.string().nullable(),
  }),
  documents: z.object({ ready: z.number(), processing: z.number() }),
  partners: z.array(z.object({ userId: z.string(), displayName: z.string() })).default([]),
  /** How the thread numbers what is hidden from the model. */
  mask: maskNumbers.optional().catch(undefined),
  /** The question that is answered: the one that came, or the last one that was stored. */
  text: z.string(),
  /** The beginning of the answer that is continued. */
  parts: z.array(z.unknown()).optional(),
  /** The answers to the question and the ways it was asked, oldest first; this one among them. */
  versions: z.array(z.string()).optional(),
  questionVersions: z.array(z.string()).optional(),
  /** What tools brought in the other answers to this question. */
  before: z.array(z.unknown()).optional(),
  /** What they brought after the question as it was asked otherwise. */
  beside: z.array(z.unknown()).optional(),
  /** What the answer before it said. */
  replaced: z.string().nullish(),
  /** The files of the conversation, the latest first. */
  attachments: z.array(threadFileSchema).optional(),
});

/** Everything a turn needs before the first token, from one round trip. */
export type OpenedTurn = z.infer<typeof openedTurn>;

const repeatedTurn = z.object({ threadId: z.string(), repeats: storedMessageSchema });

/** A question that was stored under its request id before, with its answer as far as it is written. */
export type RepeatedTurn = z.infer<typeof repeatedTurn>;

function openingError(failure: DatabaseFailure): AppError {
  if (failure.code !== 'PT422') return databaseError(failure, { PT409: 'turn_in_progress' });
  return new AppError('thread_full', { cause: failure });
}

export async function beginTurn(
  db: DatabaseClient,
  params: {
    threadId: string | null;
    text: string;
    historyLimit: number;
    requestId: string | null;
    /** The question that is asked otherwise. */
    edits?: string | null | undefined;
    /** The document the student keeps to; it is for this turn and stored with nothing. */
    docId?: string | null | undefined;
    within?: Within | null | undefined;
    /** A conversation that nobody has is begun under the id that was given. */
    opensThread?: boolean | undefined;
    /** Files that are sent with it. */
    attachments?: string[] | null | undefined;
    /** What the conversation is called where it has no name. */
    title?: string | null | undefined;
  },
): Promise<OpenedTurn | RepeatedTurn> {
  const { data, error } = await db
    .rpc('begin_turn', {
      p_thread_id: params.threadId,
      p_text: params.text,
      p_history_limit: params.historyLimit,
      p_request_id: params.requestId,
      p_opens_thread: params.opensThread ?? false,
      p_edits: params.edits ?? null,
      p_attachments: params.attachments ?? null,
      p_title: params.title ?? null,
    })
    .abortSignal(inOpeningTime());
  if (error) throw openingError(error);
  const opened = repeatedTurn.or(openedTurn).parse(data);
  return 'repeats' in opened ? opened : { ...opened, docId: params.docId, within: params.within };
}

/** Whether a request was taken already. */
export async function isKnownRequest(db: DatabaseClient, requestId: string): Promise<boolean> {
  const { data, error } = await db.from('message').select('id').eq('request_id', requestId).maybeSingle();
  if (error) throw databaseError(error);
  return data !== null;
}

/** Takes back a question that nobody waits for any more and nobody can ask for again. */
export async function withdrawTurn(db: DatabaseClient, turn: OpenedTurn): Promise<void> {
  const { error } = turn.created
    ? await db.from('thread').delete().eq('id', turn.threadId)
    : await db.from('message').delete().in('id', [turn.userMessageId, turn.assistantMessageId]);
  if (error) throw databaseError(error);
}

export async function beginRegenerate(
  db: DatabaseClient,
  params: {
    threadId: string;
    historyLimit: number;
    requestId: string | null;
    /** The answer to write again; the last one when left out. */
    messageId?: string | null | undefined;
    nudge?: TurnSettings['nudge'] | null | undefined;
  },
): Promise<OpenedTurn | RepeatedTurn> {
  const { data, error } = await db
    .rpc('begin_regenerate', {
      p_thread_id: params.threadId,
      p_history_limit: params.historyLimit,
      p_request_id: params.requestId,
      p_message_id: params.messageId ?? null,
      p_nudge: params.nudge ?? null,
    })
    .abortSignal(inOpeningTime());
  if (error) throw openingError(error);
  return repeatedTurn.or(openedTurn).parse(data);
}

/** Shows another answer to a question, or the question as it was asked before, with what followed it. */
export async function showVersion(
  db: DatabaseClient,
  params: { threadId: string; messageId: string },
): Promise<void> {
  const { error } = await db.rpc('show_version', {
    p_thread_id: params.threadId,
    p_message_id: params.messageId,
  });
  if (error) throw databaseError(error, { PT409: 'turn_in_progress' });
}

const approvalRows = (approvals: readonly Approval[]) =>
  approvals.map(({ approvalId, approved, reason }) => ({ approvalId, approved, reason: reason ?? null }));

/** Keeps answers to tools that asked first while others of the same message wait. */
export async function storeApprovals(
  db: DatabaseClient,
  params: { threadId: string; approvals: Approval[] },
): Promise<void> {
  const { error } = await db.rpc('store_approvals', {
    p_thread_id: params.threadId,
    p_approvals: approvalRows(params.approvals),
  });
  if (error) throw databaseError(error);
}

/** Stores the student's answers to tools that asked first; their message goes on being written. */
export async function beginApproval(
  db: DatabaseClient,
  params: { threadId: string; approvals: Approval[]; historyLimit: number },
): Promise<OpenedTurn> {
  const { data, error } = await db
    .rpc('begin_approval', {
      p_thread_id: params.threadId,
      p_approvals: approvalRows(params.approvals),
      p_history_limit: params.historyLimit,
    })
    .abortSignal(inOpeningTime());
  if (error) throw databaseError(error);
  return openedTurn.parse(data);
}

export type SavedAnswer = { messageId: string; parts: Json; status: MessageRow['status']; metadata: Json };

/** An answer while it is written; without parts it only says that it still is. */
export type PartialAnswer = { messageId: string; userId: string; parts: Json | null; metadata: Json };

/** Saves answers of whomever; gives those that nobody may write any more, because they were stopped elsewhere or are gone. */
export async function saveAnswers(db: DatabaseClient, answers: PartialAnswer[]): Promise<Set<string>> {
  const { data, error } = await db.rpc('save_answers', { p_answers: answers }).abortSignal(inTime());
  if (error) throw databaseError(error);
  return new Set(data);
}

/** The last save of an answer, with its thread's title (an empty one takes back what its question gave) and its telemetry, in one round trip. */
export async function finishTurn(
  db: DatabaseClient,
  answer: SavedAnswer & { title: string | null; telemetry: Json; mask?: MaskNumbers | null },
): Promise<void> {
  const { error } = await db
    .rpc('finish_turn', {
      p_message_id: answer.messageId,
      p_parts: answer.parts,
      p_status: answer.status,
      p_metadata: answer.metadata,
      p_title: answer.title,
      p_telemetry: answer.telemetry,
      p_mask: answer.mask ?? null,
    })
    .abortSignal(inTime());
  if (error) throw databaseError(error);
}

/** A message of a thread, with its place: what it follows, and its number. */
const placedRow = messageRow.extend({ parentId: z.string().nullable(), seq: z.number() });
export type PlacedMessage = z.infer<typeof placedRow>;

/** The messages of a thread that are shown, oldest first: the last `limit` of them, or of those before another. */
export async function listMessages(
  db: DatabaseClient,
  { threadId, limit = MESSAGES_SHOWN, before }: { threadId: string; limit?: number; before?: string },
): Promise<PlacedMessage[]> {
  const inThread = db
    .from('message')
    .select('id, role, parts, metadata, status, createdAt:created_at, parentId:parent_id, seq')
    .eq('thread_id', threadId)
    .eq('is_shown', true);
  const end = before === undefined ? undefined : await seqOf(db, { threadId, messageId: before });
  const { data, error } = await (end === undefined ? inThread : inThread.lt('seq', end))
    .order('seq', { ascending: false })
    .limit(limit);
  if (error) throw databaseError(error);
  return z.array(placedRow).parse(data).reverse();
}

/** The messages of a thread that stand beside those that are shown, oldest first. */
export async function listHidden(db: DatabaseClient, { threadId }: { threadId: string }) {
  const { data, error } = await db
    .from('message')
    .select('id, role, parentId:parent_id, seq')
    .eq('thread_id', threadId)
    .eq('is_shown', false)
    .order('seq');
  if (error) throw databaseError(error);
  return data;
}

/** A conversation with everything said in it; `not_found` where it is not the student's. */
export async function wholeThread(
  db: DatabaseClient,
  { threadId }: { threadId: string },
): Promise<{ thread: Thread; rows: MessageRow[] }> {
  const [thread, rows] = await Promise.all([
    getThread(db, { threadId }),
    listMessages(db, { threadId, limit: MAX_ROWS.message }),
  ]);
  if (!thread) throw new AppError('not_found');
  return { thread, rows };
}

/** Messages of one thread or of all the student's, the latest first, before a place in their order. */
export async function pageOfMessages(
  db: DatabaseClient,
  { limit, threadId, before }: { limit: number; threadId?: string | undefined; before?: number | undefined },
): Promise<(MessageRow & { seq: number; threadId: string })[]> {
  let asked = db
    .from('message')
    .select('id, seq, threadId:thread_id, role, parts, metadata, status, createdAt:created_at')
    .eq('is_shown', true);
  if (threadId !== undefined) asked = asked.eq('thread_id', threadId);
  if (before !== undefined) asked = asked.lt('seq', before);
  const { data, error } = await asked.order('seq', { ascending: false }).limit(limit);
  if (error) throw databaseError(error);
  return z.array(messageRow.extend({ seq: z.number(), threadId: z.string() })).parse(data);
}

async function seqOf(
  db: DatabaseClient,
  { threadId, messageId }: { threadId: string; messageId: string },
): Promise<number> {
  const { data, error } = await db
    .from('message')
    .select('seq')
    .eq('thread_id', threadId)
    .eq('id', messageId)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return data.seq;
}

/** The answer that is being written in a thread, if any. */
export async function findStreamingMessageId(
  db: DatabaseClient,
  params: { threadId: string },
): Promise<string | null> {
  const { data, error } = await db
    .from('message')
    .select('id')
    .eq('thread_id', params.threadId)
    .eq('role', 'assistant')
    .eq('status', 'streaming')
    .order('seq', { ascending: false })
    .limit(1)
    .maybeSingle();
  if (error) throw databaseError(error);
  return data?.id ?? null;
}

/** Closes an answer whose process was killed, with what was saved of it; false when it was heard of since. */
export async function closeDeadAnswer(
  db: DatabaseClient,
  params: { messageId: string; silentSeconds: number },
): Promise<boolean> {
  const { data, error } = await db
    .rpc('close_dead_answer', { p_message_id: params.messageId, p_silent_seconds: params.silentSeconds })
    .abortSignal(inTime());
  if (error) throw databaseError(error);
  return data;
}

/** Marks an answer stopped where it stands. Whoever still writes it learns so from its next save. */
export async function stopMessage(db: DatabaseClient, params: { messageId: string }): Promise<boolean> {
  const { data, error } = await db
    .rpc('save_message', {
      p_message_id: params.messageId,
      p_parts: null,
      p_status: 'stopped',
      p_metadata: { status: 'stopped' },
    })
    .abortSignal(inTime());
  if (error) throw databaseError(error);
  return data;
}
