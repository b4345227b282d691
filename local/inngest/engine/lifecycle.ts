import { ulid } from '../ids.ts';
import type { RunError, StoredEvent } from '../protocol/messages.ts';
import { DISCOVERY } from '../store/jobs.ts';
import type { Run } from '../store/runs.ts';
import type { EngineContext } from './context.ts';

const DAY_MS = 86_400_000;

export type StepResult = { data: unknown } | { error: RunError } | { raw: unknown };

/** Stores an event to be dispatched in the same transaction, unless its id is known from the last 24 hours. */
export function storeEvent(context: EngineContext, event: StoredEvent): void {
  const now = context.clock.now();
  context.store.events.insert(event, now, now - DAY_MS);
}

/** Queues the call that asks the function what comes next, unless one that will see every result is queued already. */
export function queueDiscovery(context: EngineContext, runId: string, dueAt = context.clock.now()): void {
  if (context.store.jobs.hasQueuedDiscovery(runId)) return;
  context.store.jobs.insert({ kind: 'call', dueAt, runId, stepId: DISCOVERY });
}

/**
 * Stores the result of a step and moves the run on: after parallel steps there is exactly one discovery call, made when
 * the last of them is in. Steps of a race move the run on as each one ends.
 */
export function completeStep(
  context: EngineContext,
  runId: string,
  step: { id: string; name: string; op: string; isAttempt: boolean },
  result: StepResult,
): void {
  const { store, clock } = context;
  const error = 'error' in result ? result.error : null;
  const memo = 'raw' in result ? result.raw : 'error' in result ? { error } : { data: result.data ?? null };
  store.steps.memoise(runId, step, { memo, error, isAttempt: step.isAttempt }, clock.now());
  for (const kind of ['call', 'sleep', 'wait', 'invoke'] as const)
    store.jobs.removeOfStep(runId, step.id, kind);
  const isRace = store.steps.get(runId, step.id)?.race ?? false;
  if (isRace || !store.jobs.hasBlockingSteps(runId)) queueDiscovery(context, runId);
}

function emit(context: EngineContext, name: string, data: Record<string, unknown>): void {
  // Events about runs are only kept when something listens: they would otherwise double every run's rows.
  const { registry, store, clock } = context;
  const isHeard = registry.triggeredBy(name).length > 0 || store.jobs.byKey('wait', name).length > 0;
  if (isHeard) storeEvent(context, { id: ulid(clock.now()), name, data, ts: clock.now() });
}

export type RunEnd =
  | { status: 'completed'; output: unknown }
  | { status: 'failed'; error: RunError }
  | { status: 'cancelled'; reason: string };

function errorOf(end: RunEnd): RunError | undefined {
  if (end.status === 'cancelled') return { name: 'RunCancelled', message: end.reason };
  return end.status === 'failed' ? end.error : undefined;
}

/** Ends a run, tells the run that invoked it, and announces it. A run ends once; later ends change nothing. */
export function endRun(context: EngineContext, run: Run, end: RunEnd): void {
  const { store, clock } = context;
  if (!store.runs.isRunning(run.id)) return;
  const error = errorOf(end);
  const output = end.status === 'completed' ? end.output : undefined;
  store.runs.finish(run.id, { status: end.status, output, error }, clock.now());
  store.jobs.removeOfRun(run.id);

  const { parentRunId, parentStepId } = run;
  if (parentRunId && parentStepId && store.jobs.hasStep(parentRunId, parentStepId, 'invoke')) {
    const step = { id: parentStepId, name: run.functionId, op: 'InvokeFunction', isAttempt: false };
    completeStep(context, parentRunId, step, error ? { error } : { data: output });
  }

  const about = { function_id: run.functionId, run_id: run.id, event: run.events[0], events: run.events };
  if (end.status === 'cancelled') {
    emit(context, 'inngest/function.cancelled', { ...about, error });
    return;
  }
  if (error) emit(context, 'inngest/function.failed', { ...about, error });
  const result = error ? { error } : { result: output ?? null };
  emit(context, 'inngest/function.finished', { ...about, ...result });
}
