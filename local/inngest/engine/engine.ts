import { createClock } from '../clock.ts';
import { parseDuration } from '../duration.ts';
import { keyOf } from '../expressions.ts';
import { seededId, ulid } from '../ids.ts';
import { callApp } from '../protocol/call.ts';
import type { IncomingEvent } from '../protocol/messages.ts';
import type { Registration } from '../protocol/registration.ts';
import { type CallReport, createQueue } from '../queue.ts';
import type { Job, ReadyCall } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';
import { type EngineContext, type Log, maxAttempts } from './context.ts';
import { dispatchEvents } from './dispatch.ts';
import { endRun, queueDiscovery, storeEvent } from './lifecycle.ts';
import { settleCall } from './outcome.ts';
import { createRegistry } from './registry.ts';
import { reconcileSchedules, settleTimer } from './timers.ts';

const DAY_MS = 86_400_000;
const PRUNE_EVERY_CALLS = 500;

export type EngineOptions = {
  store: Store;
  signingKey: string | null;
  retryDelaysMs: readonly number[];
  callTimeoutMs: number;
  maxInlineBytes: number;
  maxParallelCalls: number;
  gateDelaysMs: readonly number[];
  keepRuns: number;
  keepDays: number;
  log: Log;
  /** The app does not answer; asking it to register shows when it is back, even while the probing call takes long. */
  onAppAway(): void;
  /** The app answers again after it was away; it may have restarted with other functions. */
  onAppBack(): void;
};

export type Engine = ReturnType<typeof createEngine>;

