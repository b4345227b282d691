import type { Sayings } from '@/lib/domain/said';
import { inEnglish, sentence } from '@/lib/language/text';

/** An answer of our API that is not a success: its sentence, its stable code, and the trace id of a fault. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly code: string;
  readonly said: Sayings | undefined;
  readonly traceId: string | undefined;

  constructor(problem: ProblemBody & { status: number }) {
    super(problem.message);
    this.status = problem.status;
    this.code = problem.code;
    this.said = problem.said;
    this.traceId = problem.traceId;
  }
}

/** Thrown when no answer came at all. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

export const isGone = (error: unknown): boolean => error instanceof RequestError && error.status === 404;

/** The sentence to show for whatever went wrong. */
export const sentenceOf = (error: unknown, t = inEnglish): string =>
  error instanceof Error ? t.fault(error) : t('That did not work. Nothing was changed; try again.');

/** What went wrong as `t.fault` says it, also later and in another language. */
export type Fault = { code?: string; message: string; said?: Sayings | undefined };
export const faultOf = (error: unknown): Fault =>
  error instanceof RequestError
    ? { code: error.code, message: error.message, said: error.said }
    : { message: sentenceOf(error) };

export type ProblemBody = Fault & { code: string; traceId?: string | undefined };

const OUR_FAULT: string = sentence('That did not work, and it is our fault. Nothing of yours is lost.');

/** Reads a problem+json body. A proxy in between may answer with something else: then it is our fault. */
export function readProblem(body: unknown, fault = OUR_FAULT): ProblemBody {
  const field = (name: string) => {
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    code: field('code') ?? 'internal',
    message: field('detail') ?? field('title') ?? fault,
    traceId: field('traceId'),
    // Taken at its word: what cannot be told is shown in English.
    ...(typeof body === 'object' && body !== null && 'said' in body ? { said: body.said as Sayings } : {}),
  };
}

/** Told to the window, with the code, when this page's student is no longer the one who is signed in, or nobody is. */
export const SESSION_CHANGED = 'clerva-session-changed';
export const tellSession = ({ code }: { code: string }): void => {
  if (code === 'session_changed' || code === 'unauthenticated')
    globalThis.window?.dispatchEvent(new CustomEvent(SESSION_CHANGED, { detail: code }));
};

/** The student this page was made for, whoever signed in since: the app's layout writes it into the head. */
export function studentHeader(): Record<string, string> {
  if (typeof document === 'undefined') return {};
  const student = document.querySelector<HTMLMetaElement>('meta[name="clerva-student"]')?.content;
  return student ? { 'x-clerva-student': student } : {};
}

type RequestOptions = {
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of a body. */
  raw?: BodyInit;
  signal?: AbortSignal;
  /** Whose it is, where that is not the page's student. */
  student?: string;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
  /** What is said of an answer that says nothing itself. */
  fault?: string;
  fetch?: typeof globalThis.fetch | undefined;
};

/** Throws the sentence of what is refused, or of no answer at all. */
async function ask(url: string, accept: string, options: RequestOptions): Promise<Response> {
  const { method = 'GET', body, raw, fault, student, fetch = globalThis.fetch, ...rest } = options;
  const json = body === undefined ? undefined : JSON.stringify(body);
  const content = json ?? raw;
  let response: Response;
  try {
    response = await fetch(url, {
      ...rest,
      method,
      headers: {
        accept,
        ...(student === undefined ? studentHeader() : { 'x-clerva-student': student }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(content === undefined ? {} : { body: content }),
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ConnectionError(sentence('There is no connection. Try again when you are back online.'), {
      cause,
    });
  }
  if (!response.ok) {
    const problem = readProblem(await response.json().catch(() => null), fault);
    tellSession(problem);
    throw new RequestError({ ...problem, status: response.status });
  }
  return response;
}

/** Asks our own API. The answer's type is the route's contract, so it is taken at its word. */
export async function requestJson<T>(url: string, options: RequestOptions = {}): Promise<T> {
  const response = await ask(url, 'application/json', options);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Asks for an answer that is told in lines of JSON while it is made; throws the problem that a line tells. */
export async function requestLines<Line>(
  url: string,
  options: RequestOptions,
  onLine: (line: Line) => void,
): Promise<void> {
  const response = await ask(url, 'application/x-ndjson', options);
  const read = (text: string) => {
    if (text === '') return;
    const line = JSON.parse(text);
    if ('problem' in line) throw new RequestError({ ...readProblem(line.problem), status: response.status });
    onLine(line as Line);
  };
  let rest = '';
  for await (const text of textOf(response)) {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) read(line);
  }
  read(rest);
}

/** The text of an answer as it arrives. Not every browser walks a stream by itself. */
async function* textOf({ body }: Response): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) return;
    yield piece.value;
  }
}

/** Deletes; what is gone already counts as deleted. */
export async function requestDelete(url: string, options: { keepalive?: boolean } = {}): Promise<void> {
  try {
    await requestJson<unknown>(url, { method: 'DELETE', ...options });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** A version 4 id, also on pages without https, where `randomUUID` does not exist. */
export function newRequestId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) =>
    (index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte)
      .toString(16)
      .padStart(2, '0'),
  );
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((part) => part.join(''))
    .join('-');
}
