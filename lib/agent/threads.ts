import { setTimeout } from 'node:timers/promises';
import type { DatabaseClient } from '../db/clients.ts';
import {
  closeDeadAnswer,
  findStreamingMessageId,
  listHidden,
  listMessages,
  type PlacedMessage,
  stopMessage,
} from '../db/queries/message.ts';
import { getThread, type Thread } from '../db/queries/thread.ts';
import { AppError } from '../errors.ts';
import { turnStreams } from './dependencies.ts';
import { toClervaMessage } from './message-codec.ts';
import type { ClervaMessage } from './messages.ts';

type LoadedThread = { thread: Thread; messages: ClervaMessage[]; isAnswering: boolean };

/** The messages as the page shows them, each with those that stand in its place. */
function withVersions(
  rows: PlacedMessage[],
  hidden: Awaited<ReturnType<typeof listHidden>>,
): ClervaMessage[] {
  return rows.map((row) => {
    const message = toClervaMessage(row);
    const others = hidden.filter(({ role, parentId }) => role === row.role && parentId === row.parentId);
    if (others.length === 0) return message;
    const versions = [...others, row].toSorted((a, b) => a.seq - b.seq).map(({ id }) => id);
    return { ...message, metadata: { ...message.metadata, versions } as ClervaMessage['metadata'] };
  });
}

/**
 * A conversation for its page. An answer that is being written here is left out: the page resumes its events from the
 * beginning, and would otherwise show what is stored of it twice.
 */
export async function loadThread(db: DatabaseClient, threadId: string): Promise<LoadedThread> {
  const [thread, rows, hidden] = await Promise.all([
    getThread(db, { threadId }),
    listMessages(db, { threadId }),
    listHidden(db, { threadId }),
  ]);
  if (!thread) throw new AppError('not_found');
  const streaming = rows.find(({ status }) => status === 'streaming');
  if (streaming && (await isClosed(db, streaming.id))) return loadThread(db, threadId);
  const isAnswering = streaming !== undefined && (await turnStreams().canResume(streaming.id));
  const shown = isAnswering ? rows.filter(({ id }) => id !== streaming.id) : rows;
  return { thread, messages: withVersions(shown, hidden), isAnswering };
}

/** Closes an answer that nobody writes any more, so that its conversation can go on at once. Gives whether that was so. */
export async function isClosed(db: DatabaseClient, messageId: string): Promise<boolean> {
  const silentSeconds = await turnStreams().deadAfterSeconds(messageId);
  return silentSeconds !== null && closeDeadAnswer(db, { messageId, silentSeconds });
}

/** The last messages of a conversation, or those before another. */
export async function loadMessages(db: DatabaseClient, params: { threadId: string; before?: string }) {
  const [rows, hidden] = await Promise.all([listMessages(db, params), listHidden(db, params)]);
  return withVersions(rows, hidden);
}

/** The answer being written in a thread of the student's own; `not_found` for anybody else's thread. */
async function streamingMessage(db: DatabaseClient, threadId: string): Promise<string | null> {
  const messageId = await findStreamingMessageId(db, { threadId });
  if (messageId === null && !(await getThread(db, { threadId }))) throw new AppError('not_found');
  return messageId;
}

/** The events of the running answer from their beginning, or null when none is running. */
export async function resumeThread(
  db: DatabaseClient,
  threadId: string,
): Promise<ReadableStream<string> | null> {
  const messageId = await streamingMessage(db, threadId);
  return messageId === null ? null : turnStreams().resume(messageId);
}

/** Ends one call of a tool in the running answer, which goes on without it. */
export async function cancelCall(
  db: DatabaseClient,
  { threadId, toolCallId }: { threadId: string; toolCallId: string },
): Promise<{ cancelled: boolean }> {
  const messageId = await streamingMessage(db, threadId);
  return { cancelled: messageId !== null && (await turnStreams().cancel(messageId, toolCallId)) };
}

/** How often, and how long, an answer that runs in another process is looked at after that one was told to stop. */
const STOP_POLL_MS = 250;
const STOP_POLLS = 8;

/**
 * Stops the running answer and keeps what it wrote. Where it runs in this process its last save is awaited, and so it is
 * where another process took the word. Marking the row is the last resort: whoever still writes learns it from a save.
 */
export async function stopThread(db: DatabaseClient, threadId: string): Promise<{ stopped: boolean }> {
  const messageId = await streamingMessage(db, threadId);
  if (messageId === null) return { stopped: false };
  const outcome = await turnStreams().stop(messageId);
  if (outcome === 'done') return { stopped: true };
  for (let poll = 0; outcome === 'told' && poll < STOP_POLLS; poll++) {
    await setTimeout(STOP_POLL_MS);
    if ((await findStreamingMessageId(db, { threadId })) !== messageId) return { stopped: true };
  }
  await stopMessage(db, { messageId });
  return { stopped: true };
}
