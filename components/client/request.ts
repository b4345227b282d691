/** An answer of our API that is not a success: its sentence, its stable code, and the trace id of a fault. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly code: string;
  readonly traceId: string | undefined;

  constructor(problem: ProblemBody & { status: number }) {
    super(problem.message);
    this.status = problem.status;
    this.code = problem.code;
    this.traceId = problem.traceId;
  }
}

/** Thrown when no answer came at all. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

export const isGone = (error: unknown): boolean => error instanceof RequestError && error.status === 404;

/** The sentence to show for whatever went wrong. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'That did not work. Nothing was changed; try again.';

export type ProblemBody = { code: string; message: string; traceId?: string | undefined };

const OUR_FAULT = 'That did not work, and it is our fault. Nothing of yours is lost.';

/** Reads a problem+json body. A proxy in between may answer with something else: then it is our fault. */
export function readProblem(body: unknown, fault = OUR_FAULT): ProblemBody {
  const text = (name: string) => {
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    code: text('code') ?? 'internal',
    message: text('detail') ?? text('title') ?? fault,
    traceId: text('traceId'),
  };
}

type RequestOptions = {
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of a body. */
  raw?: BodyInit;
  signal?: AbortSignal;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
  /** What is said of an answer that says nothing itself. */
  fault?: string;
  fetch?: typeof globalThis.fetch | undefined;
};

/** Asks our own API. The answer's type is the route's contract, so it is taken at its word. */
export async function requestJson<T>(url: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, raw, fault, fetch = globalThis.fetch, ...rest } = options;
  const json = body === undefined ? undefined : JSON.stringify(body);
  const content = json ?? raw;
  let response: Response;
  try {
    response = await fetch(url, {
      ...rest,
      method,
      headers: {
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(content === undefined ? {} : { body: content }),
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ConnectionError('There is no connection. Try again when you are back online.', { cause });
  }
  if (!response.ok) {
    const problem = readProblem(await response.json().catch(() => null), fault);
    throw new RequestError({ ...problem, status: response.status });
  }
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Deletes; what is gone already counts as deleted. */
export async function requestDelete(url: string, options: { keepalive?: boolean } = {}): Promise<void> {
  try {
    await requestJson<unknown>(url, { method: 'DELETE', ...options });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
