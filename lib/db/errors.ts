import { AppError, type ErrorCode } from '../errors.ts';

const FULL_RETRY_SECONDS = 60;

/** What the Data API gives back instead of rows. An empty code means that no answer came. */
export type DatabaseFailure = { code?: string; message: string; details?: string | null };

const CODES: Readonly<Record<string, ErrorCode>> = {
  PT400: 'invalid_request',
  PT401: 'unauthenticated',
  PT404: 'not_found',
  PT409: 'conflict',
  PT413: 'payload_too_large',
  PT422: 'limit_reached',
  PT429: 'quota_exceeded',
  PGRST116: 'not_found',
  PGRST301: 'unauthenticated',
  PGRST303: 'unauthenticated',
  '23514': 'invalid_request',
  '22P02': 'invalid_request',
  // Characters that the database cannot hold, such as NUL.
  '22P05': 'invalid_request',
  '22021': 'invalid_request',
  '42501': 'forbidden',
  // What the row belongs to was deleted, or the row is there already.
  '23503': 'conflict',
  '23505': 'conflict',
};

/** A token outlives its account by up to an hour: every new row then names a student who is gone. */
const isAccountGone = ({ code, message }: DatabaseFailure) =>
  code === '23503' && /"\w+_user_id_fkey"/.test(message) && !message.includes('_id_user_id_fkey"');

/** A full disk, as the database and the stores of files tell of it. Whoever repeats a call by itself does so when there may be room. */
function whenFull(cause: { code?: unknown; status?: unknown; message: string }): AppError | undefined {
  const isFull =
    cause.code === '53100' || cause.status === 507 || /no space left on device|ENOSPC/i.test(cause.message);
  return isFull
    ? new AppError('storage_full', { cause, retryable: true, retryAfterSeconds: FULL_RETRY_SECONDS })
    : undefined;
}

/** The error of ours for one of the store of files. */
export const storeError = (failure: { status?: unknown; message: string }): AppError =>
  whenFull(failure) ?? new AppError('storage_unavailable', { cause: failure });

/** The error of ours for one of the database's. `codes` names what a code means to this caller. */
export function databaseError(failure: DatabaseFailure, codes: Readonly<Record<string, ErrorCode>> = {}) {
  const full = whenFull(failure);
  if (full) return full;
  if (isAccountGone(failure)) return new AppError('unauthenticated', { cause: failure });
  const code = failure.code ?? '';
  // A limit that knows its end says in how many seconds it is.
  const retryAfterSeconds =
    code === 'PT429' && /^\d+$/.test(failure.details ?? '') ? Number(failure.details) : undefined;
  return new AppError(codes[code] ?? CODES[code] ?? 'database_unavailable', {
    cause: failure,
    retryAfterSeconds,
  });
}
