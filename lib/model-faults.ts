import {
  AISDKError,
  APICallError,
  InvalidToolApprovalSignatureError,
  InvalidToolInputError,
  NoSuchToolError,
  RetryError,
} from 'ai';
import { z } from 'zod';
import { counted } from './calendar/words.ts';
import type { Provider } from './domain/turn.ts';
import { AppError, ERRORS, type ErrorCode } from './errors.ts';

/** What a server of either protocol says of a call that failed, in lower case. */
type Signs = { status: number; name: string; text: string; retryAfterSeconds: number | undefined };

/** One row of the table: what has to hold of the signs, and the code that this is. The first row that fits decides. */
type Row = { status?: readonly number[]; name?: RegExp; text?: RegExp; code: ErrorCode };

/**
 * From what a provider says to what we say. Names (`error.code`, `error.type`) come first, since a status covers many
 * things; the sentences are those of servers that give no names. Who has to mend it, and whether to try again, stands
 * with the code in `ERRORS`.
 */
const TABLE: readonly Row[] = [
  { name: /transcription_not_available/, code: 'hearing_unavailable' },
  { name: /quota|billing|credit|payment/, code: 'model_quota' },
  { status: [402], code: 'model_quota' },
  { status: [400, 429], text: /quota|billing|credit balance/, code: 'model_quota' },
  {
    name: /invalid_api_key|authentication|permission|unsupported_country|forbidden/,
    code: 'model_unauthorized',
  },
  { status: [401, 403], code: 'model_unauthorized' },
  {
    name: /content_filter|content_policy|invalid_prompt|policy_violation|moderation/,
    code: 'model_filtered',
  },
  { name: /context_length|context_size|above_max_length|too_large|max_tokens/, code: 'model_too_long' },
  { status: [413], code: 'model_too_long' },
  {
    status: [400, 422, 500],
    text: /context (?:length|window|size)|too many tokens|prompt is too long/,
    code: 'model_too_long',
  },
  { name: /model_not_found|model_not_available|deployment_?not_?found/, code: 'model_not_found' },
  {
    status: [400, 404],
    text: /model\b.*(?:not found|does not exist|not exist|unknown)|no such model|^model: /,
    code: 'model_not_found',
  },
  { name: /rate_limit|requests|tokens|too_many/, status: [429, 503], code: 'model_rate_limited' },
  { name: /slow_down|overloaded/, code: 'model_rate_limited' },
  { status: [429, 529], code: 'model_rate_limited' },
  { status: [408, 409, 425], code: 'model_unavailable' },
  {
    name: /(?:ai_(?:jsonparse|typevalidation|invalidresponsedata|emptyresponsebody|noobjectgenerated|nooutputgenerated)error|invalid_tool)/,
    code: 'model_unusable',
  },
  { status: [400, 404, 405, 406, 410, 415, 421, 422, 426, 501, 505], code: 'model_misconfigured' },
];

/** How a call that came to its end ended: the finish reason, as the SDK names it, and as the provider did. */
export function finishFault(reason: string | undefined, raw: string | undefined): AppError | null {
  if (reason === 'content-filter') {
    // A refusal is written as an answer; a filter cuts one off.
    return new AppError(raw === 'content_filter' ? 'model_filtered' : 'model_refused');
  }
  if (reason === 'interrupted') return new AppError('model_interrupted');
  if (reason === 'error') return new AppError('model_unavailable');
  return null;
}

/** What an operator has to check, by whose server it is that says so. */
const ADVICE: Partial<Record<ErrorCode, Record<Provider, string>>> = {
  model_unauthorized: { openai: 'OPENAI_API_KEY', anthropic: 'ANTHROPIC_API_KEY' },
  model_not_found: {
    openai: 'OPENAI_CHAT_MODEL and OPENAI_EMBEDDING_MODEL',
    anthropic: 'ANTHROPIC_CHAT_MODEL',
  },
};

/** The code's own sentence with the variable that it is about. */
function sentenceFor(code: ErrorCode, provider: Provider): { message?: string } {
  const variable = ADVICE[code]?.[provider];
  return variable === undefined
    ? {}
    : { message: ERRORS[code].message.replace(/check .*$/, `check ${variable}.`) };
}

