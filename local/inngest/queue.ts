import type { Clock } from './clock.ts';
import { createGate, type Gate } from './gate.ts';
import type { Job, JobStore, ReadyCall } from './store/jobs.ts';

/** Node fires a timer at once when its delay does not fit 32 bits, so long waits are taken in pieces. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** What a call needs before it may be made: a free slot in each of its limits, and its app being there. */
export type Admission = { limits: { key: string; limit: number }[]; origin: string };

/** `unmade`: there was no call to make after all, so nothing is known about the app. */
export type CallReport = { app: 'answered' } | { app: 'unmade' } | { app: 'away'; reason: string };

export type QueueOptions = {
  jobs: JobStore;
  clock: Clock;
  maxParallelCalls: number;
  gateDelaysMs: readonly number[];
  admissionOf(call: ReadyCall): Admission;
  /** Makes the call, stores what came of it, and reports what that says about the app. Never rejects. */
  makeCall(jobId: number): Promise<CallReport>;
  settleTimers(due: Job[]): void;
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
export function createQueue(options: QueueOptions) {
  const { jobs, clock } = options;
  const waiting: WaitingCall[] = [];
  const taken = new Map<string, number>();
  const discovering = new Set<string>();
  const inFlight = new Set<Promise<void>>();
  const gates = new Map<string, Gate>();
  let timer: NodeJS.Timeout | undefined;
  let isWakePlanned = false;
  let isClosed = false;

  const gateOf = (origin: string): Gate => {
    const known = gates.get(origin);
    if (known) return known;
    const gate = createGate(options.gateDelaysMs, wake);
    gates.set(origin, gate);
    return gate;
  };

  function enqueue(call: ReadyCall): void {
    const entry = { ...call, ...options.admissionOf(call) };
    let low = 0;
    let high = waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = waiting[middle];
      if (other && comesBefore(other, entry)) low = middle + 1;
      else high = middle;
    }
    waiting.splice(low, 0, entry);
  }

  function hasSlots(call: WaitingCall): boolean {
    // Two discoveries of one run at once could both start the step that comes next.
    if (call.isDiscovery && discovering.has(call.runId)) return false;
    return call.limits.every(({ key, limit }) => (taken.get(key) ?? 0) < limit);
  }

  function occupy(call: WaitingCall, by: 1 | -1): void {
    if (call.isDiscovery && by === 1) discovering.add(call.runId);
    if (call.isDiscovery && by === -1) discovering.delete(call.runId);
    for (const { key } of call.limits) {
      const count = (taken.get(key) ?? 0) + by;
      if (count > 0) taken.set(key, count);
      else taken.delete(key);
    }
  }

  async function perform(call: WaitingCall): Promise<void> {
    const gate = gateOf(call.origin);
    const report = await options.makeCall(call.jobId);
    occupy(call, -1);
    if (isClosed) return;
    if (report.app === 'unmade') gate.passUnused();
    else if (report.app === 'answered' && gate.succeeded()) options.onAppBack();
    else if (report.app === 'away' && gate.failed(report.reason)) options.onAppAway(report.reason);
  }

  function start(call: WaitingCall): void {
    occupy(call, 1);
    const work = perform(call).finally(() => {
      inFlight.delete(work);
      wake();
    });
    inFlight.add(work);
  }

  function startCalls(): void {
    for (let index = 0; index < waiting.length && inFlight.size < options.maxParallelCalls; ) {
      const call = waiting[index];
      if (call && hasSlots(call) && gateOf(call.origin).mayPass()) {
        waiting.splice(index, 1);
        start(call);
      } else {
        index += 1;
      }
    }
  }

  function armTimer(): void {
    clearTimeout(timer);
    const dueAt = jobs.nextDueAt();
    if (dueAt !== null) timer = setTimeout(wake, Math.max(0, Math.min(dueAt - clock.now(), MAX_TIMER_MS)));
  }

  function turn(): void {
    isWakePlanned = false;
    if (isClosed) return;
    const now = clock.now();
    const due = jobs.dueTimers(now);
    if (due.length) options.settleTimers(due);
    for (const call of jobs.takeDueCalls(now)) enqueue(call);
    startCalls();
    armTimer();
  }

  /** Says that there may be something to do. Any number of these in one go cost one look. */
  function wake(): void {
    if (isWakePlanned || isClosed) return;
    isWakePlanned = true;
    setImmediate(turn);
  }

  return {
    wake,

    state: () => ({
      waiting: waiting.length,
      inFlight: inFlight.size,
      away: [...gates].flatMap(([origin, gate]) => {
        const reason = gate.awayBecause();
        return reason ? [{ origin, reason }] : [];
      }),
    }),

    /** Reports a sign of life of an app that did not come from a call, such as its registration. */
    appAnswered: (origin: string): void => {
      if (gateOf(origin).succeeded()) wake();
    },

    /** Starts nothing more, and gives the calls under way a moment to be answered and stored. */
    async close(graceMs: number): Promise<void> {
      isClosed = true;
      clearTimeout(timer);
      for (const gate of gates.values()) gate.close();
      const grace = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.allSettled(inFlight), grace]);
      clearTimeout(timer);
    },
  };
}
