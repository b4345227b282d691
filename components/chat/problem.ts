import { APICallError } from 'ai';
import { readProblem } from '@/components/client/request';

/** What the strip above the box says, and the one thing to do about it. */
export type Problem = {
  text: string;
  code: string;
  action: 'retry' | 'follow' | 'continue' | 'sign-in' | 'none';
  traceId?: string;
};

const NO_CONNECTION: Problem = {
  text: 'The connection did not hold. Your question is kept in the box.',
  code: 'offline',
  action: 'retry',
};

export const BROKEN_OFF: Problem = {
  text: 'The answer broke off. What arrived is kept.',
  code: 'broken_off',
  action: 'continue',
};

function actionFor(code: string): Problem['action'] {
  if (code === 'turn_in_progress') return 'follow';
  if (code === 'unauthenticated') return 'sign-in';
  if (
    ['quota_exceeded', 'not_found', 'invalid_request', 'payload_too_large', 'model_refused'].includes(code)
  ) {
    return 'none';
  }
  return 'retry';
}

/** The sentence for an answer that never began. Only sentences written for students are shown, never raw errors. */
export function problemOf(error: unknown): Problem {
  if (!APICallError.isInstance(error)) return NO_CONNECTION;
  const { message, code, traceId } = readProblem(parsed(error.responseBody));
  return { text: message, code, action: actionFor(code), ...(traceId === undefined ? {} : { traceId }) };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // A proxy or a crashed server answers with something that is not a problem body.
    return undefined;
  }
}
