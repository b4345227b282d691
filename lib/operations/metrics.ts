import { availableParallelism, totalmem } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { processState } from '../process-state.ts';

/**
 * What this process counts of itself, for whoever watches it. Nothing here names a student, and every label has few
 * values: routes without their ids, names of tools, codes of errors. It is counted where the log line or the row of
 * telemetry is made, so that the three never disagree.
 */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30];
const TURN_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 90];
const STEP_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120];
/** Values that come with a request or from a setting: beyond so many they are one. */
const MOST_VALUES = 150;
const RECENT_MINUTES = 5;
const MINUTE_MS = 60_000;

const INGESTION_OUTCOMES = ['read', 'copied', 'failed'] as const;

type Figures = Record<string, number>;
type Recent = { minute: number; calls: number; failures: number };

/** What a container may use, else what the machine has. */
export const memoryLimitBytes = () => Math.min(process.constrainedMemory() || totalmem(), totalmem());

type Make = ReturnType<typeof makersFor>;

function makersFor(registry: Registry) {
  const registers = [registry];
  return {
    counter: <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
      new Counter({ name: `clerva_${name}`, help, labelNames, registers }),
    gauge: <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
      new Gauge({ name: `clerva_${name}`, help, labelNames, registers }),
    histogram: <Label extends string = never>(
      name: string,
      help: string,
      buckets: number[],
      labelNames: Label[] = [],
    ) => new Histogram({ name: `clerva_${name}`, help, labelNames, buckets, registers }),
  };
}

const requestMetrics = ({ counter, histogram }: Make) => ({
  requests: counter('http_requests_total', 'Answered requests.', ['route', 'method', 'status']),
  requestSeconds: histogram('http_request_duration_seconds', 'Until the answer begins.', REQUEST_SECONDS, [
    'route',
    'method',
  ]),
  errors: counter('http_errors_total', 'Refused and failed requests, by code.', ['route', 'code']),
  limitHits: counter('limit_hits_total', 'Requests that a limit refused.', ['limit', 'code']),
  firstPart: histogram(
    'first_part_seconds',
    'From a question to the first part of its stream.',
    TURN_SECONDS,
  ),
});

const agentMetrics = ({ counter, histogram }: Make) => ({
  turns: counter('turns_total', 'Finished answers.', ['status', 'code']),
  turnSeconds: histogram('turn_duration_seconds', 'A whole answer.', TURN_SECONDS, ['status']),
  firstText: histogram(
    'turn_first_text_seconds',
    'From the begin of an answer to its first word.',
    TURN_SECONDS,
  ),
  modelCalls: counter('model_calls_total', 'Calls of the model.', ['model', 'outcome']),
  modelSeconds: histogram('model_call_duration_seconds', 'A call of the model.', TURN_SECONDS, ['model']),
  modelFirstOutput: histogram('model_first_output_seconds', 'Until a model writes.', TURN_SECONDS, ['model']),
  tokens: counter('model_tokens_total', 'Tokens of the model.', ['model', 'direction']),
  cost: counter('model_cost_usd_total', 'Cost of the model in US dollars, where prices are set.', ['model']),
  toolCalls: counter('tool_calls_total', 'Calls of tools: ok, or the code of the failure.', [
    'tool',
    'outcome',
  ]),
  toolSeconds: histogram('tool_duration_seconds', 'A call of a tool.', TURN_SECONDS, ['tool']),
  retrievalSeconds: histogram('retrieval_duration_seconds', 'A search of the notes.', REQUEST_SECONDS),
  cacheLookups: counter('cache_lookups_total', 'Looked up in a cache.', ['cache', 'result']),
});

const jobMetrics = ({ counter, histogram }: Make) => ({
  ingestions: counter('ingestions_total', 'Documents that were read, or not.', ['outcome', 'code']),
  steps: counter('job_steps_total', 'Steps of background jobs.', ['step', 'outcome']),
  stepSeconds: histogram('job_step_duration_seconds', 'A step of a background job.', STEP_SECONDS, ['step']),
  embeddingTokens: counter('embedding_tokens_total', 'Tokens that were embedded.'),
});

const stateMetrics = ({ counter, gauge, histogram }: Make) => ({
  databaseSeconds: histogram(
    'database_request_duration_seconds',
    'A request to the Data API.',
    REQUEST_SECONDS,
    ['operation'],
  ),
  databaseErrors: counter('database_errors_total', 'Requests that the database failed on.', ['operation']),
  databaseInFlight: gauge('database_requests_in_flight', 'Requests to the Data API that are open.'),
  build: gauge('build_info', 'The version that runs.', ['version', 'node']),
  memoryLimit: gauge('memory_limit_bytes', 'Memory that this process may use.'),
  cpus: gauge('cpus', 'Cores that this process may use.'),
  online: gauge('students_online', 'Students who are here.'),
  streaming: gauge('answers_streaming', 'Answers that are being written.'),
  documentsWaiting: gauge('documents_waiting', 'Documents that are not read yet.'),
  oldestWaiting: gauge('oldest_waiting_document_seconds', 'How long the oldest of them has waited.'),
  tasksWaiting: gauge('tasks_waiting', 'Long operations that are not done.'),
  storageUsed: gauge('storage_used_bytes', 'Files of all students.'),
  storageLimit: gauge('storage_limit_bytes', 'What the file store may hold.'),
  databaseSize: gauge('database_size_bytes', 'Size of the database.'),
  databaseConnections: gauge('database_connections', 'Connections to the database.'),
  databaseConnectionsMost: gauge('database_connections_max', 'Connections that the database takes.'),
});

