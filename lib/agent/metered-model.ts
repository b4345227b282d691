import { wrapLanguageModel } from 'ai';
import type { Provider } from '../domain/turn.ts';
import { AppError } from '../errors.ts';
import { modelFault } from '../model-faults.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { Mask } from '../privacy/mask.ts';
import { maskedModel, streamOf } from './masked-model.ts';
import { type ChatModel, providerOf } from './model.ts';

/** A student waits no longer than this in silence; what asks for more is told, with the time. */
const MOST_WAIT_SECONDS = 5;
/** What one call may write: text, a tool's arguments, tools at a time. Beyond it nobody reads on. */
export const CALL_BOUNDS = { textCharacters: 200_000, argumentCharacters: 400_000, toolCalls: 8 } as const;
/** Of a call that is too large this much is kept, so that it is seen not to hold. */
const KEPT_ARGUMENTS = 200;
/** What a token is about, where nobody counted. */
const CHARACTERS_PER_TOKEN = 4;

type WrappedModel = ReturnType<typeof wrapLanguageModel>;
type CallOptions = Parameters<WrappedModel['doStream']>[0];
type Streamed = Awaited<ReturnType<WrappedModel['doStream']>>['stream'];
type StreamPart = Streamed extends ReadableStream<infer Part> ? Part : never;
type Finish = Pick<Extract<StreamPart, { type: 'finish' }>, 'usage' | 'finishReason'>;

type Books = {
  telemetry: Telemetry;
  modelId: string;
  /** What stands between the model and the people its texts speak of. */
  mask: Mask;
  /** Names what the calls are for. */
  metadata?: Record<string, string>;
};

/**
 * The model as a turn uses it: every call stands in the books however it ends, none writes without bound, its events
 * come in an order that a reader can follow, and a failure that a short wait does not mend is told at once.
 */
export function meteredModel(model: ChatModel, given: Books): WrappedModel {
  const books = { provider: providerOf(model), ...given };
  return wrapLanguageModel({
    model: maskedModel(model, books.mask),
    middleware: {
      specificationVersion: 'v4',
      wrapGenerate: async ({ doGenerate, params }) => {
        const call = new MeteredCall(books, params);
        const result = await call.begin(doGenerate);
        call.finish(result);
        return result;
      },
      wrapStream: async ({ doStream, params }) => {
        const call = new MeteredCall(books, params);
        const result = await call.begin(doStream);
        return { ...result, stream: streamOf(call.parts(inOrder(result.stream))) };
      },
    },
  });
}

/** One call of the model: how much it wrote, and its one row in the books. */
class MeteredCall {
  readonly #books: Books & { provider: Provider };
  readonly #params: CallOptions;
  readonly #startedAt = performance.now();
  #firstOutputMs: number | null = null;
  readonly #toolCalls = new Set<string | undefined>();
  #written = 0;
  #isRecorded = false;

  constructor(books: Books & { provider: Provider }, params: CallOptions) {
    this.#books = books;
    this.#params = params;
    // Recorded in the moment it is stopped: what comes later may find the turn saved.
    params.abortSignal?.addEventListener('abort', () => this.#record({ reason: 'aborted' }), { once: true });
  }

  async begin<Result>(ask: () => PromiseLike<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      return this.#refuse(error);
    }
  }

