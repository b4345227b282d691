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

/** Asks the app to register once. It answers only after it has registered here. */
async function ask(options: SyncOptions, stopping: AbortSignal): Promise<SyncState> {
  const { appUrl, ownUrl, signingKey } = options;
  const before = options.registrations();
  const failed = (detail: string): SyncState => ({ isSynced: false, detail: `${appUrl} ${detail}` });
  try {
    const response = await fetch(appUrl, {
      method: 'PUT',
      redirect: 'manual',
      headers: {
        'x-inngest-server-kind': signingKey ? 'cloud' : 'dev',
        ...(signingKey ? { 'x-inngest-signature': sign('', signingKey) } : {}),
      },
      signal: AbortSignal.any([stopping, AbortSignal.timeout(SYNC_TIMEOUT_MS)]),
    });
    const text = await response.text();
    if (!response.headers.has('x-inngest-sdk-handled') && !response.headers.has('x-inngest-sdk')) {
      return failed(`answered ${response.status} without the Inngest SDK.`);
    }
    if (!response.ok) return failed(`could not register: ${text.slice(0, 1_000)}`);
    if (options.registrations() > before) return { isSynced: true, detail: `${appUrl} is registered.` };
    return failed(
      `answered but did not register here: its INNGEST_DEV or INNGEST_BASE_URL must be ${ownUrl}.`,
    );
  } catch (error) {
    return failed(`does not answer yet (${error instanceof Error ? error.name : 'Error'}).`);
  }
}

/** Asks the app to register its functions until it does, then again from time to time and whenever `now` is called. */
export class Sync {
  state: SyncState = { isSynced: false, detail: 'The app has not been asked yet.' };
  readonly #options: SyncOptions;
  readonly #stopping = new AbortController();
  readonly #startedAt = Date.now();
  readonly #running: Promise<void>;
  #interrupt = new AbortController();
  #logged = '';

  constructor(options: SyncOptions) {
    this.#options = options;
    this.#running = this.#loop();
  }

  now(): void {
    this.#interrupt.abort();
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #loop(): Promise<void> {
    const stopping = this.#stopping.signal;
    for (let failures = 0; ; ) {
      this.#interrupt = new AbortController();
      this.state = await ask(this.#options, stopping);
      if (stopping.aborted) return;
      const { isSynced } = this.state;
      this.#tell();
      failures = isSynced ? 0 : failures + 1;
      const pause = isSynced
        ? this.#options.intervalMs
        : RETRY_DELAYS_MS[Math.min(failures - 1, RETRY_DELAYS_MS.length - 1)];
      // Being woken early rejects the delay, and is what is wanted.
      const signal = AbortSignal.any([stopping, this.#interrupt.signal]);
      await delay(pause, undefined, { signal }).catch(() => undefined);
      if (stopping.aborted) return;
    }
  }

  #tell(): void {
    const { isSynced, detail } = this.state;
    // The app is started after this server, so its silence is no news at first.
    const isStarting = !isSynced && Date.now() - this.#startedAt < START_GRACE_MS;
    if (isStarting || detail === this.#logged) return;
    this.#options.log(detail);
    this.#logged = detail;
  }
}