/** What a failed call of a model or an embedding means; the provider's own words stay in the cause. */
export function modelFault(error: unknown, provider: Provider = 'openai'): AppError {
  if (error instanceof AppError) return error;
  if (RetryError.isInstance(error)) return modelFault(error.lastError, provider);
  const own = callFault(error);
  if (own) return own;
  const signs = signsOf(error);
  const row = TABLE.find(
    ({ status, name, text }) =>
      (status?.includes(signs.status) ?? true) &&
      (name?.test(signs.name) ?? true) &&
      (text?.test(signs.text) ?? true),
  );
  const { retryAfterSeconds } = signs;
  return new AppError(row?.code ?? 'model_unavailable', {
    cause: error,
    retryAfterSeconds,
    ...(row && sentenceFor(row.code, provider)),
    ...(row?.code === 'model_rate_limited' &&
      retryAfterSeconds !== undefined && {
        message: `The model is busy. Try again in ${waitOf(retryAfterSeconds)}.`,
      }),
  });
}

/** A call of a tool that the model got wrong: it reads why and mends it, so that the turn goes on. */
function callFault(cause: unknown): AppError | null {
  if (InvalidToolApprovalSignatureError.isInstance(cause)) {
    return new AppError('conflict', {
      cause,
      message: 'What was approved is not what was asked, so nothing was done.',
    });
  }
  if (NoSuchToolError.isInstance(cause)) {
    return new AppError('model_unusable', {
      cause,
      message: 'The model called a tool that does not exist, and nothing was done.',
    });
  }
  if (InvalidToolInputError.isInstance(cause)) {
    const message = `The model called ${cause.toolName} with something that does not hold, and nothing was done.`;
    return new AppError('model_unusable', { cause, message });
  }
  return null;
}

const label = z.union([z.string(), z.number().transform(String)]).catch('');
const detailSchema = z.object({ code: label, type: label, message: label });
const absent = <Field extends z.ZodType>(field: Field) => field.optional().catch(undefined);
/** Both SDKs' errors, error events of a stream and the bodies in them: whatever of this is there. */
const sayingSchema = detailSchema.extend({
  error: absent(detailSchema),
  response: absent(z.object({ error: detailSchema })),
  data: z.unknown().optional(),
  responseBody: absent(z.string()),
  statusCode: absent(z.number()),
  status: absent(z.number()),
  responseHeaders: z.unknown().optional(),
  headers: z.unknown().optional(),
});

function signsOf(error: unknown): Signs {
  const said = sayingSchema.safeParse(error).data;
  const body = sayingSchema.safeParse(said?.data ?? parsedJson(said?.responseBody)).data;
  const details = [said, body]
    .flatMap((saying) => [saying?.response?.error, saying?.error, saying])
    .filter((detail) => detail !== undefined);
  const status = details.map(({ code }) => /^[45]\d\d$/.exec(code)?.[0]).find(Boolean);
  const kind = AISDKError.isInstance(error) && !APICallError.isInstance(error) ? error.name : '';
  const joined = (words: string[]) => words.join(' ').toLowerCase();
  return {
    status: said?.statusCode ?? said?.status ?? Number(status ?? 0),
    name: joined([kind, ...details.flatMap(({ code, type }) => [code, type])]),
    text: joined([...details.map(({ message }) => message), said?.responseBody ?? '']),
    retryAfterSeconds: retryAfter(said?.responseHeaders ?? said?.headers),
  };
}

const waitOf = (seconds: number) =>
  seconds > 90
    ? counted(Math.ceil(seconds / 60), 'minute')
    : counted(Math.max(1, Math.ceil(seconds)), 'second');

function parsedJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // A proxy's page: its status says what there is to know.
    return undefined;
  }
}

function retryAfter(headers: unknown): number | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const read = (name: string) =>
    headers instanceof Headers ? headers.get(name) : Reflect.get(headers, name);
  const milliseconds = Number.parseFloat(String(read('retry-after-ms')));
  if (milliseconds >= 0) return milliseconds / 1000;
  const given = String(read('retry-after'));
  const seconds = /^\s*[\d.]+\s*$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return seconds >= 0 ? seconds : undefined;
}
