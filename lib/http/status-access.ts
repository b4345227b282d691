import { createHash, timingSafeEqual } from 'node:crypto';
import { serverEnv } from '../env.ts';
import { problem } from './problem.ts';
import { withUser } from './with-user.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compared by their hashes, so that neither the time it takes nor the length tells anything of the token. */
function hasStatusToken(request: Request): boolean {
  const { STATUS_TOKEN: token } = serverEnv();
  const [, given] = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization')?.trim() ?? '') ?? [];
  return token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** For pages of state: a program shows `STATUS_TOKEN`, a person is signed in as an admin. */
export function withStatusAccess(answer: () => Promise<Response>) {
  const asAdmin = withUser(answer, { role: 'admin' });
  return async (...given: Parameters<typeof asAdmin>): Promise<Response> => {
    if (!hasStatusToken(given[0])) return asAdmin(...given);
    return answer().catch((error: unknown) => problem(error));
  };
}
