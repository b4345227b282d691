import { createResumableStreamContext, type ResumableStreamContext } from 'resumable-stream/generic';
import type { Broadcast } from './broadcast.ts';

/** A turn that this process is running. */
type RunningTurn = {
  userId: string;
  threadId: string;
  messageId: string;
  stop(): void;
  /** Resolves once the turn's last save is done. */
  finished: Promise<unknown>;
};

/** How long a stop waits for the answer's last save, so that the next question does not find it still being written. */
const STOP_WAIT_MS = 4_000;

const stopChannel = (messageId: string) => `clerva:stop:${messageId}`;

/**
 * The turns of this process, and the way to follow or stop one from another request, another device or another process.
 * A client that goes away stops nothing: only `stop` does.
 */
export class TurnStreams {
  readonly #running = new Map<string, RunningTurn>();
  readonly #broadcast: Broadcast;
  readonly #resumable: ResumableStreamContext;
  readonly #onFailure: (error: unknown) => void;

  constructor(broadcast: Broadcast, onFailure: (error: unknown) => void) {
    this.#broadcast = broadcast;
    this.#onFailure = onFailure;
    // The server process stays alive by itself; where a platform suspends it, the route keeps it awake.
    this.#resumable = createResumableStreamContext({
      ...broadcast,
      keyPrefix: 'clerva',
      waitUntil: (promise) => void promise,
    });
  }

  register(turn: RunningTurn): void {
    const channel = stopChannel(turn.messageId);
    const { subscriber } = this.#broadcast;
    this.#running.set(turn.messageId, turn);
    subscriber.subscribe(channel, () => turn.stop()).catch(this.#onFailure);
    turn.finished.catch(this.#onFailure).finally(() => {
      this.#running.delete(turn.messageId);
      subscriber.unsubscribe(channel).catch(this.#onFailure);
    });
  }

  /** Makes a turn's events followable from elsewhere. Its own reader does not wait for this. */
  publish(messageId: string, events: ReadableStream<string>): void {
    this.#resumable
      .createNewResumableStream(messageId, () => events)
      .then((copy) => copy?.cancel())
      .catch(this.#onFailure);
  }

  /** The events of a running turn from their beginning; null when it is over, or unknown. */
  async resume(messageId: string): Promise<ReadableStream<string> | null> {
    try {
      return (await this.#resumable.resumeExistingStream(messageId)) ?? null;
    } catch (error) {
      // Without it the page shows what is stored, which is at most two seconds behind.
      this.#onFailure(error);
      return null;
    }
  }

  /** Whether `resume` would give events. */
  async canResume(messageId: string): Promise<boolean> {
    if (this.#running.has(messageId)) return true;
    try {
      return (await this.#resumable.hasExistingStream(messageId)) === true;
    } catch (error) {
      this.#onFailure(error);
      return false;
    }
  }

  /**
   * Stops a turn wherever it runs. `done`: it ran here and its last save is made. `told`: another process was told.
   * `unknown`: nobody runs it. Whether the caller may stop it is for the caller to know.
   */
  async stop(messageId: string): Promise<'done' | 'told' | 'unknown'> {
    const turn = this.#running.get(messageId);
    if (!turn) {
      const listeners = await this.#broadcast.publisher.publish(stopChannel(messageId), 'stop');
      return Number(listeners ?? 0) > 0 ? 'told' : 'unknown';
    }
    turn.stop();
    const waited = new AbortController();
    const timeout = new Promise((resolve) => {
      const timer = setTimeout(resolve, STOP_WAIT_MS);
      waited.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    await Promise.race([turn.finished.catch(() => undefined), timeout]);
    waited.abort();
    return 'done';
  }

  /** Turns running in this process, for its readiness report. */
  get size(): number {
    return this.#running.size;
  }
}
