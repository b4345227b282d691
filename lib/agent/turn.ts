import type { LanguageModel } from 'ai';
import type { DatabaseClient } from '../db/clients.ts';
import type { OpenedTurn } from '../db/queries/message.ts';
import type { MessageStatus } from '../domain/message.ts';
import { AppError, toAppError } from '../errors.ts';
import { captureError } from '../observability/capture.ts';
import { logger } from '../observability/logger.ts';
import { type Prices, Telemetry } from '../observability/telemetry.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import { answerChunks } from './answer.ts';
import type { ClervaChunk } from './cite-stream.ts';
import { MessageBuilder } from './message-builder.ts';
import { type ClervaMessage, type ClervaPart, type Metadata, messageText } from './messages.ts';
import { modelError } from './model-error.ts';
import { noticesFor } from './notices.ts';
import { AnswerSaver, type MessageStore } from './persistence.ts';
import { titleFromQuestion } from './title.ts';

export type TurnDependencies = {
  model: LanguageModel;
  modelId: string;
  retrieval: ToolContext['retrieval'];
  prices: Prices;
  approvalSecret: string;
};

export type TurnParams = {
  opened: OpenedTurn;
  question: string;
  /** What the answer already holds, when it goes on after the student's yes or no. */
  continued?: readonly ClervaPart[];
  userId: string;
  traceId: string;
  db: DatabaseClient;
  store: MessageStore;
  now: Date;
  deadlineMs: number;
};

export type FinishedTurn = { message: ClervaMessage; error: AppError | null };

export type Turn = {
  /** What the page reads. Reading it drives nothing: the turn runs on when its reader goes away. */
  chunks: ReadableStream<ClervaChunk>;
  /** The whole answer, after its last save. Never rejects for a failure of the model: that is in `error`. */
  finished: Promise<FinishedTurn>;
  stop(): void;
};

type Ending = { status: MessageStatus; error: AppError | null };

/** A reader's view of a turn: filled as chunks come, closed with the turn, and free to be cancelled. */
function readerStream(): {
  stream: ReadableStream<ClervaChunk>;
  send(chunk: ClervaChunk): void;
  close(): void;
} {
  let controller: ReadableStreamDefaultController<ClervaChunk> | undefined;
  const stream = new ReadableStream<ClervaChunk>({
    start(started) {
      controller = started;
    },
    cancel() {
      controller = undefined;
    },
  });
  return { stream, send: (chunk) => controller?.enqueue(chunk), close: () => controller?.close() };
}

const DEADLINE = Symbol('deadline');
const STOPPED = Symbol('stopped');

/** How a turn ended, from why it was interrupted, what failed and whether there is an answer. */
function endingOf(interruption: unknown, failure: AppError | null, hasAnswer: boolean): Ending {
  if (interruption === STOPPED) return { status: 'stopped', error: null };
  if (interruption === DEADLINE) return { status: 'error', error: new AppError('timeout') };
  if (failure) return { status: 'error', error: failure };
  if (hasAnswer) return { status: 'done', error: null };
  const silence = new AppError('model_unavailable', { message: 'The model gave no answer.' });
  return { status: 'error', error: silence };
}

