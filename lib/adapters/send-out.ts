import { z } from 'zod';
import { AppError } from '../errors.ts';
import { isEnabled } from '../operations/flags.ts';

export const sentSchema = z.object({ method: z.string(), url: z.string(), headers: z.array(z.string()) });
type Sent = z.output<typeof sentSchema>;

const ATTEMPT_MS = 2_300;
const MOST_BYTES = 1_000_000;

type Outgoing = { url: string; headers: Record<string, string> };

/**
 * The one way out for adapters: two attempts of a bounded time, an answer of a bounded size, and under `adapters.dry_run` none,
 * but what would have been sent. Values of headers are keys and are never told.
 */
export async function sendOut(
  { url, headers }: Outgoing,
  signal: AbortSignal,
): Promise<{ dryRun: Sent; body: null } | { dryRun: null; body: unknown }> {
  if (isEnabled('adapters.dry_run'))
    return { dryRun: { method: 'GET', url, headers: Object.keys(headers) }, body: null };
  try {
    return { dryRun: null, body: await attempt({ url, headers }, signal) };
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError && error.retryable)) throw error;
    return { dryRun: null, body: await attempt({ url, headers }, signal) };
  }
}

async function attempt({ url, headers }: Outgoing, signal: AbortSignal): Promise<unknown> {
  const unavailable = (cause: unknown, retryable: boolean) =>
    new AppError('adapter_unavailable', { cause, retryable });
  const response = await fetch(url, {
    headers,
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]),
  }).catch((cause: unknown) => {
    throw unavailable(cause, true);
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw unavailable(
      new Error(`The service answered ${response.status}.`),
      response.status >= 500 || response.status === 429,
    );
  }
  const text = await response.text().catch((cause: unknown) => {
    throw unavailable(cause, true);
  });
  if (text.length > MOST_BYTES) throw unavailable(new Error('The service answered too much.'), false);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unavailable(cause, false);
  }
}
