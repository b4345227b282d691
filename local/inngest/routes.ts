import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { parseDuration } from './duration.ts';
import type { Engine } from './engine/engine.ts';
import { assertLocal, HttpError, readJson, sendHtml, sendJson } from './http.ts';
import { renderOverview, renderRun } from './page.ts';
import { eventsSchema } from './protocol/messages.ts';
import { parseRegistration } from './protocol/registration.ts';
import { isAuthorized } from './protocol/signing.ts';
import type { Run } from './store/runs.ts';
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

type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  params: string[];
};
type Route = {
  method: string;
  path: RegExp;
  handle(context: RouteContext, exchange: Exchange): Promise<void> | void;
};

/** In signed mode, what shows the data of runs or changes anything asks for the signing key, as the hosted API does. */
function assertKey({ signingKey }: RouteContext, { request }: Exchange): void {
  if (signingKey && !isAuthorized(request.headers.authorization, signingKey)) {
    throw new HttpError(401, 'This needs the signing key as a bearer token.');
  }
}

function describeRun({ store }: RouteContext, run: Run) {
  return {
    run_id: run.id,
    function_id: run.functionId,
    status: run.status,
    event_ids: run.events.map(({ id }) => id),
    output: run.output,
    error: run.error,
    created_at: new Date(run.createdAt).toISOString(),
    started_at: run.startedAt === null ? null : new Date(run.startedAt).toISOString(),
    ended_at: run.endedAt === null ? null : new Date(run.endedAt).toISOString(),
    steps: store.steps.list(run.id),
  };
}