/** Starts answering: the reader has its first chunk when this returns, and nothing else stands before it. */
export function startTurn(dependencies: TurnDependencies, params: TurnParams): Turn {
  const { opened, traceId } = params;
  const startedAt = performance.now();
  const telemetry = new Telemetry(traceId, dependencies.prices);
  const abort = new AbortController();
  const deadline = setTimeout(() => abort.abort(DEADLINE), params.deadlineMs);
  const builder = new MessageBuilder(params.continued);
  const reader = readerStream();
  const metadata: Metadata = {
    threadId: opened.threadId,
    traceId,
    model: dependencies.modelId,
    status: 'streaming',
    createdAt: params.now.toISOString(),
  };
  const saver = new AnswerSaver({
    store: params.store,
    parts: () => builder.parts,
    metadata: () => metadata,
    onStoppedElsewhere: () => abort.abort(STOPPED),
  });
  let firstTextMs: number | null = null;

  function emit(chunk: ClervaChunk): void {
    builder.add(chunk);
    reader.send(chunk);
    if (chunk.type === 'text-delta') {
      firstTextMs ??= Math.round(performance.now() - startedAt);
      saver.touch();
    }
    if (chunk.type === 'tool-output-available') saver.boundary();
  }

  async function answer(): Promise<Ending> {
    let failure: AppError | null = null;
    try {
      const chunks = answerChunks(dependencies, params, telemetry, abort.signal, (error) => {
        failure ??= modelError(error);
      });
      for await (const chunk of chunks) emit(chunk);
    } catch (error) {
      // What the model did wrong came through the callback; this is ours.
      failure ??= toAppError(error);
    }
    const isWaiting = builder.parts.some((part) => 'state' in part && part.state === 'approval-requested');
    const hasAnswer = isWaiting || messageText(builder.parts).trim() !== '';
    return endingOf(abort.signal.reason, failure, hasAnswer);
  }

  async function run(): Promise<FinishedTurn> {
    emit({ type: 'start', messageId: opened.assistantMessageId, messageMetadata: { ...metadata } });
    // The response leaves before anything is computed for the model.
    await new Promise(setImmediate);
    const { status, error } = await answer();
    clearTimeout(deadline);
    for (const chunk of builder.closingChunks()) emit(chunk);
    for (const data of noticesFor({ documents: opened.documents, parts: builder.parts, telemetry })) {
      emit({ type: 'data-notice', data });
    }
    metadata.status = status;
    metadata.usage = telemetry.usage();
    if (error) {
      metadata.errorCode = error.code;
      const latencyMs = performance.now() - startedAt;
      telemetry.record({ eventType: 'error', latencyMs, ok: false, metadata: { code: error.code } });
      // The page stops reading at an error, so what it has to know goes first.
      emit({ type: 'message-metadata', messageMetadata: { ...metadata } });
      emit({ type: 'error', errorText: error.message });
    }
    if (status === 'stopped') emit({ type: 'abort', reason: 'stopped' });
    emit({ type: 'finish', messageMetadata: { ...metadata } });
    logTurn({ params, metadata, telemetry, error, firstTextMs, startedAt });
    try {
      await saver.finish(titleFromQuestion(params.question), telemetry.rows());
    } catch (cause) {
      logger().error({ err: cause, traceId }, 'an answer could not be saved');
      captureError(cause, { traceId });
    }
    // Only now: a reader that sees the end may ask the next question, which has to find this answer finished.
    reader.close();
    const parts = [...builder.parts];
    return { message: { id: opened.assistantMessageId, role: 'assistant', metadata, parts }, error };
  }

  return { chunks: reader.stream, finished: run(), stop: () => abort.abort(STOPPED) };
}

function logTurn(turn: {
  params: TurnParams;
  metadata: Metadata;
  telemetry: Telemetry;
  error: AppError | null;
  firstTextMs: number | null;
  startedAt: number;
}): void {
  const { params, metadata, telemetry, error } = turn;
  const line = {
    traceId: params.traceId,
    userId: params.userId,
    threadId: metadata.threadId,
    messageId: params.opened.assistantMessageId,
    status: metadata.status,
    code: error?.code,
    latencyMs: Math.round(performance.now() - turn.startedAt),
    firstTextMs: turn.firstTextMs,
    modelCalls: telemetry.events.filter(({ eventType }) => eventType === 'llm_call').length,
    toolCalls: telemetry.events.filter(({ eventType }) => eventType === 'tool_call').length,
    ...metadata.usage,
  };
  if (!error) {
    logger().info(line, 'turn');
    return;
  }
  logger().error({ ...line, err: error.cause ?? error }, 'turn');
  captureError(error.cause ?? error, { traceId: params.traceId });
}
