import { createServiceClient } from '../db/clients.ts';
import { type PartialAnswer, saveAnswers } from '../db/queries/message.ts';
import { AppError } from '../errors.ts';
import { processState } from '../process-state.ts';

/** So many calls of a second at most, however many answers are being written. */
const SHORTEST_PAUSE_MS = 250;
/**
 * The next call waits this many times as long as the last one took: a database that is behind is asked less, so that a
 * thousand open answers leave it room for new questions. Never longer than keeps an answer from counting as abandoned.
 */
const PAUSE_FACTOR = 4;
const LONGEST_PAUSE_MS = 5_000;
/** What one call carries. */
const MOST_ANSWERS = 200;
const MOST_CHARACTERS = 1_000_000;

/** The answer as it stands when its turn comes; null when it is over and kept by then. */
export type Draft = () => PartialAnswer | null;
type Settle = { resolve(isStillWritten: boolean): void; reject(error: unknown): void };
type Sent = { answer: PartialAnswer; settle: Settle };

/**
 * Saves together what falls due at about the same time in all answers that this process writes: a call for each of a thousand
 * would leave neither the database nor the process room for anything else.
 */
export class AnswerBatch {
  /** Gives the answers that nobody may write any more. */
  readonly #save: (answers: PartialAnswer[]) => Promise<ReadonlySet<string>>;
  readonly #waiting: { draft: Draft; settle: Settle }[] = [];
  #isAtWork = false;

  constructor(save: (answers: PartialAnswer[]) => Promise<ReadonlySet<string>>) {
    this.#save = save;
  }

  /** False when the answer is no longer being written, because it was stopped elsewhere. */
  save(draft: Draft): Promise<boolean> {
    const { promise, ...settle } = Promise.withResolvers<boolean>();
    this.#waiting.push({ draft, settle });
    if (!this.#isAtWork) void this.#work();
    return promise;
  }

  async #work(): Promise<void> {
    this.#isAtWork = true;
    while (this.#waiting.length > 0) {
      const begunAt = performance.now();
      while (this.#waiting.length > 0) await this.#send(this.#next());
      const pauseMs = (performance.now() - begunAt) * PAUSE_FACTOR;
      await new Promise<void>((next) =>
        setTimeout(next, Math.min(Math.max(pauseMs, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS)).unref(),
      );
    }
    this.#isAtWork = false;
  }

  #next(): Sent[] {
    const batch: Sent[] = [];
    for (let characters = 0; batch.length < MOST_ANSWERS && characters < MOST_CHARACTERS; ) {
      const next = this.#waiting.shift();
      if (!next) break;
      // One that cannot be put together keeps no other from being saved.
      try {
        const answer = next.draft();
        if (!answer) {
          next.settle.resolve(true);
          continue;
        }
        characters += JSON.stringify(answer.parts).length;
        batch.push({ answer, settle: next.settle });
      } catch (error) {
        next.settle.reject(error);
      }
    }
    return batch;
  }

  async #send(batch: Sent[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      const over = await this.#save(batch.map(({ answer }) => answer));
      for (const { answer, settle } of batch) settle.resolve(!over.has(answer.messageId));
    } catch (error) {
      // One that is refused for what it holds takes no other with it.
      const isOfOne = batch.length > 1 && !(error instanceof AppError && error.retryable);
      if (isOfOne) for (const alone of batch) await this.#send([alone]);
      else for (const { settle } of batch) settle.reject(error);
    }
  }
}

/** Of this process. It writes for many students in one call, so it acts with every right and names whose each answer is. */
export const answerBatch = (): AnswerBatch =>
  processState(
    'answer-batch',
    () => new AnswerBatch((answers) => saveAnswers(createServiceClient(), answers)),
  );
