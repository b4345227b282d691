import { APICallError } from 'ai';
import { z } from 'zod';

/** What the strip above the box says, and the one thing to do about it. */
export type Problem = {
  text: string;
  code: string;
  action: 'retry' | 'follow' | 'continue' | 'sign-in' | 'none';
  traceId?: string;
};

const bodySchema = z.object({
  title: z.string(),
  detail: z.string().optional(),
  code: z.string().default('internal'),
  traceId: z.string().optional(),
});

const OUR_FAULT = 'That did not work, and it is our fault. Nothing of yours is lost.';
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

function parseBody(text: string | undefined): z.infer<typeof bodySchema> | undefined {
  try {
    const parsed = bodySchema.safeParse(JSON.parse(text ?? ''));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // A proxy or a crashed server answers with something that is not a problem body.
    return undefined;
  }
}

/** The sentence for an answer that never began. Only sentences written for students are shown, never raw errors. */
export function problemOf(error: unknown): Problem {
  if (!APICallError.isInstance(error)) return NO_CONNECTION;
  const body = parseBody(error.responseBody);
  if (!body) return { text: OUR_FAULT, code: 'internal', action: 'retry' };
  return {
    text: body.detail ?? body.title,
    code: body.code,
    action: actionFor(body.code),
    ...(body.traceId === undefined ? {} : { traceId: body.traceId }),
  };
}
