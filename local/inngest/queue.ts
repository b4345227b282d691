import type { Clock } from './clock.ts';
import { createGate, type Gate } from './gate.ts';
import { DISCOVERY, type Job, type JobStore, type ReadyCall } from './store/jobs.ts';

/** Node fires a timer at once when its delay does not fit 32 bits, so long waits are taken in pieces. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** What a call needs before it may be made: a free slot in each of its limits, and its app being there. */
export type Admission = { limits: { key: string; limit: number }[]; origin: string };

/** `unmade`: there was no call to make after all, so nothing is known about the app. */
export type CallReport = { app: 'answered' } | { app: 'unmade' } | { app: 'away'; reason: string };

export type QueueSettings = {
  maxParallelCalls: number;
  /** Waits between probes of an app that is away; the last one repeats. */
  gateDelaysMs: readonly number[];
};

type QueueParts = {
  jobs: JobStore;
  clock: Clock;
  admissionOf(call: ReadyCall): Admission;
  /** Makes the call, stores what came of it, and reports what that says about the app. Never rejects. */
  makeCall(jobId: number): Promise<CallReport>;
  settleTimer(due: Job): void;
  onAppAway(reason: string): void;
  onAppBack(): void;
};

type WaitingCall = ReadyCall & Admission;

function comesBefore(left: ReadyCall, right: ReadyCall): boolean {
  if (left.sortKey !== right.sortKey) return left.sortKey < right.sortKey;
  if (left.runId !== right.runId) return left.runId < right.runId;
  return left.jobId < right.jobId;
}

/**
 * Decides what happens next. Due jobs come from the store by one timer set to the earliest of them, never by polling.
 * Calls of older runs go first; one that has no free slot steps aside for those behind it.
 */
export class Queue {
  readonly #settings: QueueSettings;
  readonly #parts: QueueParts;
  readonly #waiting: WaitingCall[] = [];
  readonly #taken = new Map<string, number>();
  readonly #inFlight = new Set<Promise<void>>();
  readonly #gates = new Map<string, Gate>();
  #timer: NodeJS.Timeout | undefined;
  #isWakePlanned = false;
  #isClosed = false;

  constructor(settings: QueueSettings, parts: QueueParts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  /** Says that there may be something to do. Any number of these in one go cost one look. */
  wake(): void {
    if (this.#isWakePlanned || this.#isClosed) return;
    this.#isWakePlanned = true;
    setImmediate(() => this.#turn());
  }

  state() {
    return {
      waiting: this.#waiting.length,
      inFlight: this.#inFlight.size,
      away: [...this.#gates].flatMap(([origin, gate]) => {
        const reason = gate.awayBecause();
        return reason ? [{ origin, reason }] : [];
      }),
    };
  }

  /** Reports a sign of life of an app that did not come from a call, such as its registration. */
  appAnswered(origin: string): void {
    if (this.#gateOf(origin).succeeded()) this.wake();
  }

  /** Starts nothing more, and gives the calls under way a moment to be answered and stored. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const gate of this.#gates.values()) gate.close();
    const grace = Promise.withResolvers<void>();
    const timer = setTimeout(grace.resolve, graceMs);
    await Promise.race([Promise.allSettled(this.#inFlight), grace.promise]);
    clearTimeout(timer);
  }

  #turn(): void {
    this.#isWakePlanned = false;
    if (this.#isClosed) return;
    const { jobs, clock, settleTimer } = this.#parts;
    const now = clock.now();
    for (const job of jobs.dueTimers(now)) settleTimer(job);
    for (const call of jobs.takeDueCalls(now)) this.#enqueue(call);
    this.#startCalls();
    clearTimeout(this.#timer);
    const dueAt = jobs.nextDueAt();
    if (dueAt === null) return;
    this.#timer = setTimeout(() => this.wake(), Math.max(0, Math.min(dueAt - clock.now(), MAX_TIMER_MS)));
  }

  #gateOf(origin: string): Gate {
    const gate = this.#gates.get(origin) ?? createGate(this.#settings.gateDelaysMs, () => this.wake());
    this.#gates.set(origin, gate);
    return gate;
  }

  #enqueue(call: ReadyCall): void {
    const { limits, origin } = this.#parts.admissionOf(call);
    // Two discoveries of one run at once could both start the step that comes next.
    const alone = call.stepId === DISCOVERY ? [{ key: `discovery|${call.runId}`, limit: 1 }] : [];
    const entry = { ...call, origin, limits: [...limits, ...alone] };
    let low = 0;
    let high = this.#waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#waiting[middle];
      if (other && comesBefore(other, entry)) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, entry);
  }

  #occupy(call: WaitingCall, by: 1 | -1): void {
    for (const { key } of call.limits) {
      const count = (this.#taken.get(key) ?? 0) + by;
      if (count > 0) this.#taken.set(key, count);
      else this.#taken.delete(key);
    }
  }

  #startCalls(): void {
    const { maxParallelCalls } = this.#settings;
    for (let index = 0; index < this.#waiting.length && this.#inFlight.size < maxParallelCalls; ) {
      const call = this.#waiting[index];
      const hasSlots = call?.limits.every(({ key, limit }) => (this.#taken.get(key) ?? 0) < limit);
      if (call && hasSlots && this.#gateOf(call.origin).mayPass()) {
        this.#waiting.splice(index, 1);
        this.#start(call);
      } else {
        index += 1;
      }
    }
  }

  #start(call: WaitingCall): void {
    this.#occupy(call, 1);
    const work = this.#perform(call).finally(() => {
      this.#inFlight.delete(work);
      this.wake();
    });
    this.#inFlight.add(work);
  }

  async #perform(call: WaitingCall): Promise<void> {
    const gate = this.#gateOf(call.origin);
    const report = await this.#parts.makeCall(call.jobId);
    this.#occupy(call, -1);
    if (this.#isClosed) return;
    if (report.app === 'unmade') gate.passUnused();
    else if (report.app === 'answered' && gate.succeeded()) this.#parts.onAppBack();
    else if (report.app === 'away' && gate.failed(report.reason)) this.#parts.onAppAway(report.reason);
  }
}
