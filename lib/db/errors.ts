import { AppError, type ErrorCode } from '../errors.ts';

/** What the Data API gives back instead of rows. An empty code means that no answer came. */
export type DatabaseFailure = { code?: string; message: string };

const CODES: Readonly<Record<string, ErrorCode>> = {
  PT400: 'invalid_request',
  PT401: 'unauthenticated',
  PT404: 'not_found',
  PT409: 'conflict',
  PGRST116: 'not_found',
  PGRST301: 'unauthenticated',
  PGRST303: 'unauthenticated',
  '23514': 'invalid_request',
  '22P02': 'invalid_request',
  // Characters that the database cannot hold, such as NUL.
  '22P05': 'invalid_request',
  '22021': 'invalid_request',
  '42501': 'forbidden',
};

/** The error of ours for one of the database's. `codes` names what a code means to this caller. */
export function databaseError(failure: DatabaseFailure, codes: Readonly<Record<string, ErrorCode>> = {}) {
  const code = failure.code ?? '';
  return new AppError(codes[code] ?? CODES[code] ?? 'database_unavailable', { cause: failure });
}
