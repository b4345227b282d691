import { NonRetriableError, RetryAfterError } from 'inngest';
import { type Sayings, saidSchema } from '../lib/domain/said.ts';
import { AppError, ERRORS, type ErrorCode, isErrorCode } from '../lib/errors.ts';
import { SupersededError } from '../lib/ingestion/store.ts';
import { countStep } from '../lib/operations/metrics.ts';

/**
 * Errors cross the queue as text. A failure of ours is written as `code: sentence`, with what the sentence is made of behind
 * it, so that the last handler, which may run in another process, still knows all of it.
 */
const SUPERSEDED = 'superseded';
const CODED = /^([a-z_]+): ([\s\S]+)$/;
/** No sentence holds it. */
const MADE_OF = '\u001E';

/** Runs the body of a step and says by the kind of error whether trying again can help. */
export async function withVerdict<T>(step: string, body: () => Promise<T>): Promise<T> {
  try {
    return await countStep(step, body);
  } catch (error) {
    if (error instanceof SupersededError) {
      throw new NonRetriableError(`${SUPERSEDED}: ${error.message}`, { cause: error });
    }
    if (!(error instanceof AppError)) throw error;
    const { code, said } = error;
    const message = `${code}: ${error.message.replaceAll(MADE_OF, ' ')}${said ? MADE_OF + JSON.stringify(said) : ''}`;
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
export function failureOf(error: { message: string }): { code: ErrorCode; message: string; said: Sayings } {
  const [written = '', made = '{}'] = error.message.split(MADE_OF);
  const [, code = '', message = ''] = CODED.exec(written) ?? [];
  if (!isErrorCode(code)) return { code: 'internal', message: ERRORS.internal.message, said: {} };
  return { code, message, said: saidSchema.parse(JSON.parse(made)) };
}