/** The executor proper: takes events and registrations in, makes the calls, keeps everything in the store. */
export function createEngine(options: EngineOptions) {
  const { store, log } = options;
  const clock = createClock();
  const context: EngineContext = {
    store,
    clock,
    registry: createRegistry(store),
    retryDelaysMs: options.retryDelaysMs,
    log,
  };
  const aborting = new AbortController();
  let callsSincePrune = 0;

  /** Does some work and everything that follows from it, all or nothing. */
  function commit<Result>(work: () => Result): Result {
    const result = store.transaction(() => {
      const value = work();
      dispatchEvents(context);
      return value;
    });
    queue.wake();
    return result;
  }

  function prune(): void {
    callsSincePrune = 0;
    const now = clock.now();
    store.transaction(() => {
      store.runs.prune(options.keepRuns, now - options.keepDays * DAY_MS);
      store.events.prune(now - options.keepDays * DAY_MS, now);
    });
  }

  function admissionOf(call: ReadyCall) {
    const config = context.registry.get(call.functionId);
    const event = config?.concurrency.length ? store.runs.get(call.runId)?.events[0] : undefined;
    const limits = (config?.concurrency ?? [])
      .filter(({ limit }) => limit > 0)
      .map(({ limit, key, scope }) => {
        const owner =
          scope === 'env' || scope === 'account'
            ? `${scope}|${key ?? ''}`
            : `${call.functionId}|${key ?? ''}`;
        return { limit, key: `${owner}|${keyOf(key, { event })}` };
      });
    return { limits, origin: config ? new URL(config.steps.step.runtime.url).origin : '' };
  }

  /** Notes that a call of the run is about to be made; its first one starts the clock of `timeouts.finish`. */
  function noteStart(job: Job, runId: string, finishTimeout: string | undefined): void {
    store.jobs.markCalling(job.id);
    if (!store.runs.markStarted(runId, clock.now())) return;
    store.jobs.removeOfStep(runId, 'start', 'timeout');
    if (!finishTimeout) return;
    const dueAt = clock.now() + (parseDuration(finishTimeout) ?? 0);
    store.jobs.insert({ kind: 'timeout', dueAt, runId, stepId: 'finish' });
  }

  async function makeCall(jobId: number): Promise<CallReport> {
    try {
      const job = store.jobs.get(jobId);
      const run = job?.runId ? store.runs.get(job.runId) : null;
      if (!job?.stepId || !run) return { app: 'unmade' };
      if (run.status !== 'running') {
        store.jobs.remove(jobId);
        return { app: 'unmade' };
      }
      const config = context.registry.get(run.functionId);
      if (!config) {
        const error = { name: 'Error', message: `The app no longer serves the function ${run.functionId}.` };
        commit(() => endRun(context, run, { status: 'failed', error }));
        return { app: 'unmade' };
      }
      store.transaction(() => noteStart(job, run.id, config.timeouts?.finish));
      const outcome = await callApp(
        {
          url: config.steps.step.runtime.url,
          run,
          stepId: job.stepId,
          attempt: job.attempt,
          maxAttempts: maxAttempts(config),
          memos: store.steps.memos(run.id),
          planOnly: store.jobs.pendingSteps(run.id) > 0,
        },
        {
          signingKey: options.signingKey,
          timeoutMs: options.callTimeoutMs,
          maxInlineBytes: options.maxInlineBytes,
          signal: aborting.signal,
        },
      );
      if (aborting.signal.aborted) return { app: 'unmade' };
      commit(() => settleCall(context, job, run, outcome));
      callsSincePrune += 1;
      if (callsSincePrune >= PRUNE_EVERY_CALLS) prune();
      return outcome.kind === 'unreachable' ? { app: 'away', reason: outcome.reason } : { app: 'answered' };
    } catch (error) {
      // Nothing was stored, so the job is as it was before. Making the call again later is always right.
      log(`call ${jobId} could not be settled: ${error instanceof Error ? error.stack : String(error)}`);
      if (!aborting.signal.aborted) store.jobs.putBack(jobId, clock.now() + 1_000);
      return { app: 'unmade' };
    }
  }

  function settleOrPostpone(job: Job): void {
    try {
      commit(() => settleTimer(context, job));
    } catch (error) {
      // One timer that cannot be settled must not stop all others, so it is tried again later.
      log(`timer ${job.id} could not be settled: ${error instanceof Error ? error.stack : String(error)}`);
      store.jobs.reschedule(job.id, clock.now() + 5_000, job.payload);
    }
  }

  const queue = createQueue({
    jobs: store.jobs,
    clock,
    maxParallelCalls: options.maxParallelCalls,
    gateDelaysMs: options.gateDelaysMs,
    admissionOf,
    makeCall,
    settleTimers: (due) => {
      for (const job of due) settleOrPostpone(job);
    },
    onAppAway: (reason) => {
      log(`${reason} Calls wait and are made again until it is back.`);
      options.onAppAway();
    },
    onAppBack: () => {
      log('The app is back.');
      options.onAppBack();
    },
  });

  return {
    clock,
    queue,
    registry: context.registry,

    /** Takes up what an earlier process left. */
    recover(): void {
      commit(() => {
        store.jobs.releaseTaken();
        for (const runId of store.runs.stranded()) queueDiscovery(context, runId);
        reconcileSchedules(context);
      });
      prune();
    },

    /** Stores events and everything they cause before it returns their ids. */
    receive(events: IncomingEvent[], seed: string | null): string[] {
      return commit(() =>
        events.map((incoming, index) => {
          const now = clock.now();
          const id = incoming.id ?? (seed ? seededId(seed, index) : null) ?? ulid(now);
          storeEvent(context, { ...incoming, id, ts: incoming.ts ?? now });
          return id;
        }),
      );
    },

    register(registration: Registration): boolean {
      return commit(() => {
        const isChanged = context.registry.replace(registration.app, registration.functions);
        if (isChanged) reconcileSchedules(context);
        return isChanged;
      });
    },

    /** Cancels a run; false when it is not running. */
    cancel(runId: string, reason: string): boolean {
      const run = store.runs.get(runId);
      if (run?.status !== 'running') return false;
      commit(() => endRun(context, run, { status: 'cancelled', reason }));
      return true;
    },

    advance(milliseconds: number): void {
      clock.advance(milliseconds);
      queue.wake();
    },

    async close(graceMs: number): Promise<void> {
      await queue.close(graceMs);
      aborting.abort();
    },
  };
}