function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const make = makersFor(registry);
  const set = { ...requestMetrics(make), ...agentMetrics(make), ...jobMetrics(make), ...stateMetrics(make) };
  set.memoryLimit.set(memoryLimitBytes());
  set.cpus.set(availableParallelism());
  // A counter that has not counted is zero: without it the first failure would be no increase.
  for (const result of ['hit', 'miss']) set.cacheLookups.inc({ cache: 'embedding', result }, 0);
  for (const code of ['rate_limited', 'quota_exceeded']) set.limitHits.inc({ limit: 'chat', code }, 0);
  for (const outcome of INGESTION_OUTCOMES) set.ingestions.inc({ outcome, code: 'none' }, 0);
  for (const status of ['done', 'stopped', 'error']) set.turns.inc({ status, code: 'none' }, 0);
  set.databaseErrors.inc({ operation: 'other' }, 0);
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  return { registry, set, lag, values: new Map<string, Set<string>>(), recent: [] as Recent[] };
}

const state = () => processState('metrics', createMetrics);

/** Everything that is counted. */
export const metrics = () => state().set;

/** Begins to count, at the start of a process. */
export function startMetrics(version: string): void {
  metrics().build.set({ version, node: process.version }, 1);
}

/** A label's value, or `other` where the label has as many values as it may have. */
function bounded(label: string, value: string): string {
  const { values } = state();
  const known = values.get(label) ?? new Set<string>();
  if (known.size === 0) values.set(label, known);
  if (known.has(value)) return value;
  if (known.size >= MOST_VALUES) return 'other';
  known.add(value);
  return value;
}

const seconds = (milliseconds: number) => milliseconds / 1_000;

/** A request, from its log line. `isStream`: its latency is that of the first part. */
export function countRequest(
  line: { route: string; method: string; status: number; latencyMs: number; code?: string | undefined },
  isStream = false,
): void {
  const { requests, requestSeconds, errors, firstPart } = metrics();
  const route = bounded('route', line.route);
  const { method } = line;
  requests.inc({ route, method, status: line.status });
  requestSeconds.observe({ route, method }, seconds(line.latencyMs));
  if (line.status >= 400) errors.inc({ route, code: line.code ?? 'unknown' });
  if (isStream) firstPart.observe(seconds(line.latencyMs));
}

/** A page or a route that failed past its own handling; nobody knows how long it took. */
export function countFailure({ route, method }: { route: string; method: string }): void {
  const { requests, errors } = metrics();
  const known = bounded('route', route);
  requests.inc({ route: known, method, status: 500 });
  errors.inc({ route: known, code: 'internal' });
}

/** A finished answer, from its log line. */
export function countTurn(line: {
  status: string;
  code?: string | undefined;
  latencyMs: number;
  firstTextMs: number | null;
}): void {
  const { turns, turnSeconds, firstText } = metrics();
  turns.inc({ status: line.status, code: line.code ?? 'none' });
  turnSeconds.observe({ status: line.status }, seconds(line.latencyMs));
  if (line.firstTextMs !== null) firstText.observe(seconds(line.firstTextMs));
}

/** What a row of telemetry tells, as it is made. */
export function countEvent(event: {
  eventType: string;
  toolName?: string | undefined;
  model?: string | undefined;
  latencyMs: number;
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
  costUsd: number | null;
  ok: boolean;
  metadata?: Readonly<Record<string, unknown>> | undefined;
}): void {
  const { toolCalls, toolSeconds, retrievalSeconds } = metrics();
  const took = seconds(event.latencyMs);
  if (event.eventType === 'llm_call') countModelCall(event);
  else if (event.eventType === 'retrieval') retrievalSeconds.observe(took);
  else if (event.eventType === 'tool_call' && event.toolName !== undefined) {
    const tool = bounded('tool', event.toolName);
    toolCalls.inc({ tool, outcome: event.ok ? 'ok' : String(event.metadata?.code ?? 'failed') });
    toolSeconds.observe({ tool }, took);
  }
}

