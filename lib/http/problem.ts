import { z } from 'zod';
import { saidSchema } from '../domain/said.ts';
import { AppError, ERRORS, type ErrorCode, toAppError } from '../errors.ts';

const fieldErrorSchema = z.object({ field: z.string(), message: z.string() });
export type FieldError = z.infer<typeof fieldErrorSchema>;

// The codes come from the table itself, which the type of `Object.keys` cannot say.
const codes = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

/** The body of every refused request: RFC 9457, with a stable `code` that clients branch on. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  said: saidSchema.optional(),
  code: codes,
  traceId: z.string().optional(),
  threadId: z.string().optional().describe('The conversation where what was asked is kept.'),
  errors: z.array(fieldErrorSchema).optional(),
});
export type ProblemBody = z.infer<typeof problemSchema>;

/** A request whose fields do not hold; carries which ones, so that a form can mark them. */
export class InvalidRequestError extends AppError {
  readonly fields: FieldError[];

  constructor(fields: FieldError[], message?: string | (() => string)) {
    super('invalid_request', message === undefined ? {} : { message });
    this.fields = fields;
  }
}

/**
 * The body alone, for a caller that streams. `title` is the code's own sentence and safe to show. A failure of ours
 * carries no `detail`: what went wrong inside is in the log, under the trace id. That the chat is off is no failure, and what
 * its admin says of it is for everybody.
 */
export function problemBody(error: unknown, traceId?: string): ProblemBody {
  const appError = toAppError(error);
  const { status, message: title } = ERRORS[appError.code];
  const isForAll = status < 500 || appError.code === 'chat_disabled';
  const detail = isForAll && appError.message !== title ? appError.message : undefined;
  return {
    type: `urn:clerva:problem:${appError.code}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    ...(detail === undefined || appError.said === undefined ? {} : { said: appError.said }),
    code: appError.code,
    ...(traceId === undefined ? {} : { traceId }),
    ...(appError.threadId === undefined ? {} : { threadId: appError.threadId }),
    ...(appError instanceof InvalidRequestError && appError.fields.length > 0
      ? { errors: appError.fields }
      : {}),
  };
}

/** Answers whatever was thrown as `application/problem+json`. The only place that builds error responses. */
export function problem(error: unknown, traceId?: string): Response {
  const appError = toAppError(error);
  const body = problemBody(appError, traceId);
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (appError.retryAfterSeconds !== undefined) {
    headers.set('retry-after', String(Math.max(1, Math.ceil(appError.retryAfterSeconds))));
  }
  if (body.status === 401) headers.set('www-authenticate', 'Bearer realm="clerva"');
  return new Response(JSON.stringify(body), { status: body.status, headers });
}
