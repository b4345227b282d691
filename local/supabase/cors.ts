const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';
const EXPOSED = 'content-range, content-location, preference-applied, x-total-count, accept-ranges';
const DAY_SECONDS = 86_400;

/**
 * The browser's question before a request, answered for every API alike. Lite's own answers leave out the headers
 * for Auth and the functions, and a browser then sends nothing.
 */
export function answerPreflight(request: Request, origin: string): Response | null {
  if (request.method !== 'OPTIONS' || !request.headers.has('access-control-request-method')) return null;
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      vary: 'origin',
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '*',
      'access-control-max-age': String(DAY_SECONDS),
    },
  });
}

/** Lets the page that asked read the answer. Who may ask at all was decided before. */
export function allowOrigin(response: Response, origin: string): Response {
  const headers = new Headers(response.headers);
  headers.set('access-control-allow-origin', origin);
  headers.append('vary', 'origin');
  headers.set('access-control-expose-headers', EXPOSED);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