function runOrNotFound({ store }: RouteContext, id: string | undefined): Run {
  const run = id ? store.runs.get(id) : null;
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

async function receiveEvents(context: RouteContext, { request, response, params }: Exchange): Promise<void> {
  if (context.eventKey && params[0] !== context.eventKey)
    throw new HttpError(401, 'The event key is not known here.');
  const events = parsed(eventsSchema, await readJson(request));
  const seed = request.headers['x-inngest-event-id-seed'];
  const ids = context.engine.receive(events, typeof seed === 'string' ? seed : null);
  sendJson(response, 200, { ids, status: 200 });
}

async function register(context: RouteContext, exchange: Exchange): Promise<void> {
  assertKey(context, exchange);
  const result = parseRegistration(await readJson(exchange.request));
  if ('refusal' in result) {
    context.log(result.refusal);
    throw new HttpError(400, result.refusal);
  }
  const { registration } = result;
  const modified = context.engine.register(registration);
  if (modified)
    context.log(`${registration.app} serves ${registration.functions.map(({ id }) => id).join(', ')}.`);
  for (const config of registration.functions) {
    context.engine.queue.appAnswered(new URL(config.steps.step.runtime.url).origin);
  }
  context.onRegistered();
  sendJson(exchange.response, 200, { status: 200, ok: true, modified });
}

function health(context: RouteContext, { response }: Exchange): void {
  const sync = context.syncState();
  sendJson(response, 200, {
    status: 'ok',
    mode: context.signingKey ? 'signed' : 'dev',
    now: new Date(context.engine.clock.now()).toISOString(),
    functions: context.engine.registry.all().map(({ config }) => config.id),
    app: sync ? { synced: sync.isSynced, detail: sync.detail } : null,
    queue: context.engine.queue.state(),
    runs: context.store.runs.counts(),
  });
}

async function advance(context: RouteContext, exchange: Exchange): Promise<void> {
  assertKey(context, exchange);
  const { ms } = parsed(advanceSchema, await readJson(exchange.request));
  context.engine.advance(ms);
  sendJson(exchange.response, 200, { now: new Date(context.engine.clock.now()).toISOString() });
}

const ROUTES: Route[] = [
  { method: 'POST', path: /^\/e\/([^/]+)$/, handle: receiveEvents },
  { method: 'POST', path: /^\/fn\/register$/, handle: register },
  { method: 'GET', path: /^\/health$/, handle: health },
  { method: 'POST', path: /^\/dev\/advance$/, handle: advance },
  {
    method: 'GET',
    path: /^\/v1\/runs$/,
    handle(context, exchange) {
      assertKey(context, exchange);
      const filter = parsed(listSchema, Object.fromEntries(exchange.query));
      const runs = context.store.runs.list({ ...filter, functionId: filter.function_id });
      sendJson(exchange.response, 200, { data: runs.map((run) => describeRun(context, run)) });
    },
  },
  {
    method: 'GET',
    path: /^\/v1\/runs\/(\w+)$/,
    handle(context, exchange) {
      assertKey(context, exchange);
      sendJson(exchange.response, 200, {
        data: describeRun(context, runOrNotFound(context, exchange.params[0])),
      });
    },
  },
  {
    method: 'DELETE',
    path: /^\/v1\/runs\/(\w+)$/,
    handle(context, exchange) {
      assertKey(context, exchange);
      const run = runOrNotFound(context, exchange.params[0]);
      if (!context.engine.cancel(run.id, 'An operator cancelled this run.')) {
        throw new HttpError(409, `The run is ${run.status} already.`);
      }
      sendJson(exchange.response, 200, { data: describeRun(context, runOrNotFound(context, run.id)) });
    },
  },
  {
    method: 'GET',
    path: /^\/v1\/events\/([^/]+)\/runs$/,
    handle(context, exchange) {
      assertKey(context, exchange);
      const runs = context.store.runs.list({ eventId: exchange.params[0], limit: 1_000 });
      sendJson(exchange.response, 200, { data: runs.map((run) => describeRun(context, run)) });
    },
  },
  // The SDK fetches these two when a run's state is too large to be sent with each call.
  {
    method: 'GET',
    path: /^\/v0\/runs\/(\w+)\/batch$/,
    handle(context, exchange) {
      assertKey(context, exchange);
      sendJson(exchange.response, 200, runOrNotFound(context, exchange.params[0]).events);
    },
  },
  {
    method: 'GET',
    path: /^\/v0\/runs\/(\w+)\/actions$/,
    handle(context, exchange) {
      assertKey(context, exchange);
      const { id } = runOrNotFound(context, exchange.params[0]);
      sendJson(
        exchange.response,
        200,
        Object.fromEntries(context.store.steps.memos(id).map((s) => [s.id, s.memo])),
      );
    },
  },
  // The page shows no event data and no outputs, so it needs no key.
  {
    method: 'GET',
    path: /^\/$/,
    handle(context, { response }) {
      const functions = context.engine.registry.all().map(({ config }) => config);
      const runs = context.store.runs.list({ limit: 100 });
      sendHtml(
        response,
        renderOverview({ functions, runs, counts: context.store.runs.counts(), sync: context.syncState() }),
      );
    },
  },
  {
    method: 'GET',
    path: /^\/runs\/(\w+)$/,
    handle(context, { response, params }) {
      const run = runOrNotFound(context, params[0]);
      sendHtml(response, renderRun(run, context.store.steps.list(run.id)));
    },
  },
];

/** Answers one request. Every failure becomes a JSON body of the form the SDK reads. */
export async function route(
  context: RouteContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    assertLocal(request);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const found = ROUTES.filter(({ path }) => path.test(url.pathname));
    const matching = found.find(({ method }) => method === request.method);
    if (!matching)
      throw new HttpError(found.length ? 405 : 404, `There is no ${request.method} ${url.pathname}.`);
    const params = (matching.path.exec(url.pathname) ?? []).slice(1).map((part) => decodeURIComponent(part));
    await matching.handle(context, { request, response, query: url.searchParams, params });
  } catch (error) {
    const status = error instanceof HttpError ? error.status : 500;
    const message = error instanceof HttpError ? error.message : 'The local Inngest server failed.';
    if (status === 500) context.log(error instanceof Error ? String(error.stack) : String(error));
    if (!response.headersSent) sendJson(response, status, { error: message, status });
    else response.destroy();
  }
}
