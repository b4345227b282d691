import { processState } from '../process-state.ts';
import { logger } from './logger.ts';

type ErrorTags = { traceId?: string };
type ErrorReporter = (error: unknown, tags: ErrorTags) => void;

const reporting = () =>
  processState<{ report: ErrorReporter | undefined }>('error-reporter', () => ({ report: undefined }));

/** Where unexpected failures go. Set at the start where a reporter is configured; without one nothing is loaded. */
export function setErrorReporter(report: ErrorReporter | undefined): void {
  reporting().report = report;
}

/** Reports an unexpected failure. A report never delays or breaks what it is about. */
export function captureError(error: unknown, tags: ErrorTags = {}): void {
  try {
    reporting().report?.(error, tags);
  } catch (failure) {
    logger().warn({ err: failure }, 'a failure could not be reported');
  }
}
