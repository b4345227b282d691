import { createHash } from 'node:crypto';
import { parseMoment, parseRetryAfter } from '../duration.ts';
import { expressionError } from '../expressions.ts';
import { ulid } from '../ids.ts';
import type { CallOutcome } from '../protocol/call.ts';
import {
  invokeOptionsSchema,
  type Operation,
  type RunError,
  toRunError,
  waitOptionsSchema,
} from '../protocol/messages.ts';
import type { Job } from '../store/jobs.ts';
import type { Run } from '../store/runs.ts';
import { type EngineContext, maxAttempts } from './context.ts';
import { launch } from './launch.ts';
import { completeStep, endRun, queueDiscovery } from './lifecycle.ts';

const YEAR_MS = 365 * 86_400_000;
/** An app that dies this often in one and the same call is being killed by it, so the call counts as failed. */
const MAX_INTERRUPTIONS = 25;
/** The id under which the SDK reports the end of the whole function instead of a step. */
const WHOLE_FUNCTION = createHash('sha1').update('complete').digest('hex');

type Policy = Pick<Extract<CallOutcome, { kind: 'failed' }>, 'noRetry' | 'retryAfter'>;
type Handling = { context: EngineContext; job: Job; run: Run };

function retryDelay({ context, job }: Handling, retryAfter: string | null): number {
  // A date in retry-after is the app's own, so it is read against the real clock.
  const asked = retryAfter === null ? null : parseRetryAfter(retryAfter, Date.now());
  if (asked !== null) return asked;
  const delays = context.retryDelaysMs;
  const delay = delays[Math.min(job.attempt, delays.length - 1)] ?? 0;
  // Jitter keeps runs that failed together from coming back together.
  return Math.round(delay * (1 + Math.random() * 0.2));
}

/** Queues the same call as the next attempt; false when there is none left. */
function retry(handling: Handling, policy: Policy): boolean {
  const { context, job, run } = handling;
  const config = context.registry.get(run.functionId);
  const attempts = config ? maxAttempts(config) : 1;
  if (policy.noRetry || job.attempt + 1 >= attempts) return false;
  context.store.jobs.insert({
    kind: 'call',
    dueAt: context.clock.now() + retryDelay(handling, policy.retryAfter),
    runId: run.id,
    stepId: job.stepId,
    attempt: job.attempt + 1,
  });
  return true;
}

function fail({ context, run }: Handling, error: RunError): void {
  endRun(context, run, { status: 'failed', error });
}

function retryOrFail(handling: Handling, error: RunError, policy: Policy): void {
  if (!retry(handling, policy)) fail(handling, error);
}

type Operations = Extract<CallOutcome, { kind: 'operations' }>;
type StepName = { id: string; name: string; op: string };

function invoke(handling: Handling, operation: Operation, step: StepName): void {
  const { context, run } = handling;
  const { store, clock, registry } = context;
  const parsed = invokeOptionsSchema.safeParse(operation.opts);
  if (!parsed.success) {
    fail(handling, unreadable(step, 'options', operation.opts));
    return;
  }
  const options = parsed.data;
  const now = clock.now();
  const dueAt = options.timeout ? (parseMoment(options.timeout, now) ?? now + YEAR_MS) : now + YEAR_MS;
  store.jobs.insert({ kind: 'invoke', dueAt, runId: run.id, stepId: step.id });

  const config = registry.get(options.function_id);
  const data = options.payload?.data ?? {};
  const event = { ...options.payload, id: ulid(now), ts: now, name: 'inngest/function.invoked', data };
  const started = config
    ? launch(context, config, [event], { runId: run.id, stepId: step.id })
    : { skipped: 'no such function is registered' };
  if ('runId' in started) return;
  // A run that waits for one that never starts would wait for ever, so it is told.
  const error = { name: 'InvokeError', message: `${options.function_id} was not run: ${started.skipped}.` };
  completeStep(context, run.id, { ...step, isAttempt: false }, { error });
}

function applyStepError(handling: Handling, step: StepName, operation: Operation, answer: Operations): void {
  const { context, run } = handling;
  const error = toRunError(operation.error);
  const policy = { noRetry: step.op === 'StepFailed' || answer.noRetry, retryAfter: answer.retryAfter };
  if (step.id === WHOLE_FUNCTION) {
    retryOrFail(handling, error, policy);
  } else if (retry(handling, policy)) {
    context.store.steps.noteFailedAttempt(run.id, step, error, context.clock.now());
  } else {
    completeStep(context, run.id, { ...step, isAttempt: true }, { error });
  }
}

function unreadable(step: StepName, what: string, value: unknown): RunError {
  return {
    name: 'Error',
    message: `The ${what} ${JSON.stringify(value)} of step ${step.name} cannot be read.`,
  };
}

