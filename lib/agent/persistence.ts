import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseClient } from '../db/clients.ts';
import { finishTurn } from '../db/queries/message.ts';
import type { Json } from '../db/types.gen.ts';
import type { QuizItem } from '../domain/quiz.ts';
import { AppError } from '../errors.ts';
import { logger } from '../observability/logger.ts';
import type { TelemetryRow } from '../observability/telemetry.ts';
import type { MaskNumbers } from '../privacy/mask.ts';
import { isToolFailure } from '../tools/tool-failure.ts';
import { answerBatch } from './answer-batch.ts';
import type { ClervaPart, Metadata } from './messages.ts';

/** How much of an answer a killed process may lose while the database keeps up. */
const SAVE_INTERVAL_MS = 2_000;
/**
 * A tool's result is kept sooner, though not at once: the embedded database answers one request at a time, and what the
 * next words need must not wait behind a save. A turn that is over by then is saved once, at its end.
 */
const BOUNDARY_DELAY_MS = 300;
/** An answer that is silent for 15 seconds counts as abandoned, so a long model call says that it is still at work. */
const HEARTBEAT_MS = 5_000;
const LAST_SAVE_WAITS_MS = [0, 1_000, 3_000, 6_000, 12_000];
/** What is kept of a passage that no citation stands on: enough to recognise it by. */
const UNCITED_CHARACTERS = 160;

/** Without parts it only says that the answer is still being written. */
export type AnswerDraft = { parts: Json | null; metadata: Metadata };

/** How answers reach the store. A test keeps them in memory. */
export type MessageStore = {
  /** Asks for what is to be kept when its turn comes. False when the answer is no longer being written, because it was stopped elsewhere. */
  save(draft: () => AnswerDraft | null): Promise<boolean>;
  finish(
    parts: Json,
    metadata: Metadata,
    title: string | null,
    telemetry: TelemetryRow[],
    mask?: MaskNumbers | null,
  ): Promise<void>;
};

export function databaseStore(
  db: DatabaseClient,
  { messageId, userId }: { messageId: string; userId: string },
): MessageStore {
  return {
    save: (draft) =>
      answerBatch().save(() => {
        const answer = draft();
        return answer && { messageId, userId, ...answer };
      }),
    finish: (parts, metadata, title, telemetry, mask = null) =>
      finishTurn(db, { messageId, parts, status: metadata.status, metadata, title, telemetry, mask }),
  };
}

/** A student may read it: what tells the answer to a question stays with the quiz until it was answered. */
const questionOnly = ({
  answer: _answer,
  explanation: _explanation,
  source: _source,
  words: _words,
  foes: _foes,
  right: _right,
  sources: _sources,
  choices,
  ...question
}: QuizItem) => ({
  ...question,
  choices: choices.map(({ id, text }) => ({ id, text })),
});

/** A part as the page gets it and as it is stored. */
export function withoutKeys(part: ClervaPart): ClervaPart {
  const isQuiz = part.type === 'tool-generateQuiz' && part.state === 'output-available';
  if (!isQuiz || isToolFailure(part.output)) return part;
  const items = part.output.items.map(questionOnly);
  // The page reads no more of an item than what is left of it.
  return { ...part, output: { ...part.output, items } } as ClervaPart;
}

/**
 * The parts as they are stored. Ten passages of a search are 20 kB that every later turn would load again, so those that
 * no citation stands on are kept by their beginning. Their numbers and places stay, which is what later turns need.
 */
export function storedParts(parts: readonly ClervaPart[]): Json {
  const cited = new Set(
    parts.filter((part) => part.type === 'data-citation').map(({ data }) => `${data.docId}:${data.chunkOrd}`),
  );
  const stored = parts.map(withoutKeys).map((part) => {
    if (part.type !== 'tool-searchNotes' || part.state !== 'output-available' || isToolFailure(part.output)) {
      return part;
    }
    const chunks = part.output.chunks.map((chunk) =>
      cited.has(`${chunk.docId}:${chunk.ord}`)
        ? chunk
        : { ...chunk, text: chunk.text.slice(0, UNCITED_CHARACTERS) },
    );
    return { ...part, output: { ...part.output, chunks } };
  });
  // Parts are plain data from a stream of JSON; a copy also keeps later changes out of a save under way.
  return JSON.parse(JSON.stringify(stored, (_key, value) => storable(value))) as Json;
}

