import { scheduleRetry } from '../db/queries/flashcard.ts';
import type { MessageStatus } from '../domain/message.ts';
import { HINT_RUNGS } from '../domain/reading.ts';
import { AppError, ERRORS, toAppError } from '../errors.ts';
import { finishFault, modelFault } from '../model-faults.ts';
import { captureError } from '../observability/capture.ts';
import { logger } from '../observability/logger.ts';
import { type Prices, Telemetry } from '../observability/telemetry.ts';
import { recordSpan } from '../observability/trace.ts';
import { countTurn } from '../operations/metrics.ts';
import { Mask } from '../privacy/mask.ts';
import { ToolCalls } from '../tools/tool-calls.ts';
import { type AnswerDependencies, type AnswerParams, actsOf, type WhatWasRead } from './answer.ts';
import { outlet } from './events.ts';
import type { Verdict } from './guard/guard.ts';
import { type GuardDependencies, guardedChunks } from './guard/guarded.ts';
import { MessageBuilder } from './message-builder.ts';
import { toParts } from './message-codec.ts';
import { type ClervaChunk, type ClervaMessage, contentOf, type Metadata, messageText } from './messages.ts';
import { foundNothing, noticesFor } from './notices.ts';
import { AnswerSaver, type MessageStore, withoutKeys } from './persistence.ts';
import { titleFromQuestion } from './title.ts';

export type TurnDependencies = AnswerDependencies & GuardDependencies & { prices: Prices };
type TurnParams = AnswerParams & { store: MessageStore };

type FinishedTurn = { message: ClervaMessage; error: AppError | null };

export type Turn = {
  /** What the page reads. Reading it drives nothing: the turn runs on when its reader goes away. */
  chunks: ReadableStream<ClervaChunk>;
  /** The whole answer, after its last save. Never rejects for a failure of the model: that is in `error`. */
  finished: Promise<FinishedTurn>;
  stop(): void;
  /** Ends one call of a tool, and the answer goes on without it; false when no such call runs. */
  cancel(toolCallId: string): boolean;
};

/** Starts answering: the reader has its first chunk when this returns, and nothing else stands before it. */
export function startTurn(dependencies: TurnDependencies, params: TurnParams): Turn {
  const run = new TurnRun(dependencies, params);
  return {
    chunks: run.chunks,
    finished: run.finish(),
    stop: () => run.stop(),
    cancel: (toolCallId) => run.cancel(toolCallId),
  };
}

type Ending = { status: MessageStatus; error: AppError | null };

/** Care is an answer; a refusal says by its code that it is none. */
const endingOf = ({ refuses, text }: Verdict): Ending =>
  refuses
    ? { status: 'error', error: new AppError('message_declined', { message: text }) }
    : { status: 'done', error: null };

const DEADLINE = Symbol('deadline');
const STOPPED = Symbol('stopped');

/** A turn under way: what is emitted is at once on the page, in the message and, soon, in the store. */
class TurnRun {
  readonly #dependencies: TurnDependencies;
  readonly #params: TurnParams;
  readonly #startedAt = performance.now();
  readonly #abort = new AbortController();
  readonly #reader = outlet<ClervaChunk>();
  readonly #telemetry: Telemetry;
  readonly #mask: Mask;
  readonly #builder: MessageBuilder;
  readonly #metadata: Metadata;
  readonly #saver: AnswerSaver;
  readonly #calls: ToolCalls;
  #firstTextMs: number | null = null;
  #isTitleTold = false;
  /** What was said in place of an answer. */
  #verdict: Verdict | null = null;

