import { setTimeout } from 'node:timers/promises';
import { after } from 'next/server';
import {
  findStreamingMessageId,
  isKnownRequest,
  type OpenedTurn,
  type RepeatedTurn,
  withdrawTurn,
} from '../db/queries/message.ts';
import { chooseThreadPersona, requirePersona } from '../db/queries/persona.ts';
import type { Persona } from '../domain/persona.ts';
import type { TurnSettings } from '../domain/turn.ts';
import { AppError } from '../errors.ts';
import type { UserContext } from '../http/index.ts';
import { enforceTurnLimit } from '../http/limits.ts';
import { logger } from '../observability/logger.ts';
import { requireChat } from '../operations/kill-switch.ts';
import { turnDependencies, turnOpening, turnStreams } from './dependencies.ts';
import { eventStreams, eventsResponse } from './events.ts';
import { jsonAnswer } from './json-answer.ts';
import { toClervaMessage, toParts } from './message-codec.ts';
import type { ClervaChunk, ClervaPart } from './messages.ts';
import { databaseStore } from './persistence.ts';
import { replayOf } from './replay.ts';
import { isClosed } from './threads.ts';
import { startTurn, type Turn } from './turn.ts';

/** Below the routes' `maxDuration`, with room for the last save. */
const DEADLINE_MS = 90_000;
const MIN_DEADLINE_MS = 5_000;
/** The last save still acts as the student, so a turn ends this long before their access token does. */
const SESSION_MARGIN_MS = 3_000;
/** How often an answer is looked for that another request began and that cannot be followed from here. */
const REPEAT_POLL_MS = 500;
/** After that an answer whose process died may be written anew. */
const CLOSING_SECONDS = 5;

/** Messages loaded for a turn: more than the model is given, and few enough to load at once. */
export const HISTORY_LIMIT = 30;

/** Which body a route took is settled when a turn is opened. */
type TurnContext<Params extends object> = Omit<UserContext<Params>, 'body'>;

type TurnParams = {
  threadId: string | null;
  /** What stores it and gives what the turn needs. */
  begin: () => Promise<OpenedTurn | RepeatedTurn>;
  /** The client's own id of what it asks for. */
  requestId: string | null;
  /** A question without an id of its own cannot be found again, so it is taken back when its student was told to retry. */
  canRepeat: boolean;
  /** What the client chose for this turn. */
  settings?: TurnSettings | undefined;
  /** The persona of that choice. */
  persona?: Persona | undefined;
  /** How the answer is given; without it as the request's `accept` says. */
  form?: 'events' | 'json' | undefined;
};

/** Opens a turn, or finds the one that this request repeats, and answers as the client asked: the event stream, or JSON. */
export async function answerTurn<Params extends object>(
  context: TurnContext<Params>,
  asked: TurnParams,
): Promise<Response> {
  const slug = asked.settings?.persona;
  const params = slug === undefined ? asked : { ...asked, persona: await requirePersona(context.db, slug) };
  // A model that is not there is told before anything is counted or stored.
  turnDependencies(params.settings?.model);
  await requireChat(context.db);
  const giveBack = await countTurn(context, params);
  const opened = await open(context, params).catch(async (error) => {
    await giveBack();
    throw error;
  });
  if (!('repeats' in opened)) return respond(context, params, opened);
  await giveBack();
  return follow(context, params, opened);
}

/** Counts a turn against its student's limits, once for each request id; gives how to take that back. */
async function countTurn<Params extends object>(
  { db, user, request }: TurnContext<Params>,
  { requestId }: TurnParams,
): Promise<() => Promise<void>> {
  try {
    return await enforceTurnLimit(user.id, request);
  } catch (error) {
    if (requestId === null || !(await isKnownRequest(db, requestId))) throw error;
    return async () => undefined;
  }
}

/** The answer to a request that came before: while it is written, and once it is. */
async function follow<Params extends object>(
  context: TurnContext<Params>,
  params: TurnParams,
  first: RepeatedTurn,
): Promise<Response> {
  const startedAt = performance.now();
  for (let opened: OpenedTurn | RepeatedTurn = first; ; opened = await open(context, params)) {
    if (!('repeats' in opened)) return respond(context, params, opened);
    const { id, status } = opened.repeats;
    if (status !== 'streaming') return replayed(context, params, opened);
    const events = await turnStreams().resume(id);
    // A page asks again with the same id when its server was killed, and need not wait until others find that out.
    if (!events && (await isClosed(context.db, id))) continue;
    if (events && !wantsJson(context.request, params)) return eventsResponse(events);
    // Who went away comes back with the same id, and would otherwise be looked for twice.
    const isOver = context.request.signal.aborted || performance.now() - startedAt > DEADLINE_MS;
    if (isOver) throw new AppError('turn_in_progress');
    // Followed to its end, or looked for again: its process may be about to say so, to finish it, or be dead.
    if (events) await events.pipeTo(new WritableStream());
    else await setTimeout(REPEAT_POLL_MS);
  }
}

