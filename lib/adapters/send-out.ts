import { z } from 'zod';
import { AppError } from '../errors.ts';
import { isEnabled } from '../operations/flags.ts';

export const sentSchema = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.array(z.string()),
  body: z.string().nullable().describe('What it is, and how large.'),
});
export type Sent = z.output<typeof sentSchema>;

const ATTEMPT_MS = 2_300;
const MOST_BYTES = 1_000_000;

/** With a body it is sent, without one it is asked for. */
type Outgoing = { url: string; headers: Record<string, string>; body?: Uint8Array };

/**
 * The one way out for adapters: two attempts of a bounded time, an answer of a bounded size, and under `adapters.dry_run` none,
 * but what would have been sent. Values of headers are keys and are never told.
 */
export async function sendOut(
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<{ dryRun: Sent; body: null } | { dryRun: null; body: unknown }> {
  const { url, headers, body } = outgoing;
  if (isEnabled('adapters.dry_run')) {
    const method = body ? 'POST' : 'GET';
    const told = body ? `${headers['content-type'] ?? 'bytes'}, ${body.length} bytes` : null;
    return { dryRun: { method, url, headers: Object.keys(headers), body: told }, body: null };
  }
  try {
    return { dryRun: null, body: await attempt(outgoing, signal) };
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError && error.retryable)) throw error;
    return { dryRun: null, body: await attempt(outgoing, signal) };
  }
}

async function attempt({ url, headers, body }: Outgoing, signal: AbortSignal): Promise<unknown> {
  const unavailable = (cause: unknown, retryable: boolean) =>
    new AppError('adapter_unavailable', { cause, retryable });
  const response = await fetch(url, {
    headers,
    ...(body && { method: 'POST', body: new Blob([body as Uint8Array<ArrayBuffer>]) }),
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