/**
 * The database refuses NUL and halves of a surrogate pair, and one of either would lose the whole answer: a model may
 * write the first, and cutting a text at a length leaves the second. Each becomes one other character, so that offsets
 * into the text still hold.
 */
function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value;
}

type SaverOptions = {
  store: MessageStore;
  parts(): readonly ClervaPart[];
  metadata(): Metadata;
  /** Called when a save finds that the answer was stopped elsewhere. */
  onStoppedElsewhere(): void;
};

/**
 * Saves an answer beside its stream: soon after a tool answered, within two seconds of what is written, and otherwise
 * every five as a sign of life, one at a time. A failed save is logged and made good by the next; it never disturbs the stream.
 */
export class AnswerSaver {
  readonly #options: SaverOptions;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #underWay: Promise<void> | undefined;
  #isDue = false;
  #isChanged = false;
  #isSent = false;
  #isClosed = false;

  constructor(options: SaverOptions) {
    this.#options = options;
    this.#saveWithin(HEARTBEAT_MS);
  }

  /** Something was written: saved within two seconds. */
  touch(): void {
    this.#isChanged = true;
    this.#saveWithin(SAVE_INTERVAL_MS);
  }

  /** A tool answered: worth keeping soon. */
  boundary(): void {
    this.#isChanged = true;
    this.#saveWithin(BOUNDARY_DELAY_MS);
  }

  #saveWithin(milliseconds: number): void {
    const dueAt = performance.now() + milliseconds;
    if (this.#isClosed || (this.#timer && this.#dueAt <= dueAt)) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => this.#saveNow(), milliseconds).unref();
  }

  /** While a save is under way the next waits for it. */
  #saveNow(): void {
    if (this.#isClosed) return;
    if (this.#underWay) {
      this.#isDue = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#underWay = this.#save().finally(() => {
      this.#underWay = undefined;
      if (!this.#isDue) return this.#saveWithin(HEARTBEAT_MS);
      this.#isDue = false;
      this.#saveNow();
    });
  }

  /**
   * The last save, after which nothing is saved any more. It is what the student comes back to: tried again at once, and
   * while the database is away for as long as a restart of it takes.
   */
  async finish(title: string | null, telemetry: TelemetryRow[], mask: MaskNumbers | null): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    if (this.#isSent) await this.#underWay;
    const { store, parts, metadata } = this.#options;
    for (const [attempt, waitMs] of LAST_SAVE_WAITS_MS.entries()) {
      try {
        return await store.finish(storedParts(parts()), metadata(), title, telemetry, mask);
      } catch (error) {
        const isAway = error instanceof AppError && error.retryable;
        if (attempt > 0 && !isAway) throw error;
        const { traceId } = metadata();
        logger().warn({ err: error, traceId }, 'last save of a turn failed, trying once more');
        await sleep(waitMs);
      }
    }
    await store.finish(storedParts(parts()), metadata(), title, telemetry, mask);
  }

  async #save(): Promise<void> {
    const { store, parts, metadata, onStoppedElsewhere } = this.#options;
    let isChanged = false;
    const draft = () => {
      if (this.#isClosed) return null;
      isChanged = this.#isChanged;
      this.#isChanged = false;
      this.#isSent = true;
      return { parts: isChanged ? storedParts(parts()) : null, metadata: metadata() };
    };
    try {
      if (!(await store.save(draft))) onStoppedElsewhere();
    } catch (error) {
      logger().warn({ err: error, traceId: metadata().traceId }, 'a partial save of a turn failed');
      if (isChanged) this.touch();
    } finally {
      this.#isSent = false;
    }
  }
}