  constructor(dependencies: TurnDependencies, params: TurnParams) {
    this.#dependencies = dependencies;
    this.#params = params;
    this.#telemetry = new Telemetry(params.traceId, dependencies.prices, 'turn');
    this.#mask = new Mask({ salt: params.opened.threadId, kept: params.opened.mask });
    this.#builder = new MessageBuilder(params.continued);
    this.#metadata = {
      threadId: params.opened.threadId,
      traceId: params.traceId,
      model: dependencies.modelId,
      status: 'streaming',
      createdAt: params.now.toISOString(),
      ...(params.settings?.nudge && { nudge: params.settings.nudge }),
    };
    const answered = contentOf(params.continued ?? []).tools;
    this.#calls = new ToolCalls({
      before: actsOf(params.opened),
      agreed: answered.flatMap(({ toolCallId, approval }) => (approval?.approved ? [toolCallId] : [])),
      onProgress: (toolCallId, progress) =>
        this.#emit({
          type: 'data-progress',
          id: toolCallId,
          data: { toolCallId, ...progress },
          transient: true,
        }),
    });
    this.#saver = new AnswerSaver({
      store: params.store,
      parts: () => this.#builder.parts,
      metadata: () => this.#metadata,
      onStoppedElsewhere: () => this.stop(),
    });
  }

  get chunks(): ReadableStream<ClervaChunk> {
    return this.#reader.stream;
  }

  stop(): void {
    this.#abort.abort(STOPPED);
  }

  cancel(toolCallId: string): boolean {
    return this.#calls.cancel(toolCallId);
  }

  async finish(): Promise<FinishedTurn> {
    const { opened, deadlineMs } = this.#params;
    const deadline = setTimeout(() => this.#abort.abort(DEADLINE), deadlineMs);
    const { assistantMessageId: messageId, userMessageId: questionId } = opened;
    const { versions = [messageId], questionVersions = [questionId] } = opened;
    const follows = opened.history.at(-1)?.id;
    this.#emit({
      type: 'start',
      messageId,
      messageMetadata: {
        ...this.#metadata,
        questionId,
        versions,
        questionVersions,
        ...(follows !== undefined && { follows }),
      },
    });
    // The response leaves before anything is computed for the model.
    await new Promise(setImmediate);
    const ending = await this.#answer();
    clearTimeout(deadline);
    await this.#comeBack(ending);
    this.#end(ending);
    this.#log(ending);
    await this.#save();
    // Only now: a reader that sees the end may ask the next question, which has to find this answer finished.
    this.#reader.close();
    const parts = [...this.#builder.parts];
    const message: ClervaMessage = {
      id: opened.assistantMessageId,
      role: 'assistant',
      metadata: this.#metadata,
      parts,
    };
    return { message, error: ending.error };
  }

  #emit(chunk: ClervaChunk): void {
    this.#builder.add(chunk);
    this.#reader.put(this.#forPage(chunk));
    if (chunk.type === 'text-delta') {
      this.#firstTextMs ??= Math.round(performance.now() - this.#startedAt);
      this.#saver.touch();
    }
    if (chunk.type === 'tool-output-available') this.#saver.boundary();
  }

  /** A program that asks for the whole answer gets what the tools' contract says; a page gets no key to a quiz. */
  #forPage(chunk: ClervaChunk): ClervaChunk {
    if (chunk.type !== 'tool-output-available') return chunk;
    const part = this.#builder.parts.find(
      (made) => 'toolCallId' in made && made.toolCallId === chunk.toolCallId,
    );
    const shown = part && withoutKeys(part);
    return shown && shown !== part && 'output' in shown ? { ...chunk, output: shown.output } : chunk;
  }

  async #answer(): Promise<Ending> {
    const { signal } = this.#abort;
    let failure: AppError | null = null;
    const onError = (error: unknown) => {
      failure ??= modelFault(error);
    };
    try {
      const onRead = (read: WhatWasRead) => this.#noteRead(read);
      const onVerdict = (verdict: Verdict) => {
        this.#verdict = verdict;
      };
      const watch = {
        telemetry: this.#telemetry,
        mask: this.#mask,
        calls: this.#calls,
        signal,
        onError,
        onRead,
        onVerdict,
      };
      for await (const chunk of guardedChunks(this.#dependencies, this.#params, watch)) {
        this.#tellTitle();
        this.#emit(chunk);
      }
    } catch (error) {
      // What the model did wrong came through the callback; this is ours.
      failure ??= toAppError(error);
    }
    const { parts } = this.#builder;
    if (this.#verdict) return endingOf(this.#verdict);
    if (signal.reason === STOPPED) return { status: 'stopped', error: null };
    if (signal.reason === DEADLINE) return { status: 'error', error: new AppError('timeout') };
    const hasText = messageText(parts).trim() !== '';
    const isWaiting = parts.some((part) => 'state' in part && part.state === 'approval-requested');
    const error = this.#broken(failure, hasText) ?? (isWaiting ? null : this.#missing(hasText));
    return { status: error ? 'error' : 'done', error };
  }

  /** The name that the question gave its conversation, once nothing speaks against it. */
  #tellTitle(): void {
    const { named, threadTitle: title } = this.#params.opened;
    if (!named || title === null || this.#isTitleTold || this.#verdict?.refuses === false) return;
    this.#isTitleTold = true;
    this.#emit({ type: 'data-title', data: { title }, transient: true });
  }

  /** Kept with the answer, also of one that is stopped. */
  #noteRead({ budget, parts, ladder }: WhatWasRead): void {
    this.#metadata.read = { budget, parts };
    if (ladder) this.#metadata.ladder = ladder;
  }

  /** A problem whose whole answer was shown is a card for tomorrow. Without it the answer is as good. */
  async #comeBack({ status }: Ending): Promise<void> {
    const { ladder } = this.#metadata;
    const { opened, db } = this.#params;
    const back = messageText(this.#builder.parts).trim();
    if (status !== 'done' || ladder?.rung !== HINT_RUNGS.length || back === '') return;
    // Where the notes hold nothing, there is no answer to come back to.
    if (foundNothing(this.#builder.parts)) return;
    const given = opened.history.find(({ id }) => id === ladder.problemId);
    const front = given ? messageText(toParts(given.parts)) : opened.text;
    try {
      const retry = await scheduleRetry(db, { guid: `retry-${ladder.problemId}`, front, back });
      if (retry) this.#metadata.retry = retry;
    } catch (err) {
      logger().warn({ err, traceId: this.#params.traceId }, 'a problem does not come back as a card');
    }
  }

  /** What failed; of a server that fell silent in the middle, the student has a part of the answer. */
  #broken(failure: AppError | null, hasText: boolean): AppError | null {
    const isCut = failure?.code === 'model_unavailable' && hasText;
    return isCut ? new AppError('model_interrupted', { cause: failure?.cause }) : failure;
  }

  /** What an answer lacks whose calls were all answered. */
  #missing(hasText: boolean): AppError | null {
    const { finishReason, rawFinishReason } = this.#telemetry.lastCall()?.metadata ?? {};
    const fault = finishFault(String(finishReason), String(rawFinishReason));
    return fault ?? (hasText ? null : new AppError('model_unusable'));
  }

  /** The last chunks: what was cut off is closed, and the page learns how it ended. */
  #end({ status, error }: Ending): void {
    const { opened } = this.#params;
    const metadata = this.#metadata;
    for (const chunk of this.#builder.closingChunks()) this.#emit(chunk);
    const { attachments } = opened;
    const { sees } = this.#dependencies;
    const facts = {
      attachments,
      sees,
      documents: opened.documents,
      parts: this.#builder.parts,
      telemetry: this.#telemetry,
    };
    for (const data of noticesFor(facts)) this.#emit({ type: 'data-notice', data });
    metadata.status = status;
    metadata.usage = this.#telemetry.usage();
    if (error) {
      metadata.errorCode = error.code;
      const latencyMs = performance.now() - this.#startedAt;
      this.#telemetry.record({ eventType: 'error', latencyMs, ok: false, metadata: { code: error.code } });
      // The page stops reading at an error, so what it has to know goes first.
      this.#emit({ type: 'message-metadata', messageMetadata: { ...metadata } });
      // Why a message was declined stands in the answer.
      const errorText = this.#verdict ? ERRORS[error.code].message : error.message;
      this.#emit({ type: 'error', errorText });
    }
    if (status === 'stopped') this.#emit({ type: 'abort', reason: 'stopped' });
    this.#emit({ type: 'finish', messageMetadata: { ...metadata } });
  }

  #log({ status, error }: Ending): void {
    const { opened, userId, traceId } = this.#params;
    const countOf = (type: string) =>
      this.#telemetry.events.filter(({ eventType }) => eventType === type).length;
    const line = {
      traceId,
      userId,
      threadId: opened.threadId,
      messageId: opened.assistantMessageId,
      status,
      code: error?.code,
      latencyMs: Math.round(performance.now() - this.#startedAt),
      firstTextMs: this.#firstTextMs,
      modelCalls: countOf('llm_call'),
      toolCalls: countOf('tool_call'),
      ...this.#metadata.usage,
    };
    countTurn(line);
    recordTurn(line, this.#dependencies.modelId);
    if (!error || this.#verdict) {
      logger().info(line, 'turn');
      return;
    }
    logger().error({ ...line, err: error.cause ?? error }, 'turn');
    captureError(error.cause ?? error, { traceId });
  }

  async #save(): Promise<void> {
    const { opened, traceId } = this.#params;
    // What the provider alone found to need care has named the conversation by now.
    const isCare = this.#verdict?.refuses === false;
    const title = !isCare ? titleFromQuestion(opened.text) : opened.named ? '' : null;
    try {
      await this.#saver.finish(title, this.#telemetry.rows(), this.#mask.kept());
    } catch (cause) {
      logger().error({ err: cause, traceId }, 'an answer could not be saved');
      captureError(cause, { traceId });
    }
  }
}

function recordTurn(
  line: {
    traceId: string;
    latencyMs: number;
    status: string;
    code: string | undefined;
    inputTokens?: number;
    outputTokens?: number;
  },
  model: string,
): void {
  recordSpan({
    name: 'invoke_agent clerva',
    kind: 'internal',
    traceId: line.traceId,
    place: 'turn',
    parent: 'request',
    latencyMs: line.latencyMs,
    ok: line.status !== 'error',
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'clerva',
      'gen_ai.request.model': model,
      'gen_ai.usage.input_tokens': line.inputTokens,
      'gen_ai.usage.output_tokens': line.outputTokens,
      'clerva.status': line.status,
      'error.type': line.code,
    },
  });
}
