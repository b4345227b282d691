import { setTimeout as sleep } from 'node:timers/promises';
import { createResumableStreamContext, type ResumableStreamContext } from 'resumable-stream/generic';
import { type Broadcast, memoryBroadcast } from './broadcast.ts';

/** A turn that this process is running. */
type RunningTurn = {
  userId: string;
  threadId: string;
  messageId: string;
  stop(): void;
  cancel(toolCallId: string): boolean;
  /** Resolves once the turn's last save is done. */
  finished: Promise<unknown>;
};

/** How long a stop waits for the answer's last save, so that the next question does not find it still being written. */
const STOP_WAIT_MS = 4_000;

const stopChannel = (messageId: string) => `clerva:stop:${messageId}`;
/** On that channel: the whole answer is stopped. Anything else is the id of a call. */
const WHOLE = '';
/** Nobody's call: only asks who listens. */
const PROBE = ' ';
const KEY_PREFIX = 'clerva';
/** Where the library notes that a stream is being written. */
const sentinel = (messageId: string) => `${KEY_PREFIX}:rs:sentinel:${messageId}`;
const SENTINEL_SECONDS = 24 * 60 * 60;
/** How long a turn is looked for after the way to it was away: its process has to say again that it runs. */
const REJOIN_MS = 3_000;
const REJOIN_POLL_MS = 200;
/** So many answers at a time leave hundreds of megabytes behind; it is quiet when hardly any was written for a while. */
const MANY = 100;
const FEW = 10;
const QUIET_MS = 15_000;
/** How often a follower looks whether the end passed unheard. */
const END_CHECK_MS = 2_000;

const contextOver = ({ publisher, subscriber }: Broadcast): ResumableStreamContext =>
  createResumableStreamContext({
    publisher,
    subscriber,
    keyPrefix: KEY_PREFIX,
    doneWatchdogIntervalMs: END_CHECK_MS,
    // The server process stays alive by itself; where a platform suspends it, the route keeps it awake.
    waitUntil: (promise) => void promise,
  });

/**
 * The turns of this process, and the way to follow or stop one from another request, another device or another process.
 * A client that goes away stops nothing: only `stop` does.
 */
export class TurnStreams {
  readonly #running = new Map<string, RunningTurn>();
  readonly #broadcast: Broadcast;
  readonly #resumable: ResumableStreamContext;
  /** Of this process alone: who follows a turn here needs nothing else. */
  readonly #own: ResumableStreamContext;
  readonly #followers = new Set<() => void>();
  readonly #onFailure: (error: unknown) => void;
  readonly #whenQuiet: () => void;
  #wasBusy = false;
  #quiet: NodeJS.Timeout | undefined;

