import { AppError } from '../errors.ts';
import { isNamedOrigin } from './cors.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

function originIsOurs(origin: string, request: Request, appUrl: string | undefined): boolean {
  let host: string;
  try {
    host = new URL(origin).host;
  } catch {
    // "null" (a sandboxed frame) and anything malformed is not our origin.
    return false;
  }
  const ours = [
    request.headers.get('x-forwarded-host'),
    request.headers.get('host'),
    new URL(request.url).host,
    appUrl === undefined ? null : new URL(appUrl).host,
  ];
  return ours.includes(host);
}

/**
 * Refuses a page of any origin but ours and those that are named, whatever it shows: a page that rebinds its own name to this
 * machine is no page of ours, though its address and its host agree.
 */
export function requireKnownOrigin(request: Request, appUrl: string | undefined): void {
  const origin = request.headers.get('origin');
  if (origin === null || isNamedOrigin(origin)) return;
  const isOurs =
    appUrl === undefined ? originIsOurs(origin, request, undefined) : origin === new URL(appUrl).origin;
  if (!isOurs) throw new AppError('forbidden', { message: FROM_ELSEWHERE });
}

const FROM_ELSEWHERE = 'This request came from another site and was refused.';

/**
 * Refuses a write that another site made with the student's cookies. A browser always says where a write comes from;
 * a client that says nothing is no browser, and has no cookies but its own.
 */
export function requireSameOrigin(request: Request, appUrl: string | undefined): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (isNamedOrigin(origin)) return;
  const foreign =
    (site !== null && site !== 'same-origin' && site !== 'none') ||
    (origin !== null && !originIsOurs(origin, request, appUrl));
  if (foreign) {
    throw new AppError('forbidden', { message: FROM_ELSEWHERE });
  }
}
