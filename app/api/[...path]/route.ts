import { AppError } from '@/lib/errors';
import { problem } from '@/lib/http/problem';

/** Whatever no other route answers: a program reads a problem, not a page. */
const nothingHere = () =>
  problem(new AppError('not_found', { message: 'There is no such address in this API.' }));

export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
};
