import type { Sayings } from './domain/said.ts';
import { kindsSentence } from './ingestion/kinds.ts';
import { listening } from './language/said.ts';

/**
 * Every failure a student, an API client or an operator can meet, with the HTTP status it is answered with and the
 * sentence that says what to do. The codes are stable: clients branch on them. `mends` says who has to do something:
 * nobody where the same call may succeed later, an operator where it will not; the student otherwise.
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
  sign_in_again: { status: 403, message: 'Type your password, or sign in again first.' },
  conflict: { status: 409, message: 'This was changed meanwhile. Load it again.' },
  approval_needed: {
    status: 409,
    message: 'This reaches somebody else, so it waits for a yes to exactly this text.',
  },
  turn_in_progress: { status: 409, message: 'The previous answer is still being written. Stop it or wait.' },
  session_changed: { status: 409, message: 'Somebody else signed in here. Load the page again.' },
  race_alone: { status: 409, message: 'A race takes two who are here. Wait for somebody.' },
  race_over: { status: 409, message: 'This race is over. Start another.' },
  not_racing: {
    status: 403,
    message: 'You came after the start. You can watch the score and race next time.',
  },
  nothing_shared: {
    status: 422,
    message:
      'You share no topic yet. Name a subject that all of you study in your profiles, or open a room with a title.',
  },
  rate_limited: { status: 429, mends: 'nobody', message: 'Too many requests. Wait a moment and try again.' },
  quota_exceeded: {
    status: 429,
    message: 'Today’s limit is reached. It starts again at midnight, on your own clock.',
  },
  limit_reached: { status: 422, message: 'You have as many of these as can be kept. Remove some first.' },
  cancelled: { status: 409, message: 'This was cancelled.' },
  thread_full: {
    status: 422,
    message: 'This conversation is full. Go on in a new one: it begins with what was said here.',
  },
  database_unavailable: {
    status: 503,
    mends: 'nobody',
    message: 'The database does not answer. Nothing is lost; try again in a moment.',
  },
  overloaded: {
    status: 503,
    mends: 'nobody',
    message: 'Too many questions at this moment. Yours was not taken yet; try again in a few seconds.',
  },
  draining: {
    status: 421,
    mends: 'nobody',
    message: 'This server is about to stop and took nothing. Ask again: another one answers.',
  },
  chat_disabled: {
    status: 503,
    mends: 'operator',
    message: 'Questions are turned off at the moment. Your notes, cards and plans work as always.',
  },
  interrupted: {
    status: 503,
    mends: 'nobody',
    message: 'The server stopped while it wrote this answer. Your question is kept.',
  },
  storage_unavailable: {
    status: 503,
    mends: 'nobody',
    message: 'The file store does not answer. Try again in a moment.',
  },
  storage_full: {
    status: 507,
    mends: 'operator',
    message:
      'This server has no room left, so this was not kept; what was kept before is safe. An operator has to make room.',
  },
  queue_unavailable: {
    status: 503,
    mends: 'nobody',
    message: 'Reading cannot start right now. Your file is kept; try again.',
  },
  model_unavailable: {
    status: 503,
    mends: 'nobody',
    message: 'The model does not answer. Your question is kept; try again in a moment.',
  },
  model_interrupted: {
    status: 503,
    mends: 'nobody',
    message: 'The answer broke off. What arrived is kept.',
  },
  model_rate_limited: { status: 503, mends: 'nobody', message: 'The model is busy. Try again in a moment.' },
  model_unusable: {
    status: 503,
    mends: 'nobody',
    message: 'The model gave nothing that can be used. Try again, or ask in other words.',
  },
  model_unauthorized: {
    status: 503,
    mends: 'operator',
    message:
      'The model does not take this server’s key, so nothing can be asked. An operator has to check it.',
  },
  model_not_found: {
    status: 503,
    mends: 'operator',
    message: 'The model this server asks for does not exist. An operator has to check its name.',
  },
  model_quota: {
    status: 503,
    mends: 'operator',
    message: 'The account at the model’s provider is used up. An operator has to top it up.',
  },
  model_misconfigured: {
    status: 503,
    mends: 'operator',
    message: 'The model is not set up for what Clerva asks of it. An operator has to run npm run doctor.',
  },
  embedding_unusable: {
    status: 503,
    mends: 'operator',
    message:
      'This is found by its words alone, not by what they mean, since the embedding server does not fit. An operator has to run npm run doctor.',
  },
  model_too_long: {
    status: 422,
    message: 'This is more than the model can read at once. Ask in fewer words, or begin a new conversation.',
  },
  message_declined: {
    status: 422,
    message: 'This was not answered. The answer says why, and what you can ask instead.',
  },
  model_refused: { status: 422, message: 'The model declined to answer this.' },
  model_filtered: {
    status: 422,
    message: 'The provider’s filter stopped this answer. Ask in other words.',
  },
  adapter_unavailable: {
    status: 503,
    mends: 'nobody',
    message: 'The service this asks does not answer. Try again in a moment.',
  },
  timeout: { status: 504, mends: 'nobody', message: 'This took too long and was stopped. Try again.' },
  file_password: { status: 422, message: 'This file has a password. Remove it and add the file again.' },
  file_no_text: { status: 422, message: 'The pages are pictures: there is too little text to answer from.' },
  file_damaged: {
    status: 422,
    message: 'This file is damaged or incomplete. Save it again and add it again.',
  },
  file_unsupported: {
    status: 415,
    message: `This kind of file cannot be read. Add a ${kindsSentence()} file.`,
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
  hearing_unavailable: {
    status: 422,
    mends: 'operator',
    message:
      'Recordings cannot be read here, since no model that hears is set up. Add what was said as a text or as captions (.srt, .vtt).',
  },
  url_refused: { status: 422, message: 'This address cannot be read.' },
  url_private: { status: 422, message: 'This address leads into a private network, which is never read.' },
  url_unavailable: { status: 422, message: 'The page at this address could not be fetched.' },
  file_missing: { status: 409, message: 'The file did not arrive. Add it again.' },
  too_many_files: { status: 429, message: 'Too many files at a time. Wait until some are read.' },
  internal: { status: 500, message: 'That did not work, and it is our fault. Nothing of yours is lost.' },
} as const satisfies Record<string, { status: number; message: string; mends?: 'nobody' | 'operator' }>;

export type ErrorCode = keyof typeof ERRORS;

export type AppErrorOptions = {
  /** What went wrong underneath; logged, never shown. */
  cause?: unknown;
  /** Replaces the code's own sentence where the case can be named more exactly. One with values in it is made by `say`. */
  message?: string | (() => string);
  /** What the message is made of, where it was made elsewhere. */
  said?: Sayings | undefined;
  /** Whether the same call may succeed later without any change. */
  retryable?: boolean;
  /** Earliest useful retry, for `retry-after`. */
  retryAfterSeconds?: number | undefined;
  /** The conversation where what was asked is kept. */
  threadId?: string | undefined;
};

export const isErrorCode = (value: string): value is ErrorCode => Object.hasOwn(ERRORS, value);

/** Who has to do something before the same call can succeed. */
function mendedBy(code: ErrorCode): 'nobody' | 'operator' | 'student' {
  const row = ERRORS[code];
  return 'mends' in row ? row.mends : 'student';
}

/** Whether to offer the same again: not where it would only fail again. */
export const isWorthAgain = (code: string): boolean =>
  code === 'internal' || (isErrorCode(code) && mendedBy(code) === 'nobody');

/** The one error type of the app: a stable code, the sentence for people, and whether to try again. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;
  threadId: string | undefined;
  /** What the message is made of, for pages in other languages; undefined for one that is no more than its words. */
  readonly said: Sayings | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    const { message = ERRORS[code].message } = options;
    const { made, said } = typeof message === 'string' ? { made: message, said: {} } : listening(message);
    super(made, { cause: options.cause });
    this.code = code;
    this.said = Object.keys(said).length > 0 ? said : options.said;
    this.retryable = options.retryable ?? mendedBy(code) === 'nobody';
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.threadId = options.threadId;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** Turns whatever was thrown into an `AppError`; the unknown becomes `internal` with the original as its cause. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { cause: error });
}
