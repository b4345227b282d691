import type { Run } from '../store/runs.ts';
import { type Operation, operationsSchema, type RunError, toRunError } from './messages.ts';
import { canonicalJson, sign, verifySignature } from './signing.ts';

/** What came of a call. Only what the SDK itself said counts against the attempts of the app's code. */
export type CallOutcome =
  | { kind: 'unreachable'; reason: string; wasCut: boolean }
  | { kind: 'finished'; output: unknown }
  | {
      kind: 'operations';
      operations: Operation[];
      noRetry: boolean;
      retryAfter: string | null;
      /** The app runs with parallelism unoptimised and wants to be asked again after every single step. */
      discoversEachStep: boolean;
    }
  | { kind: 'failed'; error: RunError; noRetry: boolean; retryAfter: string | null };

export type CallRequest = {
  url: string;
  run: Run;
  stepId: string;
  attempt: number;
  maxAttempts: number;
  memos: { id: string; memo: unknown }[];
  /** Parallel steps are under way: the SDK must report new steps instead of running one at once. */
  planOnly: boolean;
};

export type CallOptions = {
  signingKey: string | null;
  callTimeoutMs: number;
  /** Above this size the app fetches events and results itself instead of receiving them in the call. */
  maxInlineBytes: number;
  signal: AbortSignal;
};

/** The results of steps as the SDK reads them, sent or fetched. */
export const memosById = (memos: CallRequest['memos']) =>
  Object.fromEntries(memos.map(({ id, memo }) => [id, memo]));

/**
 * The body of a call. `fn_id` and `qi_id` are left out on purpose: without them the SDK answers after every step instead
 * of running several and reporting them on the side, so each step is a point to persist, cancel and share capacity at.
 */
function callBody(request: CallRequest, maxInlineBytes: number): string {
  const { run, memos } = request;
  const build = (useApi: boolean) =>
    canonicalJson({
      version: 2,
      event: run.events[0],
      events: useApi ? [] : run.events,
      steps: useApi ? {} : memosById(memos),
      defers: {},
      use_api: useApi,
      ctx: {
        run_id: run.id,
        step_id: request.stepId,
        env: 'local',
        attempt: request.attempt,
        max_attempts: request.maxAttempts,
        disable_immediate_execution: request.planOnly,
        use_api: useApi,
        stack: { stack: memos.map(({ id }) => id), current: memos.length },
      },
    });
  const body = build(false);
  return Buffer.byteLength(body) > maxInlineBytes ? build(true) : body;
}

function errorCode(error: unknown): string {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') return current.code;
  }
  return error instanceof Error ? error.name : String(error);
}

function isTimeout(code: string): boolean {
  return code === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
}

/** Failures to connect at all; every other network failure cut a call that may have begun. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function networkOutcome(error: unknown, timeoutMs: number): CallOutcome {
  const code = errorCode(error);
  if (isTimeout(code)) {
    const message = `The app did not answer within ${Math.round(timeoutMs / 1_000)} seconds.`;
    return { kind: 'failed', error: { name: 'TimeoutError', message }, noRetry: false, retryAfter: null };
  }
  return {
    kind: 'unreachable',
    reason: `The app is not reachable (${code}).`,
    wasCut: !NEVER_CONNECTED.has(code),
  };
}

function unreachable(reason: string): CallOutcome {
  return { kind: 'unreachable', reason, wasCut: false };
}

function parseAnswer(response: Response, text: string, signingKey: string | null): CallOutcome {
  const { status, headers } = response;
  // Whatever does not carry this header was not said by the SDK: a page that is still compiling, a crash page, a proxy.
  if (!headers.has('x-inngest-sdk-handled') && !headers.has('x-inngest-sdk')) {
    return unreachable(
      `The app answered ${status} without the Inngest SDK; is the route there and compiled?`,
    );
  }
  if (status === 401)
    return unreachable('The app refuses our signature; INNGEST_SIGNING_KEY must be the same on both sides.');
  const signature = headers.get('x-inngest-signature');
  if (signingKey && signature && !verifySignature(signature, text, signingKey)) {
    return unreachable(
      'The answer is signed with another key; INNGEST_SIGNING_KEY must be the same on both sides.',
    );
  }

  const noRetry = headers.get('x-inngest-no-retry') === 'true';
  const retryAfter = headers.get('retry-after');
  let body: unknown;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch {
    const error = { name: 'Error', message: `The app answered ${status} with a body that is not JSON.` };
    return { kind: 'failed', error, noRetry, retryAfter };
  }
  if (status === 200) return { kind: 'finished', output: body };
  if (status !== 206) return { kind: 'failed', error: toRunError(body), noRetry, retryAfter };
  const operations = operationsSchema.safeParse(body);
  if (!operations.success) {
    const error = { name: 'Error', message: 'The app answered with operations that cannot be read.' };
    return { kind: 'failed', error, noRetry, retryAfter };
  }
  const discoversEachStep = headers.get('x-inngest-req-version') === '1';
  return { kind: 'operations', operations: operations.data, noRetry, retryAfter, discoversEachStep };
}

/** Calls the app to run one step or to say what comes next. Never throws. */
export async function callApp(request: CallRequest, options: CallOptions): Promise<CallOutcome> {
  const { signingKey, callTimeoutMs, signal } = options;
  const url = new URL(request.url);
  url.searchParams.set('stepId', request.stepId);
  const body = callBody(request, options.maxInlineBytes);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'x-inngest-server-kind': signingKey ? 'cloud' : 'dev',
        'x-run-id': request.run.id,
        ...(signingKey ? { 'x-inngest-signature': sign(body, signingKey) } : {}),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(callTimeoutMs)]),
    });
    return parseAnswer(response, await response.text(), signingKey);
  } catch (error) {
    return networkOutcome(error, callTimeoutMs);
  }
}
