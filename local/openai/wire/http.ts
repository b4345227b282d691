import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from './api-error.ts';

const MAX_BODY_BYTES = 32 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new ApiError(413, 'The request body is larger than 32 MB.');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

export async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = (await readBody(request)).toString('utf8');
  try {
    return JSON.parse(body);
  } catch {
    // Where a foreign body breaks says nothing that the official sentence does not.
    throw new ApiError(400, 'We could not parse the JSON body of your request.', { code: 'invalid_json' });
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown, requestId: string): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-request-id': requestId,
  });
  response.end(text);
}

export function sendError(response: ServerResponse, error: unknown, requestId: string): void {
  const known = error instanceof ApiError ? error : new ApiError(500, 'The local model server failed.');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (known.retryAfterSeconds !== undefined)
    response.setHeader('retry-after', String(known.retryAfterSeconds));
  sendJson(response, known.status, known.body(), requestId);
}

/** The key is checked as the official API checks it, so that a wrong key fails here and not after deployment. */
export function checkKey(request: IncomingMessage, apiKey: string): void {
  const given = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1];
  if (!given)
    throw new ApiError(
      401,
      "You didn't provide an API key. You need to provide it in an Authorization header using Bearer auth.",
    );
  if (given !== apiKey)
    throw new ApiError(401, `Incorrect API key provided: ${given.slice(0, 2)}***.`, {
      code: 'invalid_api_key',
    });
}
