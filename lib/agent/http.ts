import { createUIMessageStreamResponse } from 'ai';
import { after } from 'next/server';
import { z } from 'zod';
import type { OpenedTurn } from '../db/queries/message.ts';
import { MESSAGE_MAX_CHARACTERS } from '../domain/bounds.ts';
import { approvalSchema, MAX_APPROVALS } from '../domain/message.ts';
import type { UserContext } from '../http/index.ts';
import { turnDependencies, turnStreams } from './dependencies.ts';
import { jsonAnswer } from './json-answer.ts';
import { toParts } from './message-codec.ts';
import type { ClervaPart } from './messages.ts';
import { databaseStore } from './persistence.ts';
import { replayOf } from './replay.ts';
import { startTurn, type Turn } from './turn.ts';

/** Below the routes' `maxDuration`, with room for the last save. */
const DEADLINE_MS = 90_000;
const MIN_DEADLINE_MS = 5_000;
/** The last save still acts as the student, so a turn ends this long before their access token does. */
const SESSION_MARGIN_MS = 3_000;
const KEEP_ALIVE_MS = 15_000;

/** Messages loaded for a turn: more than the model is given, and few enough to load at once. */
export const HISTORY_LIMIT = 30;

const message = z
  .string({ error: ({ input }) => (input === undefined ? 'Write something.' : undefined) })
  .max(MESSAGE_MAX_CHARACTERS, `Write at most ${MESSAGE_MAX_CHARACTERS} characters.`)
  // What is pasted from a broken file may hold what no database stores.
  .transform((text) => text.replaceAll('\0', '').toWellFormed())
  .refine((text) => text.trim().length > 0, 'Write something.');

/** The model reads a reason in place of the SDK's own sentence, so it has to say by itself that nothing happened. */
const DENIED = 'Execution denied: the student said no, and nothing was done.';

const approval = approvalSchema.transform(({ approvalId, approved, reason }) =>
  approved
    ? { approvalId, approved }
    : { approvalId, approved, reason: [DENIED, reason].filter(Boolean).join(' ') },
);

const oneOrTheOther = z.undefined({ error: 'Send a message or approvals.' }).optional();
const threadOfApprovals = z.uuid({
  error: ({ input }) => (input == null ? 'Name the conversation that asked.' : undefined),
});

/**
 * What a client may send: a new message, or the answers to what the last one asked. History is loaded by id, never taken
 * from the client.
 */
export const turnRequestSchema = z.union([
  z.object({ threadId: z.uuid().nullish(), message, approvals: oneOrTheOther }),
  z.object({
    threadId: threadOfApprovals,
    message: oneOrTheOther,
    approvals: z.array(approval).min(1).max(MAX_APPROVALS),
  }),
]);

/** Runs an opened turn and answers as the client asked: the event stream, or JSON. */
export function respond<Params extends object>(
  { request, user, db, traceId, sessionExpiresAtMs }: UserContext<Params>,
  opened: OpenedTurn,
): Promise<Response> | Response {
  const { threadId, assistantMessageId: messageId } = opened;
  const now = new Date();
  const continued = toParts(opened.parts ?? []);
  const turn = startTurn(turnDependencies(), {
    opened,
    continued,
    userId: user.id,
    traceId,
    db,
    store: databaseStore(db, messageId),
    now,
    deadlineMs: deadlineFor(now, sessionExpiresAtMs),
  });
  // Keeps the process until the last save where a platform would suspend it.
  after(() => turn.finished);
  const streams = turnStreams();
  streams.register({ userId: user.id, threadId, messageId, stop: turn.stop, finished: turn.finished });
  const streamed = createUIMessageStreamResponse({
    stream: turn.chunks,
    keepAliveMs: KEEP_ALIVE_MS,
    consumeSseStream: ({ stream }) => streams.publish(messageId, withBeginning(stream, continued)),
  });
  if (!wantsJson(request)) return streamed;
  // The events are still published, so that a page that is open elsewhere can follow.
  const unread = streamed.body?.cancel() ?? Promise.resolve();
  return unread.then(() => jsonResponse(turn, { threadId, traceId }));
}

function deadlineFor(now: Date, sessionExpiresAtMs: number): number {
  const left = sessionExpiresAtMs - now.getTime() - SESSION_MARGIN_MS;
  return Math.max(MIN_DEADLINE_MS, Math.min(DEADLINE_MS, left));
}

/** Whether the caller wants the whole answer at once. Browsers ask for anything and get the stream. */
function wantsJson(request: Request): boolean {
  return (request.headers.get('accept') ?? '').split(',')[0]?.split(';')[0]?.trim() === 'application/json';
}

/** A failed turn is an error like any other. */
async function jsonResponse(turn: Turn, ids: { threadId: string; traceId: string }): Promise<Response> {
  const { message, error } = await turn.finished;
  if (error) throw error;
  return Response.json(jsonAnswer(message, ids));
}

/** The events of a continued answer for whoever takes it up elsewhere, where its beginning is not on the page. */
function withBeginning(
  events: ReadableStream<string>,
  continued: readonly ClervaPart[],
): ReadableStream<string> {
  if (continued.length === 0) return events;
  const beginning = replayOf(continued).map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  return events.pipeThrough(
    new TransformStream<string, string>({
      start: (controller) => {
        for (const event of beginning) controller.enqueue(event);
      },
    }),
  );
}
