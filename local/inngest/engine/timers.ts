import { nextTick } from '../cron.ts';
import { ulid } from '../ids.ts';
import type { Job } from '../store/jobs.ts';
import type { EngineContext } from './context.ts';
import { heldEvents, launch } from './launch.ts';
import { completeStep, endRun } from './lifecycle.ts';

function scheduleNext(context: EngineContext, functionId: string, cron: string): void {
  const dueAt = nextTick(cron, context.clock.now());
  if (dueAt === null) return;
  context.store.jobs.insert({
    kind: 'cron',
    dueAt,
    key: `${functionId}|${cron}`,
    payload: { functionId, cron },
  });
}

/** Makes the scheduled ticks those of the registered functions; a tick that is planned already keeps its time. */
export function reconcileSchedules(context: EngineContext): void {
  const wanted = new Map(
    context.registry
      .all()
      .flatMap(({ config: { id, triggers } }) =>
        triggers.flatMap((trigger) => ('cron' in trigger ? { id, cron: trigger.cron } : [])),
      )
      .map((schedule) => [`${schedule.id}|${schedule.cron}`, schedule]),
  );
  for (const job of context.store.jobs.byKind('cron')) {
    if (!job.key || !wanted.delete(job.key)) context.store.jobs.remove(job.id);
  }
  for (const { id, cron } of wanted.values()) scheduleNext(context, id, cron);
}

function tick(context: EngineContext, job: Job): void {
  const functionId = String(job.payload.functionId);
  const cron = String(job.payload.cron);
  const config = context.registry.get(functionId);
  if (!config) return;
  // Ticks missed while nothing ran are made up for by one, not by all of them.
  const now = context.clock.now();
  launch(context, config, [{ id: ulid(now), name: 'inngest/scheduled.timer', data: { cron }, ts: now }]);
  scheduleNext(context, functionId, cron);
}

function releaseHeld(context: EngineContext, job: Job): void {
  const config = context.registry.get(String(job.payload.functionId));
  if (config) launch(context, config, heldEvents(job.payload));
  else context.log(`events held for ${String(job.payload.functionId)} are dropped: the function is gone`);
}

function expire(context: EngineContext, job: Job): void {
  const run = job.runId ? context.store.runs.get(job.runId) : null;
  const reason = job.stepId === 'start' ? 'It did not start in time.' : 'It did not finish in time.';
  if (run) endRun(context, run, { status: 'cancelled', reason });
}

function endStep(context: EngineContext, job: Job): void {
  if (!job.runId || !job.stepId) return;
  const known = context.store.steps.get(job.runId, job.stepId);
  const step = {
    id: job.stepId,
    name: known?.name ?? job.stepId,
    op: known?.op ?? job.kind,
    isAttempt: false,
  };
  if (job.kind === 'invoke') {
    const error = { name: 'InvokeError', message: 'The invoked function did not finish in time.' };
    completeStep(context, job.runId, step, { error });
  } else {
    // A sleep that ended and a wait that timed out both read as null.
    completeStep(context, job.runId, step, { raw: null });
  }
}

/** Acts on a job whose time has come. Something that came due at the same moment may have removed it already. */
export function settleTimer(context: EngineContext, job: Job): void {
  if (!context.store.jobs.get(job.id)) return;
  context.store.jobs.remove(job.id);
  if (job.kind === 'cron') tick(context, job);
  else if (job.kind === 'debounce' || job.kind === 'batch') releaseHeld(context, job);
  else if (job.kind === 'timeout') expire(context, job);
  else endStep(context, job);
}
