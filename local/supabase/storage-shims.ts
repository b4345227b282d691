import { mkdir, statfs } from 'node:fs/promises';
import { z } from 'zod';
import { parseRange, storeFaults } from './storage-adapter.ts';

const OBJECTS = '/storage/v1/object/';

/**
 * Lite reads a form's field `file`; the client library sends the file in a field without a name. `null` when the body
 * is not the form that its header announces.
 */
export async function unwrapUpload(request: Request, pathname: string): Promise<Request | null> {
  const isUpload = request.method === 'POST' || request.method === 'PUT';
  const isForm = request.headers.get('content-type')?.startsWith('multipart/form-data') ?? false;
  if (!isUpload || !isForm || !pathname.startsWith(OBJECTS)) return request;

  const form = await request.formData().catch(() => null);
  if (form === null) return null;
  const file = [...form.values()].find((value) => typeof value !== 'string');
  const headers = new Headers(request.headers);
  headers.set('content-type', file?.type || 'application/octet-stream');
  headers.set('content-length', String(file?.size ?? 0));
  const cacheControl = form.get('cacheControl');
  if (typeof cacheControl === 'string') headers.set('cache-control', `max-age=${cacheControl}`);
  const metadata = form.get('metadata');
  if (typeof metadata === 'string') headers.set('x-metadata', Buffer.from(metadata).toString('base64'));
  return new Request(request.url, {
    method: request.method,
    headers,
    body: (await file?.arrayBuffer()) ?? null,
  });
}

export const badUpload = () =>
  Response.json(
    { statusCode: '400', error: 'Bad Request', message: 'The form could not be read.' },
    { status: 400 },
  );

/** No text of the database holds a NUL. */
const invalidKey = () =>
  Response.json(
    { statusCode: '400', error: 'InvalidKey', message: 'The name of a file holds a NUL.' },
    { status: 400 },
  );

/** Gives Lite's storage answers the fields and codes that the platform gives, which the client library reads. */
async function finishStorageResponse(
  request: Request,
  pathname: string,
  response: Response,
): Promise<Response> {
  if (!pathname.startsWith(OBJECTS)) return response;
  const isSignedUpload = pathname.startsWith(`${OBJECTS}upload/sign/`);
  const isSigned = pathname.startsWith(`${OBJECTS}sign/`);
  if (request.method === 'POST' && response.ok && (isSignedUpload || isSigned)) {
    const body: unknown = await response.json();
    return replaceBody(
      response,
      JSON.stringify(Array.isArray(body) ? body.map(relativeUrls) : relativeUrls(body)),
    );
  }
  if (response.status === 500 && (isSignedUpload || isSigned)) {
    const body = {
      statusCode: '400',
      error: 'InvalidSignature',
      message: 'The signature of this address is not valid.',
    };
    return replaceBody(response, JSON.stringify(body), 400);
  }
  if (response.status === 400) return nameError(response);
  return request.method === 'GET' ? sliceRange(request, response) : response;
}

const ERROR_CODES: Record<string, string> = {
  'Object not found': 'NoSuchKey',
  'Bucket not found': 'NoSuchBucket',
};

/** `exists()` of the client library tells a missing object by its code, which Lite leaves out. */
async function nameError(response: Response): Promise<Response> {
  const text = await response.text();
  const [, message] = /"message":"([^"]*)"/.exec(text) ?? [];
  const code = message === undefined ? undefined : ERROR_CODES[message];
  if (code === undefined) return new Response(text, response);
  return replaceBody(response, JSON.stringify({ ...JSON.parse(text), code }));
}

type Ask = (request: Request, url: URL) => Promise<Response>;

/** Less than this, and the smallest file does not go in. */
const NO_ROOM_BYTES = 1024 * 1024;

/** Whether a file still goes into the folder, for whoever asks after the state of a bucket before adding one. */
async function hasNoRoom(folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < NO_ROOM_BYTES;
}

