import { APICallError, InvalidToolApprovalSignatureError, RetryError } from 'ai';
import { AppError } from '../errors.ts';

/** What a failed model call means for the student; the provider's own words stay in the cause. */
export function modelError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (InvalidToolApprovalSignatureError.isInstance(error)) {
    const message = 'What was approved is not what was asked, so nothing was done.';
    return new AppError('conflict', { cause: error, message });
  }
  if (RetryError.isInstance(error)) return modelError(error.lastError);
  if (APICallError.isInstance(error)) {
    const status = error.statusCode ?? 0;
    if (status === 401 || status === 403) return new AppError('model_unauthorized', { cause: error });
    if (status === 429) return new AppError('model_rate_limited', { cause: error });
    return new AppError('model_unavailable', { cause: error });
  }
  return new AppError('model_unavailable', { cause: error });
}