async function open<Params extends object>(
  context: TurnContext<Params>,
  params: TurnParams,
): Promise<OpenedTurn | RepeatedTurn> {
  const { threadId, begin, canRepeat } = params;
  const { db, traceId } = context;
  const onLate = async (opened: OpenedTurn | RepeatedTurn) => {
    if ('repeats' in opened) return;
    if (canRepeat) await runTurn(context, opened, params).streamed.body?.cancel();
    else await withdrawTurn(db, opened);
  };
  const openOnce = () =>
    turnOpening().open(begin, (opened) => {
      onLate(opened).catch((err) => logger().error({ err, traceId }, 'a turn that opened late is left'));
    });
  try {
    return await openOnce();
  } catch (error) {
    const isTaken = error instanceof AppError && error.code === 'turn_in_progress';
    if (!isTaken || threadId === null) throw error;
    const messageId = await findStreamingMessageId(db, { threadId });
    if (messageId !== null && (await isClosed(db, messageId))) return openOnce();
    if (messageId !== null && (await turnStreams().canResume(messageId))) throw error;
    const message = 'The last answer broke off and is being closed. One moment.';
    throw new AppError('turn_in_progress', { cause: error, message, retryAfterSeconds: CLOSING_SECONDS });
  }
}

/** The stored answer to a question that was asked before, as if it were written now. */
function replayed<Params extends object>(
  { request, traceId }: TurnContext<Params>,
  params: TurnParams,
  { threadId, repeats }: RepeatedTurn,
): Response {
  const message = toClervaMessage(repeats);
  const { metadata, parts } = message;
  if (wantsJson(request, params)) {
    if (metadata?.status === 'error') throw new AppError(metadata.errorCode ?? 'interrupted', { threadId });
    return Response.json(jsonAnswer(message, { threadId, traceId }));
  }
  const messageMetadata = metadata ? { messageMetadata: metadata } : {};
  const chunks: ClervaChunk[] = [
    { type: 'start', messageId: message.id, ...messageMetadata },
    ...replayOf(parts),
    { type: 'finish', ...messageMetadata },
  ];
  return eventStreams(chunks).response;
}

/** Answers an opened turn. */
function respond<Params extends object>(
  context: TurnContext<Params>,
  params: TurnParams,
  opened: OpenedTurn,
): Promise<Response> | Response {
  const { turn, streamed } = runTurn(context, opened, params);
  // Keeps the process until the last save where a platform would suspend it.
  after(() => turn.finished);
  if (!wantsJson(context.request, params)) return streamed;
  // The events are still published, so that a page that is open elsewhere can follow.
  const unread = streamed.body?.cancel() ?? Promise.resolve();
  return unread.then(() => jsonResponse(turn, { threadId: opened.threadId, traceId: context.traceId }));
}

/** Starts an opened turn and lets others follow it. */
function runTurn<Params extends object>(
  { user, db, traceId, sessionExpiresAtMs }: TurnContext<Params>,
  opened: OpenedTurn,
  { settings = {}, persona }: TurnParams,
): { turn: Turn; streamed: Response } {
  const { threadId, assistantMessageId: messageId } = opened;
  // A conversation keeps the persona it begins with; a later choice of a program is for its turn alone.
  if (persona && opened.created) after(() => chooseThreadPersona(db, { threadId, persona: persona.slug }));
  const now = new Date();
  const continued = toParts(opened.parts ?? []);
  const turn = startTurn(turnDependencies(settings.model), {
    opened,
    settings,
    persona,
    continued,
    userId: user.id,
    traceId,
    db,
    store: databaseStore(db, { messageId, userId: user.id }),
    now,
    deadlineMs: deadlineFor(now, sessionExpiresAtMs),
  });
  const streams = turnStreams();
  streams.register({
    userId: user.id,
    threadId,
    messageId,
    stop: turn.stop,
    cancel: turn.cancel,
    finished: turn.finished,
  });
  const { response, copy } = eventStreams(turn.chunks);
  streams.publish(messageId, withBeginning(copy, continued));
  return { turn, streamed: response };
}

function deadlineFor(now: Date, sessionExpiresAtMs: number): number {
  const left = sessionExpiresAtMs - now.getTime() - SESSION_MARGIN_MS;
  return Math.max(MIN_DEADLINE_MS, Math.min(DEADLINE_MS, left));
}

/** Whether the caller wants the whole answer at once. Browsers ask for anything and get the stream. */
function wantsJson(request: Request, { form }: TurnParams): boolean {
  if (form !== undefined) return form === 'json';
  return (request.headers.get('accept') ?? '').split(',')[0]?.split(';')[0]?.trim() === 'application/json';
}

/** A failed turn is an error like any other, with the conversation where its question is kept. */
async function jsonResponse(turn: Turn, ids: { threadId: string; traceId: string }): Promise<Response> {
  const { message, error } = await turn.finished;
  if (error) throw Object.assign(error, { threadId: ids.threadId });
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
