import { setImmediate, setTimeout } from 'node:timers/promises';
import { serverEnv } from '../env.ts';
import { processState } from '../process-state.ts';

const state = () => processState('draining', () => ({ isDraining: false }));

/** Whether this process is about to end: it writes what it has begun to its end, and begins nothing more. */
export const isDraining = () => state().isDraining;

/** What a health check is told. A proxy sends nothing more to whoever is not well. */
export const healthOf = (facts: object = {}) =>
  Response.json(isDraining() ? { status: 'draining' } : { status: 'ok', ...facts }, {
    status: isDraining() ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  });

/**
 * A listener that is closed resets whoever stands in its queue, and the question with them. With SHUTDOWN_DRAIN_SECONDS the
 * process first says that it will end and sends every newcomer to another one, until the proxy has noticed; what Next does
 * at the end (no new connections, waiting for open answers and what comes after them) follows then, or at a second signal.
 */
export function drainBeforeEnd(): void {
  const { SHUTDOWN_DRAIN_SECONDS: seconds } = serverEnv();
  if (seconds === 0) return;
  const endings = process.rawListeners('SIGTERM');
  process.removeAllListeners('SIGTERM');
  process.on('SIGTERM', async (signal) => {
    if (!isDraining()) {
      state().isDraining = true;
      await setTimeout(seconds * 1_000);
      // By then the loop has just taken in who stood in the queue.
      await setImmediate();
    }
    for (const end of endings) end.call(process, signal);
  });
}
