import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { foreignness } from '../stack/loopback.ts';
import { parseDuration } from './duration.ts';
import type { Engine } from './engine/engine.ts';
import { HttpError, readJson, send } from './http.ts';
import { renderOverview, renderRun } from './page.ts';
import { memosById } from './protocol/call.ts';
import { eventsSchema } from './protocol/messages.ts';
import { parseRegistration } from './protocol/registration.ts';
import { isAuthorized } from './protocol/signing.ts';
import type { Run, RunFilter } from './store/runs.ts';
import type { Store } from './store/store.ts';
import type { SyncState } from './sync.ts';

export type RouteContext = {
  engine: Engine;
  store: Store;
  signingKey: string | null;
  eventKey: string | null;
  syncState(): SyncState | null;
  onRegistered(): void;
  log(message: string): void;
};

type Exchange = { request: IncomingMessage; query: URLSearchParams; id: string };
/** Gives the body of the answer: text is a page, everything else JSON. */
type Handler = (context: RouteContext, exchange: Exchange) => unknown;

const isoTime = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());

function describeRun({ store }: RouteContext, run: Run) {
  return {
    run_id: run.id,
    function_id: run.functionId,
    status: run.status,
    event_ids: run.events.map(({ id }) => id),
    output: run.output,
    error: run.error,
    created_at: isoTime(run.createdAt),
    started_at: isoTime(run.startedAt),
    ended_at: isoTime(run.endedAt),
    steps: store.steps.list(run.id),
  };
}

const describeRuns = (context: RouteContext, filter: RunFilter) => ({
  data: context.store.runs.list(filter).map((run) => describeRun(context, run)),
});

function runOrNotFound({ store }: RouteContext, id: string): Run {
  const run = store.runs.get(id);
  if (!run) throw new HttpError(404, 'There is no such run.');
  return run;
}

const listSchema = z.object({
  status: z.enum(['running', 'completed', 'failed', 'cancelled']).optional(),
  function_id: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
});

const advanceSchema = z.union([
  z.object({ ms: z.number().int().positive() }),
  z
    .object({ duration: z.string().refine((text) => parseDuration(text) !== null, 'is not a time string') })
    .transform(({ duration }) => ({ ms: parseDuration(duration) ?? 0 })),
]);

function parsed<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value);
  if (!result.success) throw new HttpError(400, z.prettifyError(result.error));
  return result.data;
}

async function receiveEvents(context: RouteContext, { request, id: eventKey }: Exchange) {
  if (context.eventKey && eventKey !== context.eventKey)
    throw new HttpError(401, 'The event key is not known here.');
  const events = parsed(eventsSchema, await readJson(request));
  const seed = request.headers['x-inngest-event-id-seed'];
  return { ids: context.engine.receive(events, typeof seed === 'string' ? seed : null), status: 200 };
}

async function register(context: RouteContext, { request }: Exchange) {
  const result = parseRegistration(await readJson(request));
  if ('refusal' in result) {
    context.log(result.refusal);
    throw new HttpError(400, result.refusal);
  }
  const { app, functions } = result.registration;
  const modified = context.engine.register(result.registration);
  if (modified) context.log(`${app} serves ${functions.map(({ id }) => id).join(', ')}.`);
  for (const config of functions) {
    context.engine.queue.appAnswered(new URL(config.steps.step.runtime.url).origin);
  }
  context.onRegistered();
  return { status: 200, ok: true, modified };
}

function health(context: RouteContext) {
  const sync = context.syncState();
  return {
    status: 'ok',
    mode: context.signingKey ? 'signed' : 'dev',
    now: isoTime(context.engine.clock.now()),
    functions: context.engine.registry.all().map(({ config }) => config.id),
    app: sync ? { synced: sync.isSynced, detail: sync.detail } : null,
    queue: context.engine.queue.state(),
    runs: context.store.runs.counts(),
  };
}

async function advance({ engine }: RouteContext, { request }: Exchange) {
  engine.advance(parsed(advanceSchema, await readJson(request)).ms);
  return { now: isoTime(engine.clock.now()) };
}

