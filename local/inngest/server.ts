import { createServer } from 'node:http';
import { close as closeServer, listen } from '../stack/http.ts';
import { Engine, type EngineSettings } from './engine/engine.ts';
import { DEFAULT_GATE_DELAYS_MS } from './gate.ts';
import { route } from './routes.ts';
import { openStore } from './store/store.ts';
import { Sync } from './sync.ts';

const CLOSE_GRACE_MS = 1_500;
/** Node's fetch gives up on an answer after five minutes, whatever it is told. */
const MAX_CALL_TIMEOUT_MS = 300_000;

export type InngestServerOptions = Partial<Omit<EngineSettings, 'signingKey'>> & {
  /** 0 takes a free port. */
  port?: number;
  /** The sqlite file; without one everything is forgotten at the end. */
  dataFile?: string;
  /** The app's Inngest route, asked to register until it does. Without one, apps register themselves. */
  appUrl?: string;
  /** Given: calls are signed and registrations must prove the key. Absent: development mode. */
  signingKey?: string;
  eventKey?: string;
  syncIntervalMs?: number;
};

export type InngestServer = {
  url: string;
  /** Moves the clock forward: sleeps, retries, timeouts and schedules up to then come due. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
};

const DEFAULTS = {
  port: 8288,
  dataFile: ':memory:',
  retryDelaysMs: [1_000, 2_000, 5_000, 10_000, 30_000, 60_000],
  callTimeoutMs: MAX_CALL_TIMEOUT_MS,
  maxInlineBytes: 4 * 1024 * 1024,
  maxParallelCalls: 64,
  gateDelaysMs: DEFAULT_GATE_DELAYS_MS,
  syncIntervalMs: 15_000,
  keepRuns: 1_000,
  keepDays: 7,
  log: () => undefined,
};

/** Starts a stand-in for the Inngest Dev Server on loopback. Rejects when the port is taken. */
export async function startInngest(options: InngestServerOptions = {}): Promise<InngestServer> {
  const settings = { ...DEFAULTS, ...options, signingKey: options.signingKey ?? null };
  const { signingKey, log } = settings;
  const server = createServer();
  const url = await listen(server, settings.port);

  // The port is taken before the file is opened, so a second server on the same data stops at the port.
  const store = openStore(settings.dataFile);
  const callTimeoutMs = Math.min(settings.callTimeoutMs, MAX_CALL_TIMEOUT_MS);
  const syncNow = () => sync?.now();
  const engine = new Engine(
    store,
    { ...settings, callTimeoutMs },
    { onAppAway: syncNow, onAppBack: syncNow },
  );
  let registrations = 0;
  const context = {
    engine,
    store,
    signingKey,
    eventKey: options.eventKey ?? null,
    syncState: () => sync?.state ?? null,
    onRegistered: () => {
      registrations += 1;
    },
    log,
  };
  server.on('request', (request, response) => void route(context, request, response));
  engine.recover();
  const sync = options.appUrl
    ? new Sync({
        appUrl: options.appUrl,
        ownUrl: url,
        signingKey,
        intervalMs: settings.syncIntervalMs,
        registrations: () => registrations,
        log,
      })
    : null;

  const close = async () => {
    await sync?.close();
    // Steps under way may still send events here, so the listener outlives them.
    await engine.close(CLOSE_GRACE_MS);
    await closeServer(server);
    store.close();
  };
  let closing: Promise<void> | undefined;
  return {
    url,
    advance: (milliseconds) => engine.advance(milliseconds),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
