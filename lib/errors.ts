import { kindsSentence } from './ingestion/kinds.ts';

/**
 * Every failure a student, an API client or an operator can meet, with the HTTP status it is answered with and the
 * sentence that says what to do. The codes are stable: clients branch on them.
 */
export const ERRORS = {
  unauthenticated: { status: 401, message: 'Sign in to continue.' },
  forbidden: { status: 403, message: 'This is not yours to change.' },
  not_found: { status: 404, message: 'There is nothing here, or it is not yours.' },
  invalid_request: { status: 400, message: 'The request is not valid.' },
  unsupported_media_type: {
    status: 415,
    message: 'Send JSON with the header content-type: application/json.',
  },
  payload_too_large: { status: 413, message: 'This is too large.' },
  no_material: { status: 422, message: 'Your notes hold too little on this to make something of it.' },
  method_not_allowed: { status: 405, message: 'This address does not take that method.' },
  conflict: { status: 409, message: 'This was changed meanwhile. Load it again.' },
  turn_in_progress: { status: 409, message: 'The previous answer is still being written. Stop it or wait.' },
  session_changed: { status: 409, message: 'Somebody else signed in here. Load the page again.' },
  rate_limited: { status: 429, message: 'Too many requests. Wait a moment and try again.' },
  quota_exceeded: { status: 429, message: 'Today’s limit is reached. It starts again at midnight.' },
  limit_reached: { status: 422, message: 'You have as many of these as can be kept. Remove some first.' },
  database_unavailable: {
    status: 503,
    message: 'The database does not answer. Nothing is lost; try again in a moment.',
  },
  overloaded: {
    status: 503,
    message: 'Too many questions at this moment. Yours was not taken yet; try again in a few seconds.',
  },
  interrupted: {
    status: 503,
    message: 'The server stopped while it wrote this answer. Your question is kept.',
  },
  storage_unavailable: { status: 503, message: 'The file store does not answer. Try again in a moment.' },
  queue_unavailable: {
    status: 503,
    message: 'Reading cannot start right now. Your file is kept; try again.',
  },
  model_unavailable: {
    status: 503,
    message: 'The model does not answer. Your question is kept; try again in a moment.',
  },
  model_unauthorized: {
    status: 503,
    message: 'The model refuses the key. An operator has to check OPENAI_API_KEY.',
  },
  model_rate_limited: { status: 503, message: 'The model is busy. Try again in a moment.' },
  model_refused: { status: 422, message: 'The model declined to answer this.' },
  timeout: { status: 504, message: 'This took too long and was stopped. Try again.' },
  file_password: { status: 422, message: 'This file has a password. Remove it and add the file again.' },
  file_no_text: { status: 422, message: 'The pages are pictures: there is too little text to answer from.' },
  file_damaged: {
    status: 422,
    message: 'This file is damaged or incomplete. Save it again and add it again.',
  },
  file_unsupported: {
    status: 415,
    message: `This kind of file cannot be read. Add a ${kindsSentence('or')} file.`,
  },
  file_mislabelled: {
    status: 422,
    message:
      'The content of this file is not what its name says. Save it in the format of its name and add it again.',
  },
  file_empty: { status: 422, message: 'This file is empty.' },
  file_too_large: { status: 413, message: 'This file is too large.' },
  file_too_many_pages: { status: 422, message: 'This file has too many pages. Split it and add the parts.' },
  file_too_heavy: {
    status: 422,
    message: 'Reading this file takes too much work. Save it anew, or split it and add the parts.',
  },
  file_missing: { status: 409, message: 'The file did not arrive. Add it again.' },
  too_many_files: { status: 429, message: 'Too many files at a time. Wait until some are read.' },
  internal: { status: 500, message: 'That did not work, and it is our fault. Nothing of yours is lost.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERRORS;

export type AppErrorOptions = {
  /** What went wrong underneath; logged, never shown. */
  cause?: unknown;
  /** Replaces the code's own sentence where the case can be named more exactly. */
  message?: string;
  /** Whether the same call may succeed later without any change. */
  retryable?: boolean;
  /** Earliest useful retry, for `retry-after`. */
  retryAfterSeconds?: number;
};

const RETRYABLE: ReadonlySet<string> = new Set<ErrorCode>([
  'rate_limited',
  'database_unavailable',
  'overloaded',
  'interrupted',
  'storage_unavailable',
  'queue_unavailable',
  'model_unavailable',
  'model_rate_limited',
  'timeout',
]);

/** Whether the same call may succeed later without any change, as is usual for a failure of this code. */
export const isRetryable = (code: string): boolean => RETRYABLE.has(code);

/** The one error type of the app: a stable code, the sentence for people, and whether to try again. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? ERRORS[code].message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? isRetryable(code);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** Turns whatever was thrown into an `AppError`; the unknown becomes `internal` with the original as its cause. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { cause: error });
}