  /** `whenQuiet` is called once after many answers, when they are over. */
  constructor(
    broadcast: Broadcast,
    onFailure: (error: unknown) => void,
    whenQuiet: () => void = () => undefined,
  ) {
    this.#broadcast = broadcast;
    this.#whenQuiet = whenQuiet;
    this.#onFailure = onFailure;
    this.#resumable = contextOver(broadcast);
    this.#own = broadcast.isWithinProcess ? this.#resumable : contextOver(memoryBroadcast());
    broadcast.onReturn(() => {
      for (const id of this.#running.keys()) {
        broadcast.publisher.set(sentinel(id), '1', { EX: SENTINEL_SECONDS }).catch(onFailure);
      }
      for (const rejoin of this.#followers) rejoin();
    });
  }

  register(turn: RunningTurn): void {
    const channel = stopChannel(turn.messageId);
    const { subscriber } = this.#broadcast;
    this.#running.set(turn.messageId, turn);
    this.#wasBusy ||= this.#running.size >= MANY;
    subscriber
      .subscribe(channel, (call) => (call === WHOLE ? turn.stop() : turn.cancel(call)))
      .catch(this.#onFailure);
    turn.finished.catch(this.#onFailure).finally(() => {
      this.#running.delete(turn.messageId);
      this.#lookForQuiet();
      subscriber.unsubscribe(channel).catch(this.#onFailure);
    });
  }

  #lookForQuiet(): void {
    if (!this.#wasBusy || this.#running.size > FEW) return;
    this.#quiet ??= setTimeout(() => {
      this.#quiet = undefined;
      if (this.#running.size > FEW) return;
      this.#wasBusy = false;
      this.#whenQuiet();
    }, QUIET_MS);
    this.#quiet.unref();
  }

  /** Makes a turn's events followable from elsewhere. Its own reader does not wait for this. */
  publish(messageId: string, events: ReadableStream<string>): void {
    const write = (context: ResumableStreamContext, copy: ReadableStream<string>) =>
      context
        .createNewResumableStream(messageId, () => copy)
        .then((unread) => unread?.cancel())
        .catch(this.#onFailure);
    if (this.#own === this.#resumable) return void write(this.#own, events);
    const [own, others] = events.tee();
    write(this.#own, own);
    write(this.#resumable, others);
  }

  /** The events of a running turn from their beginning; null when it is over, or unknown. */
  async resume(messageId: string): Promise<ReadableStream<string> | null> {
    try {
      if (this.#running.has(messageId)) return (await this.#own.resumeExistingStream(messageId)) ?? null;
      const events = await this.#resumable.resumeExistingStream(messageId);
      return events ? this.#rejoining(messageId, events) : null;
    } catch (error) {
      // Without it the page shows what is stored, which is at most two seconds behind.
      this.#onFailure(error);
      return null;
    }
  }

  /** Events from another process, taken up where they were left when the way to it was away. */
  #rejoining(messageId: string, events: ReadableStream<string>): ReadableStream<string> {
    let reader = events.getReader();
    let heard = 0;
    let isLost = false;
    const rejoin = () => {
      isLost = true;
      reader.cancel().catch(this.#onFailure);
    };
    this.#followers.add(rejoin);
    return new ReadableStream<string>({
      pull: async (controller) => {
        for (;;) {
          const { done, value } = await reader.read();
          if (!done) {
            heard += value.length;
            return controller.enqueue(value);
          }
          const again = isLost ? await this.#findAgain(messageId, heard) : null;
          isLost = false;
          if (!again) break;
          reader = again.getReader();
        }
        this.#followers.delete(rejoin);
        controller.close();
      },
      cancel: async () => {
        this.#followers.delete(rejoin);
        await reader.cancel();
      },
    });
  }

  async #findAgain(messageId: string, heard: number): Promise<ReadableStream<string> | null> {
    for (
      const until = performance.now() + REJOIN_MS;
      performance.now() < until;
      await sleep(REJOIN_POLL_MS)
    ) {
      // Null is over. What is not known, or does not answer, may not have said yet that it runs.
      const events = await this.#resumable.resumeExistingStream(messageId, heard).catch(() => undefined);
      if (events !== undefined) return events;
    }
    return null;
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

  /** After how many seconds of silence nobody runs a turn any more, because its process was killed; null: it may run. */
  async deadAfterSeconds(messageId: string): Promise<number | null> {
    if (this.#running.has(messageId)) return null;
    const seconds = this.#broadcast.deadAfterSeconds();
    if (seconds === null) return null;
    return (await this.#broadcast.publisher.publish(stopChannel(messageId), PROBE)) === 0 ? seconds : null;
  }

  /**
   * Stops a turn wherever it runs. `done`: it ran here and its last save is made. `told`: another process was told.
   * `unknown`: nobody runs it. Whether the caller may stop it is for the caller to know.
   */
  async stop(messageId: string): Promise<'done' | 'told' | 'unknown'> {
    const turn = this.#running.get(messageId);
    if (!turn) {
      const listeners = await this.#broadcast.publisher.publish(stopChannel(messageId), WHOLE);
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

  /** Ends one call of a tool of a running turn, wherever it runs; false when nobody runs it. */
  async cancel(messageId: string, toolCallId: string): Promise<boolean> {
    const turn = this.#running.get(messageId);
    if (turn) return turn.cancel(toolCallId);
    return Number((await this.#broadcast.publisher.publish(stopChannel(messageId), toolCallId)) ?? 0) > 0;
  }

  /** Turns running in this process, for its readiness report. */
  get size(): number {
    return this.#running.size;
  }
}
