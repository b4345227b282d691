import type { LibraryDocument } from './documents';

/** An answer of our API that is not a success: its sentence, its stable code, and the trace id of a fault. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly code: string;
  readonly traceId: string | undefined;

  constructor(problem: { status: number; code: string; message: string; traceId?: string | undefined }) {
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

type RequestOptions = { method?: string; body?: unknown; signal?: AbortSignal; keepalive?: boolean };

async function problemOf(response: Response): Promise<RequestError> {
  // A proxy in between may answer with something else than problem+json.
  const body: unknown = await response.json().catch(() => null);
  const text = (name: string) => {
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return new RequestError({
    status: response.status,
    code: text('code') ?? 'internal',
    message:
      text('detail') ?? text('title') ?? 'That did not work, and it is our fault. Nothing of yours is lost.',
    traceId: text('traceId'),
  });
}

/** Asks our own API. The answer's type is the route's contract, so it is taken at its word. */
export async function requestJson<T>(url: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, signal, keepalive } = options;
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
      ...(keepalive === undefined ? {} : { keepalive }),
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ConnectionError('There is no connection. Try again when you are back online.', { cause });
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export const fetchDocuments = async (url: string): Promise<LibraryDocument[]> =>
  (await requestJson<{ documents: LibraryDocument[] }>(url)).documents;

export const changeDocument = (id: string, change: { title?: string; course?: string | null }) =>
  requestJson<unknown>(`/api/documents/${id}`, { method: 'PATCH', body: change });

/** `keepalive` lets the request outlive the page. A document that is gone already counts as deleted. */
export async function deleteDocument(id: string, options: { keepalive?: boolean } = {}): Promise<void> {
  try {
    await requestJson(`/api/documents/${id}`, { method: 'DELETE', ...options });
  } catch (error) {
    if (!(error instanceof RequestError && error.status === 404)) throw error;
  }
}

export const readAgain = (id: string) =>
  requestJson<unknown>(`/api/documents/${id}/ingest`, { method: 'POST' });
