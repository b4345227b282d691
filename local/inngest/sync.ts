import { setTimeout as delay } from 'node:timers/promises';
import { sign } from './protocol/signing.ts';

const RETRY_DELAYS_MS = [250, 250, 500, 1_000, 2_000];
/** A cold development server compiles the route on the first request, which takes a while. */
const SYNC_TIMEOUT_MS = 90_000;

export type SyncState = { isSynced: boolean; detail: string };

export type SyncOptions = {
  appUrl: string;
  ownUrl: string;
  signingKey: string | null;
  intervalMs: number;
  /** How many registrations have been accepted so far. */
  registrations(): number;
  log(message: string): void;
};

/** How long the app may take to start before it is said that it does not answer. */
const START_GRACE_MS = 20_000;

/**
 * Asks the app to register its functions until it does, then again from time to time and whenever `now` is called. The
 * app answers the request only after it has registered here.
 */
export function startSync(options: SyncOptions) {
  const stopping = new AbortController();
  let state: SyncState = { isSynced: false, detail: 'The app has not been asked yet.' };
  let interrupt = new AbortController();

  const startedAt = Date.now();
  let logged = '';

  function become(next: SyncState): void {
    state = next;
    // The app is started after this server, so its silence is no news at first.
    const isStarting = !next.isSynced && Date.now() - startedAt < START_GRACE_MS;
    if (isStarting || next.detail === logged) return;
    options.log(next.detail);
    logged = next.detail;
  }

  async function ask(): Promise<SyncState> {
    const { appUrl, ownUrl, signingKey } = options;
    const before = options.registrations();
    try {
      const response = await fetch(appUrl, {
        method: 'PUT',
        redirect: 'manual',
        headers: {
          'x-inngest-server-kind': signingKey ? 'cloud' : 'dev',
          ...(signingKey ? { 'x-inngest-signature': sign('', signingKey) } : {}),
        },
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(SYNC_TIMEOUT_MS)]),
      });
      const text = await response.text();
      if (!response.headers.has('x-inngest-sdk-handled') && !response.headers.has('x-inngest-sdk')) {
        return { isSynced: false, detail: `${appUrl} answered ${response.status} without the Inngest SDK.` };
      }
      if (!response.ok)
        return { isSynced: false, detail: `${appUrl} could not register: ${text.slice(0, 1_000)}` };
      if (options.registrations() === before) {
        const detail = `${appUrl} answered but did not register here: its INNGEST_DEV or INNGEST_BASE_URL must be ${ownUrl}.`;
        return { isSynced: false, detail };
      }
      return { isSynced: true, detail: `${appUrl} is registered.` };
    } catch (error) {
      const name = error instanceof Error ? error.name : 'Error';
      return { isSynced: false, detail: `${appUrl} does not answer yet (${name}).` };
    }
  }

  async function loop(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      interrupt = new AbortController();
      const next = await ask();
      if (stopping.signal.aborted) return;
      become(next);
      failures = next.isSynced ? 0 : failures + 1;
      const pause = next.isSynced
        ? options.intervalMs
        : RETRY_DELAYS_MS[Math.min(failures - 1, RETRY_DELAYS_MS.length - 1)];
      // Being woken early rejects the delay, and is what is wanted.
      await delay(pause, undefined, { signal: AbortSignal.any([stopping.signal, interrupt.signal]) }).catch(
        () => undefined,
      );
    }
  }
  const running = loop();

  return {
    state: (): SyncState => state,
    now: () => interrupt.abort(),
    close: async () => {
      stopping.abort();
      await running;
    },
  };
}