/** Makes the job that an announced step waits for. */
function begin(handling: Handling, step: StepName, operation: Operation): void {
  const { context, run } = handling;
  const now = context.clock.now();
  const options = operation.opts ?? {};
  const target = { runId: run.id, stepId: step.id };
  switch (step.op) {
    case 'StepPlanned':
      context.store.jobs.insert({ ...target, kind: 'call', dueAt: now });
      break;
    case 'Sleep': {
      const until = typeof options.duration === 'string' ? options.duration : (operation.name ?? '');
      const dueAt = parseMoment(until, now);
      if (dueAt === null) fail(handling, unreadable(step, 'time', until));
      else context.store.jobs.insert({ ...target, kind: 'sleep', dueAt });
      break;
    }
    case 'WaitForEvent': {
      const { event, if: condition, timeout } = waitOptionsSchema.catch({}).parse(options);
      const dueAt = timeout === undefined ? now + YEAR_MS : parseMoment(timeout, now);
      const key = event ?? operation.name ?? '';
      const unusable = condition ? expressionError(condition) : null;
      if (unusable) {
        const message = `The condition "${condition}" of step ${step.name} is not usable: ${unusable}`;
        fail(handling, { name: 'Error', message });
      } else if (dueAt === null) fail(handling, unreadable(step, 'time', timeout));
      else context.store.jobs.insert({ ...target, kind: 'wait', dueAt, key, payload: { if: condition } });
      break;
    }
    case 'InvokeFunction':
      invoke(handling, operation, step);
      break;
    default: {
      const message = `The local Inngest server does not support ${step.op} (step ${step.name}).`;
      context.log(`run ${run.id} of ${run.functionId} fails: ${message}`);
      fail(handling, { name: 'UnsupportedOperation', message });
    }
  }
}

function apply(handling: Handling, operation: Operation, answer: Operations): void {
  const { context, run } = handling;
  const { id, op } = operation;
  const step = { id, op, name: operation.displayName ?? operation.name ?? id };
  switch (op) {
    case 'StepRun':
    case 'Step':
      completeStep(context, run.id, { ...step, isAttempt: true }, { data: operation.data });
      break;
    case 'StepError':
    case 'StepFailed':
      applyStepError(handling, step, operation, answer);
      break;
    case 'RunComplete':
      endRun(context, run, { status: 'completed', output: operation.data });
      break;
    case 'DiscoveryRequest':
      queueDiscovery(context, run.id);
      break;
    default: {
      // A discovery during a race names again what is under way already.
      const known = context.store.steps.get(run.id, id);
      if (known && (known.status !== 'pending' || context.store.jobs.isStepUnderWay(run.id, id))) break;
      const race = operation.opts?.parallelMode === 'race' || answer.discoversEachStep;
      context.store.steps.announce(run.id, { ...step, race }, context.clock.now());
      begin(handling, step, operation);
    }
  }
}

function settleInterruption(
  handling: Handling,
  outcome: Extract<CallOutcome, { kind: 'unreachable' }>,
): void {
  const { context, job } = handling;
  const { jobs } = context.store;
  if (outcome.wasCut) jobs.noteInterruption(job.id);
  if (!outcome.wasCut || job.interruptions + 1 < MAX_INTERRUPTIONS) {
    jobs.putBack(job.id, context.clock.now());
    return;
  }
  jobs.remove(job.id);
  const message = `The app went away ${MAX_INTERRUPTIONS} times in the middle of this call. ${outcome.reason}`;
  retryOrFail(handling, { name: 'AppInterrupted', message }, { noRetry: false, retryAfter: null });
}

function settleOperations(handling: Handling, answer: Operations): void {
  const { context, run } = handling;
  for (const operation of answer.operations) {
    if (context.store.runs.isRunning(run.id)) apply(handling, operation, answer);
  }
  if (context.store.runs.isRunning(run.id) && !context.store.jobs.hasWorkFor(run.id)) {
    // An answer that moves nothing on would leave the run hanging, so it counts as a failed attempt.
    const error = { name: 'Error', message: 'The app answered with nothing to do and no result.' };
    retryOrFail(handling, error, answer);
  }
}

/** Turns the app's answer to a call into stored results and the next jobs. Everything happens in one transaction. */
export function settleCall(context: EngineContext, job: Job, run: Run, outcome: CallOutcome): void {
  const handling = { context, job, run };
  const isRunning = context.store.runs.isRunning(run.id);
  if (isRunning && outcome.kind === 'unreachable') {
    settleInterruption(handling, outcome);
    return;
  }
  context.store.jobs.remove(job.id);
  // A run that was cancelled meanwhile has no use for the answer.
  if (!isRunning || outcome.kind === 'unreachable') return;
  if (outcome.kind === 'finished') endRun(context, run, { status: 'completed', output: outcome.output });
  else if (outcome.kind === 'failed') retryOrFail(handling, outcome.error, outcome);
  else settleOperations(handling, outcome);
}
