import { serverEnv } from '../env.ts';

const EXPOSED =
  'x-trace-id, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset, ratelimit-policy, content-disposition';
const TAKEN_HEADERS =
  'authorization, content-type, accept, last-event-id, mcp-protocol-version, x-clerva-student';

/** Origins of other sites that may call with their student's cookies or token, by their exact names. */
const named = () => (serverEnv().ALLOWED_ORIGINS ?? '').split(',').map((origin) => origin.trim());

export const isNamedOrigin = (origin: string | null): origin is string =>
  origin !== null && origin !== '' && origin !== 'null' && named().includes(origin);

/** What a browser is told of an answer of ours. To an origin that nobody named: nothing. */
export function corsHeaders(request: Request): [string, string][] {
  const origin = request.headers.get('origin');
  if (!isNamedOrigin(origin)) return [['vary', 'Origin']];
  return [
    ['vary', 'Origin'],
    ['access-control-allow-origin', origin],
    ['access-control-allow-credentials', 'true'],
    ['access-control-expose-headers', EXPOSED],
  ];
}

/** The browser's question before a request of another site. */
export function preflightHeaders(request: Request, methods: string): [string, string][] {
  if (!isNamedOrigin(request.headers.get('origin'))) return corsHeaders(request);
  return [
    ...corsHeaders(request),
    ['access-control-allow-methods', methods],
    ['access-control-allow-headers', TAKEN_HEADERS],
    ['access-control-max-age', '600'],
  ];
}
