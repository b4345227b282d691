import { AppError } from '../errors.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { problem } from './problem.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** A refusal that names what is taken instead, as RFC 9110 asks of it. */
export function methodRefused(taken: readonly Method[]): Response {
  const response = problem(new AppError('method_not_allowed'));
  response.headers.set('allow', allowed(taken));
  return response;
}

/** What answers GET answers HEAD as well, without its body. */
const allowed = (taken: readonly Method[]) =>
  [...taken.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'].join(', ');

/** For an address that is refused before it is known what answers there. */
export const anyMethodRefused = () => methodRefused(METHODS);

/**
 * What a route answers to the methods it does not take. Its last line, with the ones it does:
 *
 *     export const { POST, PUT, DELETE, OPTIONS } = otherMethods('GET', 'PATCH');
 */
export function otherMethods<Taken extends Method>(
  ...taken: Taken[]
): Record<Exclude<Method, Taken> | 'OPTIONS', (request: Request) => Response> {
  const methods = allowed(taken);
  const options = (request: Request) =>
    new Response(null, { status: 204, headers: [['allow', methods], ...preflightHeaders(request, methods)] });
  const refuse = (request: Request) => {
    const response = methodRefused(taken);
    for (const [name, value] of corsHeaders(request)) response.headers.set(name, value);
    return response;
  };
  const answers: Record<Method | 'OPTIONS', (request: Request) => Response> = {
    GET: refuse,
    POST: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
    OPTIONS: options,
  };
  return answers;
}
