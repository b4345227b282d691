import { createUIMessageStreamResponse } from 'ai';
import type { DatabaseClient } from '../db/clients.ts';
import type { OpenedTurn } from '../db/queries/message.ts';
import type { Citation } from '../domain/citation.ts';
import { cardsOf } from './cards.ts';
import { turnDependencies, turnStreams } from './dependencies.ts';
import { type ClervaPart, messageText } from './messages.ts';
import { databaseStore } from './persistence.ts';
import { replayOf } from './replay.ts';
import { toClervaMessage } from './stored-messages.ts';
import { startTurn, type Turn } from './turn.ts';

/** Below the routes' `maxDuration`, with room for the last save. */
const DEADLINE_MS = 90_000;
const MIN_DEADLINE_MS = 5_000;
/** The last save still acts as the student, so a turn ends this long before their access token does. */
const SESSION_MARGIN_MS = 3_000;
const KEEP_ALIVE_MS = 15_000;

/** Messages loaded for a turn: more than the model is given, and few enough to load at once. */
export const HISTORY_LIMIT = 30;

export type AnswerRequest = {
  opened: OpenedTurn;
  question: string;
  request: Request;
  userId: string;
  traceId: string;
  db: DatabaseClient;
  sessionExpiresAtMs: number;
  now: Date;
};

export type Answer = { response: Promise<Response> | Response; finished: Promise<unknown> };

function deadlineFor(now: Date, sessionExpiresAtMs: number): number {
  const left = sessionExpiresAtMs - now.getTime() - SESSION_MARGIN_MS;
  return Math.max(MIN_DEADLINE_MS, Math.min(DEADLINE_MS, left));
}

/** Whether the caller wants the whole answer at once. Browsers ask for anything and get the stream. */
function wantsJson(request: Request): boolean {
  return (request.headers.get('accept') ?? '').split(',')[0]?.split(';')[0]?.trim() === 'application/json';
}

/** The answer as one JSON object, for clients that do not stream. A failed turn is an error like any other. */
async function jsonResponse(turn: Turn, opened: OpenedTurn, traceId: string): Promise<Response> {
  const { message, error } = await turn.finished;
  if (error) throw error;
  const citations: Citation[] = message.parts
    .filter((part) => part.type === 'data-citation')
    .map(({ data }) => data);
  const toolsUsed = new Set(
    message.parts
      .filter(({ type }) => type.startsWith('tool-'))
      .map(({ type }) => type.slice('tool-'.length)),
  );
  return Response.json({
    threadId: opened.threadId,
    messageId: message.id,
    text: messageText(message.parts),
    citations,
    cards: cardsOf(message.parts),
    toolsUsed: [...toolsUsed],
    usage: message.metadata?.usage ?? null,
    traceId,
  });
}

/** What the answer held when it asked the student; nothing for a new answer. */
function beginningOf({ assistantMessageId: id, parts = [] }: OpenedTurn): readonly ClervaPart[] {
  return toClervaMessage({ id, role: 'assistant', parts }).parts;
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

/** Runs an opened turn and answers as the client asked: the event stream, or JSON. */
export function answerTurn(params: AnswerRequest): Answer {
  const { opened, question, userId, traceId, db, now } = params;
  const continued = beginningOf(opened);
  const streams = turnStreams();
  const turn = startTurn(turnDependencies(), {
    opened,
    question,
    continued,
    userId,
    traceId,
    db,
    store: databaseStore(db, opened.assistantMessageId),
    now,
    deadlineMs: deadlineFor(now, params.sessionExpiresAtMs),
  });
  const messageId = opened.assistantMessageId;
  streams.register({
    userId,
    threadId: opened.threadId,
    messageId,
    stop: turn.stop,
    finished: turn.finished,
  });
  const streamed = createUIMessageStreamResponse({
    stream: turn.chunks,
    keepAliveMs: KEEP_ALIVE_MS,
    consumeSseStream: ({ stream }) => streams.publish(messageId, withBeginning(stream, continued)),
  });
  if (!wantsJson(params.request)) return { response: streamed, finished: turn.finished };
  // The events are still published, so that a page that is open elsewhere can follow.
  const unread = streamed.body?.cancel() ?? Promise.resolve();
  return { response: unread.then(() => jsonResponse(turn, opened, traceId)), finished: turn.finished };
}
