import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngine } from './engine/engine.ts';
import { DEFAULT_GATE_DELAYS_MS } from './gate.ts';
import { route } from './routes.ts';
import { openStore } from './store/store.ts';
import { startSync } from './sync.ts';

const CLOSE_GRACE_MS = 1_500;
/** Node's fetch gives up on an answer after five minutes, whatever it is told. */
const MAX_CALL_TIMEOUT_MS = 300_000;

export type InngestServerOptions = {
  /** 0 takes a free port. */
  port?: number;
  /** The sqlite file; without one everything is forgotten at the end. */
  dataFile?: string;
  /** The app's Inngest route, asked to register until it does. Without one, apps register themselves. */
  appUrl?: string;
  /** Given: calls are signed and registrations must prove the key. Absent: development mode. */
  signingKey?: string;
  eventKey?: string;
  /** Waits before the second, third, … attempt of a failed step; the last one repeats. */
  retryDelaysMs?: readonly number[];
  callTimeoutMs?: number;
  maxInlineBytes?: number;
  maxParallelCalls?: number;
  /** Waits between probes of an app that is away; the last one repeats. */
  gateDelaysMs?: readonly number[];
  syncIntervalMs?: number;
  keepRuns?: number;
  keepDays?: number;
  log?: (message: string) => void;
};

export type InngestServer = {
  url: string;
  /** Moves the clock forward: sleeps, retries, timeouts and schedules up to then come due. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
};

export const DEFAULT_RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000] as const;

/** Starts a stand-in for the Inngest Dev Server on loopback. Rejects when the port is taken. */
export async function startInngest(options: InngestServerOptions = {}): Promise<InngestServer> {
  const log = options.log ?? (() => undefined);
  const signingKey = options.signingKey ?? null;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 8288, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A TCP server's address is always an object; the type also covers pipes.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  // The port is taken before the file is opened, so a second server on the same data stops at the port.
  const store = openStore(options.dataFile ?? ':memory:');
  const engine = createEngine({
    store,
    signingKey,
    retryDelaysMs: options.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS,
    callTimeoutMs: Math.min(options.callTimeoutMs ?? MAX_CALL_TIMEOUT_MS, MAX_CALL_TIMEOUT_MS),
    maxInlineBytes: options.maxInlineBytes ?? 4 * 1024 * 1024,
    maxParallelCalls: options.maxParallelCalls ?? 64,
    gateDelaysMs: options.gateDelaysMs ?? DEFAULT_GATE_DELAYS_MS,
    keepRuns: options.keepRuns ?? 1_000,
    keepDays: options.keepDays ?? 7,
    log,
    onAppAway: () => sync?.now(),
    onAppBack: () => sync?.now(),
  });
  let registrations = 0;
  const context = {
    engine,
    store,
    signingKey,
    eventKey: options.eventKey ?? null,
    syncState: () => sync?.state() ?? null,
    onRegistered: () => {
      registrations += 1;
    },
    log,
  };
  server.on('request', (request, response) => void route(context, request, response));
  engine.recover();
  const sync = options.appUrl
    ? startSync({
        appUrl: options.appUrl,
        ownUrl: url,
        signingKey,
        intervalMs: options.syncIntervalMs ?? 15_000,
        registrations: () => registrations,
        log,
      })
    : null;

  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    await sync?.close();
    // Steps under way may still send events here, so the listener outlives them.
    await engine.close(CLOSE_GRACE_MS);
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    store.close();
  }
  return {
    url,
    advance: engine.advance,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
