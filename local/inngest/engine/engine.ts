import { createClock } from '../clock.ts';
import { parseDuration } from '../duration.ts';
import { keyOf } from '../expressions.ts';
import { seededId, ulid } from '../ids.ts';
import { type CallOptions, callApp } from '../protocol/call.ts';
import type { IncomingEvent } from '../protocol/messages.ts';
import type { FunctionConfig, Registration } from '../protocol/registration.ts';
import { type Admission, type CallReport, Queue, type QueueSettings } from '../queue.ts';
import type { Job, ReadyCall } from '../store/jobs.ts';
import type { Run } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { type EngineContext, maxAttempts } from './context.ts';
import { dispatchEvents } from './dispatch.ts';
import { endRun, queueDiscovery, storeEvent } from './lifecycle.ts';
import { settleCall } from './outcome.ts';
import { createRegistry } from './registry.ts';
import { reconcileSchedules, settleTimer } from './timers.ts';

const DAY_MS = 86_400_000;
const PRUNE_EVERY_CALLS = 500;

export type EngineSettings = QueueSettings &
  Omit<CallOptions, 'signal'> &
  Pick<EngineContext, 'retryDelaysMs' | 'log'> & { keepRuns: number; keepDays: number };

type Reactions = {
  /** The app does not answer; asking it to register shows when it is back, even while the probing call takes long. */
  onAppAway(): void;
  /** The app answers again after it was away; it may have restarted with other functions. */
  onAppBack(): void;
};

const textOf = (error: unknown) => (error instanceof Error ? error.stack : String(error));

/** The executor proper: takes events and registrations in, makes the calls, keeps everything in the store. */
export class Engine {
  readonly clock = createClock();
  readonly registry: EngineContext['registry'];
  readonly queue: Queue;
  readonly #store: Store;
  readonly #settings: EngineSettings;
  readonly #context: EngineContext;
  readonly #aborting = new AbortController();
  #callsSincePrune = 0;

  constructor(store: Store, settings: EngineSettings, reactions: Reactions) {
    const { log, retryDelaysMs } = settings;
    this.#store = store;
    this.#settings = settings;
    this.registry = createRegistry(store);
    this.#context = { store, clock: this.clock, registry: this.registry, retryDelaysMs, log };
    this.queue = new Queue(settings, {
      jobs: store.jobs,
      clock: this.clock,
      admissionOf: (call) => this.#admissionOf(call),
      makeCall: (jobId) => this.#makeCall(jobId),
      settleTimer: (job) => this.#settleTimer(job),
      onAppAway: (reason) => {
        log(`${reason} Calls wait and are made again until it is back.`);
        reactions.onAppAway();
      },
      onAppBack: () => {
        log('The app is back.');
        reactions.onAppBack();
      },
    });
  }

  /** Takes up what an earlier process left. */
  recover(): void {
    this.#commit(() => {
      this.#store.jobs.releaseTaken();
      for (const { id } of this.#store.runs.stranded()) queueDiscovery(this.#context, id);
      reconcileSchedules(this.#context);
    });
    this.#prune();
  }

  /** Stores events and everything they cause before it returns their ids. */
  receive(events: IncomingEvent[], seed: string | null): string[] {
    return this.#commit(() =>
      events.map((incoming, index) => {
        const now = this.clock.now();
        const id = incoming.id ?? (seed ? seededId(seed, index) : null) ?? ulid(now);
        storeEvent(this.#context, { ...incoming, id, ts: incoming.ts ?? now });
        return id;
      }),
    );
  }