function countModelCall(event: Parameters<typeof countEvent>[0]): void {
  const { modelCalls, modelSeconds, modelFirstOutput, tokens, cost } = metrics();
  const model = bounded('model', event.model ?? 'unknown');
  // Who stopped an answer did not see the model fail.
  const outcome = event.ok ? 'ok' : event.metadata?.finishReason === 'aborted' ? 'stopped' : 'failed';
  modelCalls.inc({ model, outcome });
  modelSeconds.observe({ model }, seconds(event.latencyMs));
  const firstOutputMs = event.metadata?.firstOutputMs;
  if (typeof firstOutputMs === 'number') modelFirstOutput.observe({ model }, seconds(firstOutputMs));
  tokens.inc({ model, direction: 'input' }, event.inputTokens ?? 0);
  tokens.inc({ model, direction: 'output' }, event.outputTokens ?? 0);
  cost.inc({ model }, event.costUsd ?? 0);
  const minute = Math.floor(Date.now() / MINUTE_MS);
  const { recent } = state();
  let entry = recent.at(-1);
  if (entry?.minute !== minute) {
    entry = { minute, calls: 0, failures: 0 };
    recent.push(entry);
    if (recent.length > RECENT_MINUTES) recent.shift();
  }
  entry.calls += 1;
  if (outcome === 'failed') entry.failures += 1;
}

/** How the model did in the last minutes, in this process. */
export function recentModelCalls(nowMs: number = Date.now()) {
  const since = Math.floor(nowMs / MINUTE_MS) - RECENT_MINUTES;
  const recent = state().recent.filter(({ minute }) => minute > since);
  const calls = recent.reduce((sum, entry) => sum + entry.calls, 0);
  const failures = recent.reduce((sum, entry) => sum + entry.failures, 0);
  return { minutes: RECENT_MINUTES, calls, failures, errorRate: calls === 0 ? 0 : failures / calls };
}

/** A document that a job has done with. */
export const countIngestion = (outcome: (typeof INGESTION_OUTCOMES)[number], code = 'none'): void =>
  metrics().ingestions.inc({ outcome, code });

/** Counts a step of a job and how long it took. */
export async function countStep<Result>(step: string, body: () => Promise<Result>): Promise<Result> {
  const { steps, stepSeconds } = metrics();
  const end = stepSeconds.startTimer({ step });
  try {
    const result = await body();
    steps.inc({ step, outcome: 'ok' });
    return result;
  } catch (error) {
    steps.inc({ step, outcome: 'failed' });
    throw error;
  } finally {
    end();
  }
}

/** `/rest/v1/rpc/begin_turn` → `begin_turn`, `/rest/v1/quiz` → `GET quiz`. */
function operationOf(url: string, method: string): string {
  const [, rpc, table] = /\/rest\/v1\/(?:rpc\/(\w+)|(\w+))/.exec(url) ?? [];
  return bounded('operation', rpc ?? (table ? `${method} ${table}` : 'other'));
}

/** Counts a request to the database and how long its answer took to begin. */
export async function countDatabase(
  { url, method }: { url: string; method: string },
  ask: () => Promise<Response>,
): Promise<Response> {
  const { databaseSeconds, databaseErrors, databaseInFlight } = metrics();
  const operation = operationOf(url, method);
  const end = databaseSeconds.startTimer({ operation });
  databaseInFlight.inc();
  try {
    const response = await ask();
    if (response.status >= 500) databaseErrors.inc({ operation });
    return response;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) databaseErrors.inc({ operation });
    throw error;
  } finally {
    databaseInFlight.dec();
    end();
  }
}

/** How late this process comes to what it has to do, since it was last asked. */
export function eventLoopLag() {
  const { lag } = state();
  const milliseconds = (nanoseconds: number) => Math.round(nanoseconds / 10_000) / 100 || 0;
  const figures = {
    meanMs: milliseconds(lag.mean),
    p99Ms: milliseconds(lag.percentile(99)),
    maxMs: milliseconds(lag.max),
  };
  lag.reset();
  return figures;
}

/** What only the database knows, as it was last asked. */
export function setFigures(figures: Figures, storageLimitBytes: number | undefined): void {
  const set = metrics();
  const known: [Gauge, string][] = [
    [set.online, 'online'],
    [set.streaming, 'streaming'],
    [set.documentsWaiting, 'documentsWaiting'],
    [set.oldestWaiting, 'oldestWaitingSeconds'],
    [set.tasksWaiting, 'tasksWaiting'],
    [set.storageUsed, 'storageBytes'],
    [set.databaseSize, 'databaseBytes'],
    [set.databaseConnections, 'connections'],
    [set.databaseConnectionsMost, 'connectionsMost'],
  ];
  for (const [gauge, name] of known) gauge.set(figures[name] ?? 0);
  if (storageLimitBytes === undefined) set.storageLimit.remove();
  else set.storageLimit.set(storageLimitBytes);
}

/** The page that Prometheus reads. */
export async function metricsPage(): Promise<{ text: string; contentType: string }> {
  const { registry } = state();
  return { text: await registry.metrics(), contentType: registry.contentType };
}

/** Every name that a query may use. */
export async function metricNames(): Promise<string[]> {
  const all = await state().registry.getMetricsAsJSON();
  return all.flatMap(({ name, type }) =>
    String(type) === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
}
