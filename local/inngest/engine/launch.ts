import { parseDuration } from '../duration.ts';
import { keyOf, numberOf } from '../expressions.ts';
import { ulid } from '../ids.ts';
import type { StoredEvent } from '../protocol/messages.ts';
import type { FunctionConfig } from '../protocol/registration.ts';
import type { EngineContext } from './context.ts';
import { endRun, queueDiscovery } from './lifecycle.ts';

const DAY_MS = 86_400_000;
const MAX_PRIORITY_SECONDS = 600;

export type Launch = { runId: string } | { skipped: string };

/** Durations in a registered configuration were checked when the app registered. */
function milliseconds(duration: string): number {
  return parseDuration(duration) ?? 0;
}

function firstOf(events: StoredEvent[]): StoredEvent {
  const [event] = events;
  if (!event) throw new Error('A run needs at least one event.');
  return event;
}

/** Counts a start against a limit per period; false when the limit is reached already. */
function countStart(context: EngineContext, key: string, limit: number, periodMs: number): boolean {
  const now = context.clock.now();
  if (context.store.events.tallySince(key, now - periodMs) >= limit) return false;
  context.store.events.tally(key, now, now + periodMs);
  return true;
}

/** When a throttled run may start: starts are spaced evenly, except that `burst` of them may come at once. */
function throttledStart(context: EngineContext, config: FunctionConfig, event: StoredEvent): number {
  const now = context.clock.now();
  const { throttle } = config;
  if (!throttle) return now;
  const key = `throttle|${config.id}|${keyOf(throttle.key, { event })}`;
  const spacing = milliseconds(throttle.period) / throttle.limit;
  const next = Math.max(now, context.store.events.latestTally(key) ?? now);
  context.store.events.tally(key, Math.ceil(next + spacing), Math.ceil(next + spacing));
  return Math.max(now, Math.ceil(next - ((throttle.burst ?? 1) - 1) * spacing));
}

/** Starts a run, or says why the function's own limits forbid it. */
export function launch(
  context: EngineContext,
  config: FunctionConfig,
  events: StoredEvent[],
  parent?: { runId: string; stepId: string },
): Launch {
  const { store, clock } = context;
  const event = firstOf(events);
  const now = clock.now();

  if (config.idempotency) {
    const key = `idempotency|${config.id}|${keyOf(config.idempotency, { event })}`;
    if (!countStart(context, key, 1, DAY_MS)) return { skipped: 'it already ran for this idempotency key' };
  }
  if (config.rateLimit) {
    const key = `rate|${config.id}|${keyOf(config.rateLimit.key, { event })}`;
    if (!countStart(context, key, config.rateLimit.limit, milliseconds(config.rateLimit.period))) {
      return { skipped: 'its rate limit is reached' };
    }
  }
  const singletonKey = config.singleton ? `${config.id}|${keyOf(config.singleton.key, { event })}` : null;
  if (singletonKey) {
    const active = store.runs.runningBySingleton(singletonKey);
    if (active.length && config.singleton?.mode === 'skip')
      return { skipped: 'another run holds its singleton key' };
    for (const run of active)
      endRun(context, run, { status: 'cancelled', reason: 'A newer run took its place.' });
  }

  const startAt = throttledStart(context, config, event);
  const boost = numberOf(config.priority?.run, { event });
  const id = ulid(now);
  store.runs.insert({
    id,
    functionId: config.id,
    events,
    parentRunId: parent?.runId ?? null,
    parentStepId: parent?.stepId ?? null,
    singletonKey,
    createdAt: now,
    sortKey: now - Math.max(-MAX_PRIORITY_SECONDS, Math.min(MAX_PRIORITY_SECONDS, boost)) * 1_000,
  });
  queueDiscovery(context, id, startAt);
  if (config.timeouts?.start) {
    const dueAt = now + milliseconds(config.timeouts.start);
    store.jobs.insert({ kind: 'timeout', dueAt, runId: id, stepId: 'start' });
  }
  return { runId: id };
}

function debounce(context: EngineContext, config: FunctionConfig, event: StoredEvent): void {
  const rule = config.debounce;
  if (!rule) return;
  const { jobs } = context.store;
  const now = context.clock.now();
  const key = `${config.id}|${keyOf(rule.key, { event })}`;
  const [held] = jobs.byKey('debounce', key);
  const firstAt = Number(held?.payload.firstAt ?? now);
  const latest = rule.timeout ? firstAt + milliseconds(rule.timeout) : Number.POSITIVE_INFINITY;
  const dueAt = Math.min(now + milliseconds(rule.period), latest);
  const payload = { functionId: config.id, events: [event], firstAt };
  if (held) jobs.reschedule(held.id, dueAt, payload);
  else jobs.insert({ kind: 'debounce', dueAt, key, payload });
}

function batch(context: EngineContext, config: FunctionConfig, event: StoredEvent): void {
  const rule = config.batchEvents;
  if (!rule) return;
  const { jobs } = context.store;
  const key = `${config.id}|${keyOf(rule.key, { event })}`;
  const [held] = jobs.byKey('batch', key);
  const events = [...heldEvents(held?.payload), event];
  if (events.length >= rule.maxSize) {
    if (held) jobs.remove(held.id);
    launch(context, config, events);
    return;
  }
  const payload = { functionId: config.id, events };
  if (held) jobs.reschedule(held.id, held.dueAt, payload);
  else jobs.insert({ kind: 'batch', dueAt: context.clock.now() + milliseconds(rule.timeout), key, payload });
}

/** The events a debounce or batch job holds; this module stored them. */
export function heldEvents(payload: Record<string, unknown> | undefined): StoredEvent[] {
  return Array.isArray(payload?.events) ? (payload.events as StoredEvent[]) : [];
}

/** Gives an event to a function that it triggers: at once, or after the function's debounce or batch. */
export function deliver(context: EngineContext, config: FunctionConfig, event: StoredEvent): void {
  if (config.batchEvents) batch(context, config, event);
  else if (config.debounce) debounce(context, config, event);
  else launch(context, config, [event]);
}
