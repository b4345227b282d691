import { type Logger, pino } from 'pino';
import { logLevel } from '../env.ts';
import { redact } from './redact.ts';

/**
 * Ids, latencies and counts are logged; what a student wrote or read is not. Content has no field of its own in any
 * log call, and these names are removed should one slip in.
 */
const CONTENT_FIELDS = [
  'text',
  'content',
  'message',
  'query',
  'quote',
  'parts',
  'email',
  'password',
  'token',
  'accessToken',
  'authorization',
  'cookie',
];

/**
 * A failure that a service answered with. Only its code and sentence are kept: the details of a database failure hold the
 * row that was refused, with everything the student wrote in it.
 */
function serializeFailure(failure: object): unknown {
  const { code, message } = { code: undefined, message: undefined, ...failure };
  return {
    code,
    message: typeof message === 'string' ? redact(message).slice(0, 500) : undefined,
  };
}

function serializeError(error: unknown): unknown {
  if (typeof error === 'string') return redact(error);
  if (typeof error !== 'object' || error === null) return error;
  if (!(error instanceof Error)) return serializeFailure(error);
  return {
    type: error.name,
    message: redact(error.message).slice(0, 500),
    stack: error.stack === undefined ? undefined : redact(error.stack),
    ...(error.cause === undefined ? {} : { cause: serializeError(error.cause) }),
  };
}

const redactFields = (fields: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  );

export function createLogger(
  options: { level: string },
  destination?: { write(line: string): void },
): Logger {
  const paths = CONTENT_FIELDS.flatMap((field) => [field, `*.${field}`]);
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: redactFields },
    redact: { paths: paths.filter((path) => path !== '*.message'), censor: '[removed]' },
    serializers: { err: serializeError },
  };
  return destination ? pino(settings, destination) : pino(settings);
}

let shared: Logger | undefined;

/** The logger of this process: one JSON line per request, per turn and per failure. */
export function logger(): Logger {
  shared ??= createLogger({ level: logLevel() });
  return shared;
}