  register(registration: Registration): boolean {
    return this.#commit(() => {
      const isChanged = this.registry.replace(registration.app, registration.functions);
      if (isChanged) reconcileSchedules(this.#context);
      return isChanged;
    });
  }

  /** Cancels a run; false when it is not running. */
  cancel(runId: string, reason: string): boolean {
    const run = this.#store.runs.get(runId);
    if (run?.status !== 'running') return false;
    this.#commit(() => endRun(this.#context, run, { status: 'cancelled', reason }));
    return true;
  }

  advance(milliseconds: number): void {
    this.clock.advance(milliseconds);
    this.queue.wake();
  }

  async close(graceMs: number): Promise<void> {
    await this.queue.close(graceMs);
    this.#aborting.abort();
  }

  /** Does some work and everything that follows from it, all or nothing. */
  #commit<Result>(work: () => Result): Result {
    const result = this.#store.transaction(() => {
      const value = work();
      dispatchEvents(this.#context);
      return value;
    });
    this.queue.wake();
    return result;
  }

  #prune(): void {
    this.#callsSincePrune = 0;
    const { keepRuns, keepDays } = this.#settings;
    const now = this.clock.now();
    this.#store.transaction(() => {
      this.#store.runs.prune(keepRuns, now - keepDays * DAY_MS);
      this.#store.events.prune(now - keepDays * DAY_MS, now);
    });
  }

  #admissionOf(call: ReadyCall): Admission {
    const config = this.registry.get(call.functionId);
    if (!config) return { limits: [], origin: '' };
    const event = config.concurrency.length ? this.#store.runs.get(call.runId)?.events[0] : undefined;
    const limits = config.concurrency
      .filter(({ limit }) => limit > 0)
      .map(({ limit, key }) => ({ limit, key: `${call.functionId}|${key ?? ''}|${keyOf(key, { event })}` }));
    return { limits, origin: new URL(config.steps.step.runtime.url).origin };
  }

  async #makeCall(jobId: number): Promise<CallReport> {
    const { jobs, runs } = this.#store;
    try {
      const job = jobs.get(jobId);
      const run = job?.runId ? runs.get(job.runId) : null;
      if (!job?.stepId || !run) return { app: 'unmade' };
      if (run.status !== 'running') {
        jobs.remove(jobId);
        return { app: 'unmade' };
      }
      const config = this.registry.get(run.functionId);
      if (config) return await this.#callFor(job, job.stepId, run, config);
      const error = { name: 'Error', message: `The app no longer serves the function ${run.functionId}.` };
      this.#commit(() => endRun(this.#context, run, { status: 'failed', error }));
    } catch (error) {
      // Nothing was stored, so the job is as it was before. Making the call again later is always right.
      this.#settings.log(`call ${jobId} could not be settled: ${textOf(error)}`);
      if (!this.#aborting.signal.aborted) jobs.putBack(jobId, this.clock.now() + 1_000);
    }
    return { app: 'unmade' };
  }

  async #callFor(job: Job, stepId: string, run: Run, config: FunctionConfig): Promise<CallReport> {
    const { jobs, steps } = this.#store;
    this.#store.transaction(() => this.#noteStart(job, run.id, config.timeouts?.finish));
    const outcome = await callApp(
      {
        url: config.steps.step.runtime.url,
        run,
        stepId,
        attempt: job.attempt,
        maxAttempts: maxAttempts(config),
        memos: steps.memos(run.id),
        planOnly: jobs.hasPendingSteps(run.id),
      },
      { ...this.#settings, signal: this.#aborting.signal },
    );
    if (this.#aborting.signal.aborted) return { app: 'unmade' };
    this.#commit(() => settleCall(this.#context, job, run, outcome));
    this.#callsSincePrune += 1;
    if (this.#callsSincePrune >= PRUNE_EVERY_CALLS) this.#prune();
    return outcome.kind === 'unreachable' ? { app: 'away', reason: outcome.reason } : { app: 'answered' };
  }

  /** Notes that a call of the run is about to be made; its first one starts the clock of `timeouts.finish`. */
  #noteStart(job: Job, runId: string, finishTimeout: string | undefined): void {
    const { jobs, runs } = this.#store;
    jobs.markCalling(job.id);
    if (!runs.markStarted(runId, this.clock.now())) return;
    jobs.removeOfStep(runId, 'start', 'timeout');
    if (!finishTimeout) return;
    const dueAt = this.clock.now() + (parseDuration(finishTimeout) ?? 0);
    jobs.insert({ kind: 'timeout', dueAt, runId, stepId: 'finish' });
  }

  #settleTimer(job: Job): void {
    try {
      this.#commit(() => settleTimer(this.#context, job));
    } catch (error) {
      // One timer that cannot be settled must not stop all others, so it is tried again later.
      this.#settings.log(`timer ${job.id} could not be settled: ${textOf(error)}`);
      this.#store.jobs.reschedule(job.id, this.clock.now() + 5_000, job.payload);
    }
  }
}
