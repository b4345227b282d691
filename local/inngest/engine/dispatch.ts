import { matches } from '../expressions.ts';
import type { StoredEvent } from '../protocol/messages.ts';
import type { EngineContext } from './context.ts';
import { deliver } from './launch.ts';
import { completeStep, endRun } from './lifecycle.ts';

function wakeWaits(context: EngineContext, event: StoredEvent): void {
  for (const job of context.store.jobs.byKey('wait', event.name)) {
    const run = job.runId ? context.store.runs.get(job.runId) : null;
    if (!run || !job.stepId) continue;
    const condition = typeof job.payload.if === 'string' ? job.payload.if : undefined;
    if (!matches(condition, { event: run.events[0], async: event })) continue;
    const step = { id: job.stepId, name: event.name, op: 'WaitForEvent', isAttempt: false };
    completeStep(context, run.id, step, { raw: event });
  }
}

function cancelRuns(context: EngineContext, event: StoredEvent): void {
  for (const config of context.registry.cancelledBy(event.name)) {
    for (const run of context.store.runs.runningOf(config.id)) {
      const speaksOf = { event: run.events[0], async: event };
      const cancels = config.cancel?.some((rule) => rule.event === event.name && matches(rule.if, speaksOf));
      if (cancels)
        endRun(context, run, { status: 'cancelled', reason: `The event ${event.name} cancelled this run.` });
    }
  }
}

/**
 * Acts on every stored event that nothing has acted on yet: those just received, and those that ending runs announced.
 * Before any app has registered there is nobody to act for, so events wait in the store.
 */
export function dispatchEvents(context: EngineContext): void {
  const { registry, store } = context;
  if (registry.isEmpty()) return;
  for (let batch = store.events.undispatched(); batch.length > 0; batch = store.events.undispatched()) {
    for (const { seq, body: event } of batch) {
      store.events.markDispatched(seq);
      wakeWaits(context, event);
      cancelRuns(context, event);
      for (const { config, conditions } of registry.triggeredBy(event.name)) {
        // Two triggers of one function that both fit the event still make one run.
        if (conditions.some((condition) => matches(condition, { event }))) deliver(context, config, event);
      }
    }
  }
}