function listRuns(context: RouteContext, { query }: Exchange) {
  const { function_id: functionId, ...filter } = parsed(listSchema, Object.fromEntries(query));
  return describeRuns(context, { ...filter, functionId });
}

function cancelRun(context: RouteContext, { id }: Exchange) {
  const run = runOrNotFound(context, id);
  if (!context.engine.cancel(id, 'An operator cancelled this run.')) {
    throw new HttpError(409, `The run is ${run.status} already.`);
  }
  return { data: describeRun(context, runOrNotFound(context, id)) };
}

function overview(context: RouteContext): string {
  const { runs } = context.store;
  return renderOverview({
    functions: context.engine.registry.all().map(({ config }) => config),
    runs: runs.list({ limit: 100 }),
    counts: runs.counts(),
    sync: context.syncState(),
  });
}

/**
 * In signed mode, what shows the data of runs or changes anything asks for the signing key, as the hosted API does. The
 * pages show no event data and no outputs, so they need none.
 */
const ROUTES: [method: string, path: RegExp, access: 'open' | 'key', handler: Handler][] = [
  ['POST', /^\/e\/([^/]+)$/, 'open', receiveEvents],
  ['POST', /^\/fn\/register$/, 'key', register],
  ['GET', /^\/health$/, 'open', health],
  ['POST', /^\/dev\/advance$/, 'key', advance],
  ['GET', /^\/v1\/runs$/, 'key', listRuns],
  [
    'GET',
    /^\/v1\/runs\/(\w+)$/,
    'key',
    (context, { id }) => ({ data: describeRun(context, runOrNotFound(context, id)) }),
  ],
  ['DELETE', /^\/v1\/runs\/(\w+)$/, 'key', cancelRun],
  [
    'GET',
    /^\/v1\/events\/([^/]+)\/runs$/,
    'key',
    (context, { id }) => describeRuns(context, { eventId: id, limit: 1_000 }),
  ],
  // The SDK fetches these two when a run's state is too large to be sent with each call.
  ['GET', /^\/v0\/runs\/(\w+)\/batch$/, 'key', (context, { id }) => runOrNotFound(context, id).events],
  [
    'GET',
    /^\/v0\/runs\/(\w+)\/actions$/,
    'key',
    (context, { id }) => memosById(context.store.steps.memos(runOrNotFound(context, id).id)),
  ],
  ['GET', /^\/$/, 'open', overview],
  [
    'GET',
    /^\/runs\/(\w+)$/,
    'open',
    (context, { id }) => renderRun(runOrNotFound(context, id), context.store.steps.list(id)),
  ],
];

async function answer(context: RouteContext, request: IncomingMessage): Promise<unknown> {
  // No page of another site may send events or read runs.
  const reason = foreignness(request.headers);
  if (reason) throw new HttpError(403, reason);
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  const found = ROUTES.filter(([, path]) => path.test(pathname));
  const [, path, access, handler] = found.find(([method]) => method === request.method) ?? [];
  if (!handler) throw new HttpError(found.length ? 405 : 404, `There is no ${request.method} ${pathname}.`);
  const { signingKey } = context;
  if (access === 'key' && signingKey && !isAuthorized(request.headers.authorization, signingKey)) {
    throw new HttpError(401, 'This needs the signing key as a bearer token.');
  }
  const id = decodeURIComponent(path?.exec(pathname)?.[1] ?? '');
  return handler(context, { request, query, id });
}

/** Answers one request. Every failure becomes a JSON body of the form the SDK reads. */
export async function route(
  context: RouteContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    send(response, 200, await answer(context, request));
  } catch (error) {
    const status = error instanceof HttpError ? error.status : 500;
    const message = error instanceof HttpError ? error.message : 'The local Inngest server failed.';
    if (status === 500) context.log(error instanceof Error ? String(error.stack) : String(error));
    if (!response.headersSent) send(response, status, { error: message, status });
    else response.destroy();
  }
}
