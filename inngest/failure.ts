import { NonRetriableError, RetryAfterError } from 'inngest';
import { AppError, ERRORS, type ErrorCode, isErrorCode } from '../lib/errors.ts';
import { SupersededError } from '../lib/ingestion/store.ts';
import { countStep } from '../lib/operations/metrics.ts';

/**
 * Errors cross the queue as text. A failure of ours is written as `code: sentence`, so that the last handler, which may
 * run in another process, still knows both.
 */
const SUPERSEDED = 'superseded';
const CODED = /^([a-z_]+): ([\s\S]+)$/;

/** Runs the body of a step and says by the kind of error whether trying again can help. */
export async function withVerdict<T>(step: string, body: () => Promise<T>): Promise<T> {
  try {
    return await countStep(step, body);
  } catch (error) {
    if (error instanceof SupersededError) {
      throw new NonRetriableError(`${SUPERSEDED}: ${error.message}`, { cause: error });
    }
    if (!(error instanceof AppError)) throw error;
    const message = `${error.code}: ${error.message}`;
    if (!error.retryable) throw new NonRetriableError(message, { cause: error });
    if (error.retryAfterSeconds !== undefined) {
      throw new RetryAfterError(message, error.retryAfterSeconds * 1000, { cause: error });
    }
    throw new Error(message, { cause: error });
  }
}

export const isSuperseded = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith(`${SUPERSEDED}: `);

/** Whether a reading ended for a reason that is not ours: the file itself, or a document that is wanted no more. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Error && (isSuperseded(error) || error.message.startsWith('file_'));

/** The code and the sentence for the student. Whatever is not ours is `internal`; its text is not for people. */
export function failureOf(error: { message: string }): { code: ErrorCode; message: string } {
  const [, code = '', message = ''] = CODED.exec(error.message) ?? [];
  return isErrorCode(code) ? { code, message } : { code: 'internal', message: ERRORS.internal.message };
}
