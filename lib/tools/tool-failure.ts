import type { Sayings } from '../domain/said.ts';
import type { ErrorCode } from '../errors.ts';

/** What the model and the page get instead of an exception: a stable code and one sentence, never raw error text. */
export type ToolFailure = { ok: false; code: ErrorCode; message: string; said?: Sayings | undefined };

export function isToolFailure(output: unknown): output is ToolFailure {
  return typeof output === 'object' && output !== null && 'ok' in output && output.ok === false;
}