/** Lite says of a full disk only that something went wrong, and of a bucket on one that all is well. */
async function askStore(request: Request, url: URL, ask: Ask, folder?: string): Promise<Response> {
  const isOfBucket = request.method === 'GET' && url.pathname.startsWith('/storage/v1/bucket/');
  const faults = { isFull: isOfBucket && folder !== undefined && (await hasNoRoom(folder)) };
  return storeFaults.run(faults, async () => {
    const response = await ask(request, url);
    if (!faults.isFull) return finishStorageResponse(request, url.pathname, response);
    const body = { statusCode: '507', error: 'StorageFull', message: 'No space left on device.' };
    return Response.json(body, { status: 507 });
  });
}

const signRequest = z.object({
  paths: z.array(z.unknown()),
  expiresIn: z.unknown().refine((value) => value !== undefined),
});
const signAnswer = z.object({
  signedURL: z.string().nullable().catch(null),
  message: z.string().catch('The object could not be signed.'),
});

/** Lite never reaches its route for signing several addresses; each path is asked for by itself. */
async function signMany(request: Request, url: URL, ask: Ask): Promise<Response | null> {
  if (request.method !== 'POST' || !/^\/storage\/v1\/object\/sign\/[^/]+\/?$/.test(url.pathname)) return null;
  const wish = signRequest.safeParse(await request.json().catch(() => null));
  if (!wish.success) {
    const message = 'body must have paths and expiresIn';
    return Response.json({ statusCode: '400', error: 'Bad Request', message }, { status: 400 });
  }

  const headers = new Headers(request.headers);
  headers.delete('content-length');
  const signed = [];
  for (const path of wish.data.paths.map(String)) {
    const target = new URL(url);
    target.pathname = `${url.pathname.replace(/\/$/, '')}/${path.split('/').map(encodeURIComponent).join('/')}`;
    const answer = await ask(
      new Request(target, {
        method: 'POST',
        headers,
        body: JSON.stringify({ expiresIn: wish.data.expiresIn }),
      }),
      target,
    );
    const { signedURL, message } = signAnswer.parse(await answer.json());
    signed.push({ path, signedURL: answer.ok ? signedURL : null, error: answer.ok ? null : message });
  }
  return Response.json(signed);
}

/** The client library puts the service's own address before `url` and `signedURL`. */
function relativeUrls(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  const signed = 'signedUrl' in entry ? entry.signedUrl : 'signedURL' in entry ? entry.signedURL : undefined;
  if (signed === undefined) return entry;
  const relative = typeof signed === 'string' ? signed.replace(/^\/storage\/v1/, '') : null;
  return { ...entry, url: relative, signedURL: relative };
}

/** PDF viewers fetch a document piece by piece; Lite ignores the range of a signed address. */
async function sliceRange(request: Request, response: Response): Promise<Response> {
  const header = request.headers.get('range');
  if (header === null || response.status !== 200) return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const range = parseRange(header, bytes.byteLength);
  const headers = new Headers(response.headers);
  headers.set('accept-ranges', 'bytes');
  if (range === null) return new Response(bytes, { status: 200, headers });
  const part = bytes.slice(range.start, range.end + 1);
  headers.set('content-range', `bytes ${range.start}-${range.end}/${bytes.byteLength}`);
  headers.set('content-length', String(part.byteLength));
  return new Response(part, { status: 206, headers });
}

/** The same answer with another text; the length is counted anew. */
export function replaceBody(response: Response, body: string, status = response.status): Response {
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  headers.set('content-type', 'application/json; charset=utf-8');
  return new Response(body, { status, headers });
}

/** Storage as its clients know it, over what Lite makes of it. */
export async function answerStorage(
  request: Request,
  url: URL,
  ask: Ask,
  folder?: string,
): Promise<Response> {
  if (url.pathname.includes('%00')) return invalidKey();
  const askHere: Ask = (given, address) => askStore(given, address, ask, folder);
  return (await signMany(request, url, askHere)) ?? askHere(request, url);
}
