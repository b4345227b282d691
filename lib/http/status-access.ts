import { createHash, timingSafeEqual } from 'node:crypto';
import { serverEnv } from '../env.ts';
import { AppError } from '../errors.ts';
import { problem } from './problem.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compared by their hashes, so that neither the time it takes nor the length tells anything of the token. */
function hasStatusToken(request: Request): boolean {
  const { STATUS_TOKEN: token } = serverEnv();
  const [, given] = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization')?.trim() ?? '') ?? [];
  return token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** For pages of state: a program shows `STATUS_TOKEN`. */
export function withStatusAccess(answer: () => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      if (!hasStatusToken(request)) throw new AppError('unauthenticated');
      return await answer();
    } catch (error) {
      return problem(error);
    }
  };
}
