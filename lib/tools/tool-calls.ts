import type { ToolProgress } from '../domain/message.ts';

/** A call of another answer, with what came of it. */
export type EarlierCall = {
  toolName: string;
  input: unknown;
  output: unknown;
  /** It answered the question as it was asked otherwise, which may have wanted something else. */
  isBeside?: boolean;
};

type Options = {
  before?: readonly EarlierCall[];
  /** Calls that the student has just said yes to: those run, whatever was done before. */
  agreed?: readonly string[];
  onProgress?: (toolCallId: string, progress: ToolProgress) => void;
};

/**
 * The calls of one turn: what they say while they run, how one of them is cancelled, and what other answers to the same
 * question have done. A call like one of those gets what that brought, and nothing is done twice.
 */
export class ToolCalls {
  readonly #running = new Map<string, AbortController>();
  readonly #left: EarlierCall[];
  readonly #stoodIn = new Map<string, unknown>();
  readonly #agreed: ReadonlySet<string>;
  readonly #onProgress: Options['onProgress'];

  constructor({ before = [], agreed = [], onProgress }: Options = {}) {
    this.#left = [...before];
    this.#agreed = new Set(agreed);
    this.#onProgress = onProgress;
  }

  /** What was brought before in place of this call; each earlier call stands in once. Undefined where there was none. */
  standIn(toolCallId: string, toolName: string, isSame: (call: EarlierCall) => boolean): unknown {
    if (this.#agreed.has(toolCallId)) return undefined;
    if (this.#stoodIn.has(toolCallId)) return this.#stoodIn.get(toolCallId);
    const at = this.#left.findIndex((call) => call.toolName === toolName && isSame(call));
    const [found] = at === -1 ? [] : this.#left.splice(at, 1);
    if (found) this.#stoodIn.set(toolCallId, found.output);
    return found?.output;
  }

  /** Runs a call until it is done or cancelled. */
  async run<Result>(toolCallId: string, work: (cancelled: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    this.#running.set(toolCallId, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#running.delete(toolCallId);
    }
  }

  /** False when no such call runs. */
  cancel(toolCallId: string): boolean {
    const controller = this.#running.get(toolCallId);
    controller?.abort();
    return controller !== undefined;
  }

  report(toolCallId: string, progress: ToolProgress): void {
    // What was cancelled has nothing more to say.
    if (this.#running.has(toolCallId)) this.#onProgress?.(toolCallId, progress);
  }
}