  /** The call did not begin. What a server refuses is not paid for; what broke on the way may be. */
  #refuse(error: unknown): never {
    const isRefused = Number(Reflect.get(Object(error), 'statusCode')) >= 400;
    this.#record({ reason: 'error', ...(isRefused && { inputTokens: 0, outputTokens: 0 }) });
    if (this.#params.abortSignal?.aborted) throw error;
    const fault = modelFault(error, this.#books.provider);
    const isWorthAWait = fault.retryable && (fault.retryAfterSeconds ?? 0) <= MOST_WAIT_SECONDS;
    throw isWorthAWait ? error : fault;
  }

  finish({ usage, finishReason: { unified, raw } }: Finish): void {
    this.#record({
      reason: unified,
      raw,
      inputTokens: usage.inputTokens.total,
      outputTokens: usage.outputTokens.total,
      cachedInputTokens: usage.inputTokens.cacheRead,
    });
  }

  /** The parts of the answer within their bounds. */
  async *parts(stream: AsyncIterable<StreamPart>): AsyncGenerator<StreamPart> {
    let text = 0;
    try {
      for await (const part of stream) {
        if ('delta' in part) this.#wrote(part.delta.length);
        if (part.type === 'finish') this.finish(part);
        if (part.type === 'text-delta') {
          const left = CALL_BOUNDS.textCharacters - text;
          text += part.delta.length;
          if (part.delta.length >= left) {
            yield { ...part, delta: part.delta.slice(0, left) };
            yield* this.#cutShort(part.id);
            return;
          }
        }
        if (this.#admits(part)) yield part.type === 'tool-call' ? bounded(part) : part;
      }
    } catch (error) {
      this.#record({ reason: 'interrupted' });
      throw this.#params.abortSignal?.aborted ? error : modelFault(error, this.#books.provider);
    } finally {
      this.#record({ reason: 'interrupted' });
    }
  }

  /** Only so many tools at a time, and none where none may be called: some models call one all the same. */
  #admits(part: StreamPart): boolean {
    if (!part.type.startsWith('tool-')) return true;
    const id = 'toolCallId' in part ? part.toolCallId : 'id' in part ? part.id : '';
    const most = this.#params.toolChoice?.type === 'none' ? 0 : CALL_BOUNDS.toolCalls;
    if (this.#toolCalls.size < most) this.#toolCalls.add(id);
    return this.#toolCalls.has(id);
  }

  #wrote(characters: number): void {
    this.#firstOutputMs ??= Math.round(performance.now() - this.#startedAt);
    this.#written += characters;
    // One line without end is held in memory before it is a part, but no further.
    if (this.#written > 2 * CALL_BOUNDS.argumentCharacters) throw new AppError('model_unusable');
  }

  *#cutShort(id: string): Generator<StreamPart> {
    const none = { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined };
    const usage = {
      inputTokens: none,
      outputTokens: { total: undefined, text: undefined, reasoning: undefined },
    };
    const finish = { usage, finishReason: { unified: 'length' as const, raw: 'text_bound' } };
    this.finish(finish);
    yield { type: 'text-end', id };
    yield { type: 'finish', ...finish };
  }

  #record(end: {
    reason: string;
    raw?: string | undefined;
    inputTokens?: number | undefined;
    outputTokens?: number | undefined;
    cachedInputTokens?: number | undefined;
  }): void {
    if (this.#isRecorded) return;
    this.#isRecorded = true;
    const { telemetry, modelId, metadata } = this.#books;
    const isEstimated = end.inputTokens === undefined || end.outputTokens === undefined;
    telemetry.record({
      eventType: 'llm_call',
      model: modelId,
      latencyMs: performance.now() - this.#startedAt,
      inputTokens: end.inputTokens ?? tokensOf(JSON.stringify(this.#params.prompt).length),
      outputTokens: end.outputTokens ?? tokensOf(this.#written),
      ok: !['error', 'interrupted', 'aborted'].includes(end.reason),
      metadata: {
        ...metadata,
        finishReason: end.reason,
        rawFinishReason: end.raw ?? null,
        firstOutputMs: this.#firstOutputMs,
        cachedInputTokens: end.cachedInputTokens ?? null,
        ...(isEstimated && { estimated: true }),
      },
    });
  }
}

const tokensOf = (characters: number) => Math.ceil(characters / CHARACTERS_PER_TOKEN);

type ToolCall = Extract<StreamPart, { type: 'tool-call' }>;

/** Arguments too large for any tool would be sent back to the model with every later call, and stored. */
const bounded = (call: ToolCall): ToolCall =>
  call.input.length <= CALL_BOUNDS.argumentCharacters
    ? call
    : { ...call, input: `${call.input.slice(0, KEPT_ARGUMENTS)}… (cut: ${call.input.length} characters)` };

/**
 * The parts with a beginning before every piece and an end after it. Some servers leave one out or send it late, which
 * readers of the stream do not bear.
 */
async function* inOrder(stream: Streamed): AsyncGenerator<StreamPart> {
  const open = new Set<string>();
  for await (const part of stream) {
    const [, kind, place] = /^(text|reasoning|tool-input)-(start|delta|end)$/.exec(part.type) ?? [];
    if (kind === undefined || !('id' in part) || part.id === undefined) {
      yield part;
      continue;
    }
    const key = `${kind}:${part.id}`;
    const isOpen = open.has(key);
    if (place === 'start' ? isOpen : place === 'end' && !isOpen) continue;
    if (place === 'delta' && !isOpen) {
      if (kind === 'tool-input') continue;
      open.add(key);
      yield { type: kind === 'text' ? 'text-start' : 'reasoning-start', id: part.id };
    }
    if (place === 'start') open.add(key);
    if (place === 'end') open.delete(key);
    yield part;
  }
}
