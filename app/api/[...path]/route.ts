import { AppError } from '@/lib/errors';
import {
  REFUSED_ADDRESS,
  REFUSED_CLIENT,
  REFUSED_METHOD,
  REFUSED_WHILE_DRAINING,
} from '@/lib/http/front-door';
import { anyMethodRefused } from '@/lib/http/methods';
import { problem } from '@/lib/http/problem';
import { ADDRESS_REFUSED } from '@/lib/http/with-user';

type Context = { params: Promise<{ path: string[] }> };

/** Whatever no other route answers: a program reads a problem, not a page. */
async function nothingHere(_request: Request, { params }: Context): Promise<Response> {
  const [name] = (await params).path;
  if (name === REFUSED_METHOD) return anyMethodRefused();
  if (name === REFUSED_CLIENT) return problem(new AppError('forbidden', { message: ADDRESS_REFUSED }));
  if (name === REFUSED_WHILE_DRAINING) return problem(new AppError('draining', { retryAfterSeconds: 1 }));
  if (name === REFUSED_ADDRESS)
    return problem(new AppError('invalid_request', { message: 'The address has a percent sign too many.' }));
  return problem(new AppError('not_found', { message: 'There is no such address in this API.' }));
}

export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as OPTIONS,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
};
