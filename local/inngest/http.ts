import type { IncomingMessage, ServerResponse } from 'node:http';
import { POLICY } from './page.ts';

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** A refusal with its HTTP status, thrown by a route and answered as JSON. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
  }
}

export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // The rest is read and dropped: closing the connection on a sender would hide the answer from it.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) throw new HttpError(413, `A request may have at most ${MAX_BODY_BYTES} bytes.`);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new HttpError(400, 'The body is not JSON.');
  }
}

/** Text is a page, everything else JSON. */
export function send(response: ServerResponse, status: number, body: unknown): void {
  const page = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
  };
  const headers = typeof body === 'string' ? page : { 'content-type': 'application/json' };
  response.writeHead(status, { ...headers, 'cache-control': 'no-store' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
