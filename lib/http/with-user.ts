import { randomUUID } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { z } from 'zod';
import { createUserClient, type DatabaseClient } from '../db/clients.ts';
import { noteAct } from '../db/queries/audit.ts';
import type { Database } from '../db/types.gen.ts';
import { hasRole, type Role } from '../domain/role.ts';
import { serverEnv } from '../env.ts';
import { AppError, type ErrorCode, toAppError } from '../errors.ts';
import { captureError } from '../observability/capture.ts';
import { logger } from '../observability/logger.ts';
import { routeName } from '../observability/redact.ts';
import { recordSpan } from '../observability/trace.ts';
import { countRequest } from '../operations/metrics.ts';
import { parseJson } from './body.ts';
import { clientAddress, mayEnter } from './client-address.ts';
import { corsHeaders } from './cors.ts';
import { enforceLimit, type LimitName, limitHeaders } from './limits.ts';
import { problem } from './problem.ts';
import { requireSameOrigin } from './same-origin.ts';
import { readSession, type SessionUser } from './session.ts';

export type UserContext<Params extends object, Body = undefined> = {
  request: Request;
  /** The body, where the route names its schema. */
  body: Body;
  user: SessionUser;
  /** Acts as the student: row-level security decides what it sees. */
  db: SupabaseClient<Database>;
  params: Params;
  /** Proves the student to other services; never logged. */
  accessToken: string;
  traceId: string;
  /** When the student's access token ends; nothing can be saved as them after it. */
  sessionExpiresAtMs: number;
};

export type RouteContext<Params extends object> = { params: Promise<Params> };
export type UserHandler<Params extends object, Body = undefined> = (
  context: UserContext<Params, Body>,
) => Promise<Response> | Response;

export const ADDRESS_REFUSED = 'This Clerva is open to certain networks only, and yours is none of them.';

/** 32 hexadecimal digits, as W3C trace context wants them. */
const newTraceId = () => randomUUID().replaceAll('-', '');

function logRequest(
  request: Request,
  response: Response,
  details: { traceId: string; startedAt: number; userId?: string; error?: AppError },
) {
  const line = {
    traceId: details.traceId,
    userId: details.userId,
    method: request.method,
    route: routeName(new URL(request.url).pathname),
    status: response.status,
    latencyMs: Math.round(performance.now() - details.startedAt),
    code: details.error?.code,
  };
  countRequest(line, response.headers.get('content-type')?.startsWith('text/event-stream'));
  recordSpan({
    name: `${line.method} ${line.route}`,
    kind: 'server',
    traceId: line.traceId,
    place: 'request',
    parent: null,
    latencyMs: line.latencyMs,
    ok: line.status < 500,
    attributes: {
      'http.request.method': line.method,
      'http.route': line.route,
      'http.response.status_code': line.status,
      'error.type': line.code,
    },
  });
  if (response.status < 500) {
    logger().info(line, 'request');
    return;
  }
  logger().error({ ...line, err: details.error?.cause ?? details.error }, 'request');
  captureError(details.error, { traceId: details.traceId });
}

/** A page says for whom it was made: on a shared computer somebody else may have signed in meanwhile in another tab. */
function requireSameStudent(request: Request, userId: string): void {
  const student = request.headers.get('x-clerva-student');
  if (student !== null && student !== userId) throw new AppError('session_changed');
}

/** A program writes at a slower pace than the page, which saves what its student does as they do it. */
function usualLimit({ method }: Request, via: 'cookie' | 'bearer'): LimitName {
  if (method === 'GET' || method === 'HEAD') return 'read';
  return via === 'bearer' ? 'program' : 'write';
}

export function requireRole(user: Pick<SessionUser, 'role'>, needed: Role): void {
  if (!hasRole(user.role, needed)) {
    throw new AppError('forbidden', { message: `This is for accounts with the role ${needed}.` });
  }
}

function finish(
  request: Request,
  response: Response,
  traceId: string,
  ofSession: [string, string][],
): Response {
  const headers = new Headers(response.headers);
  const added = [...corsHeaders(request), ...limitHeaders(request), ...ofSession];
  headers.set('x-trace-id', traceId);
  // What one student reads must not be kept for the next person at the same browser, or by anything in between.
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
  for (const [name, value] of added) {
    if (name === 'set-cookie' || name === 'vary') headers.append(name, value);
    else headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/**
 * Makes a route handler for signed-in students. It owns the session, the same-origin check of cookie writes, the
 * limits, the trace id, the log line and the mapping of errors, so that a handler only parses and delegates:
 *
 *     export const GET = withUser<{ documentId: string }>(async ({ db, params }) => Response.json(…));
 *
 * The limit is `read` for GET and `write` or `program` otherwise, unless named. With a schema of its body, a request that says nothing
 * that holds counts as a write alone, and uses up none of the named limit. With a role it answers 403 to whoever has less.
 */
export function withUser<Params extends object = object, Body = undefined>(
  handler: UserHandler<Params, Body>,
  options: { limit?: LimitName; body?: z.ZodType<Body>; role?: Role } = {},
): (request: Request, context: RouteContext<Params>) => Promise<Response> {
  return async (request, { params }) => {
    const traceId = newTraceId();
    const startedAt = performance.now();
    let userId: string | undefined;
    let db: DatabaseClient | undefined;
    let added: [string, string][] = [];
    try {
      const address = clientAddress(request.headers);
      if (!mayEnter(address)) throw new AppError('forbidden', { message: ADDRESS_REFUSED });
      const session = await readSession(request);
      userId = session.user.id;
      db = createUserClient(session.accessToken, address);
      added = session.responseHeaders;
      requireSameStudent(request, userId);
      if (options.role) requireRole(session.user, options.role);
      if (session.via === 'cookie') requireSameOrigin(request, serverEnv().NEXT_PUBLIC_APP_URL);
      const usual = usualLimit(request, session.via);
      if (options.body) await enforceLimit(usual, userId, request);
      // Undefined only where the route names no schema, which is what its type says.
      const body = (options.body && (await parseJson(request, options.body))) as Body;
      if (options.limit || !options.body) await enforceLimit(options.limit ?? usual, userId, request);
      const response = await handler({
        request,
        body,
        user: session.user,
        db,
        params: await params,
        accessToken: session.accessToken,
        traceId,
        sessionExpiresAtMs: session.expiresAtMs,
      });
      logRequest(request, response, { traceId, startedAt, userId });
      return finish(request, response, traceId, added);
    } catch (thrown) {
      const error = toAppError(thrown);
      const response = problem(error, traceId);
      logRequest(request, response, {
        traceId,
        startedAt,
        ...(userId === undefined ? {} : { userId }),
        error,
      });
      if (db) await noteFailure(db, request, error, startedAt);
      return finish(request, response, traceId, added);
    }
  };
}

/** Counted elsewhere, or where nothing can be written down. */
const UNNOTED = new Set<ErrorCode>(['rate_limited', 'database_unavailable', 'overloaded']);

/** What a student tried to change and could not, for the record. It never makes a request fail another way. */
async function noteFailure(
  db: DatabaseClient,
  request: Request,
  { code }: AppError,
  startedAt: number,
): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD' || UNNOTED.has(code)) return;
  const subject = `${request.method} ${routeName(new URL(request.url).pathname)}`;
  const durationMs = Math.round(performance.now() - startedAt);
  await noteAct(db, { action: 'request', subject, code, durationMs }).catch((err: unknown) =>
    logger().warn({ err }, 'a failure is not in the record'),
  );
}
