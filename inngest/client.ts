import { Inngest, type LogArg, type Logger } from 'inngest';
import { logger } from '../lib/observability/logger.ts';
import { timeoutSignal } from '../lib/process-state.ts';
import { isRefusal } from './failure.ts';

const isFields = (part: LogArg): part is { err?: unknown } => typeof part === 'object' && part !== null;

/** What the SDK says goes where everything else is logged: its fields first, then its words. */
function log(level: 'debug' | 'info' | 'warn', parts: LogArg[]) {
  const fields = parts.find(isFields) ?? {};
  const words = parts.filter((part) => typeof part === 'string').join(' ');
  // A file that cannot be read is no fault of ours, and its student has been told why.
  if (isRefusal(fields.err)) logger().info({ reason: String(fields.err) }, words);
  else logger()[level](fields, words);
}

const queueLogger: Logger = {
  debug: (...parts) => log('debug', parts),
  info: (...parts) => log('debug', parts),
  warn: (...parts) => log('warn', parts),
  // A failed step is tried again; only what is left undone in the end is an error.
  error: (...parts) => log('warn', parts),
};

const PATIENCE_MS = 15_000;

/**
 * Which queue answers is decided by the INNGEST_ variables, which the SDK reads itself. Steps run one after the other in
 * one call where they can; the time allowed stays below what the route may take.
 */
export const inngest = new Inngest({
  id: 'clerva',
  checkpointing: { maxRuntime: '240s' },
  // A queue that hangs would otherwise keep each of five attempts for minutes.
  fetch: (input, init) => fetch(input, { signal: timeoutSignal(PATIENCE_MS), ...init }),
  logger: queueLogger,
  internalLogger: queueLogger,
});
