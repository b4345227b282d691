import { createServer, type RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Context, Inngest, type InngestFunction } from 'inngest';
import { serve } from 'inngest/node';
import { afterEach } from 'vitest';
import { z } from 'zod';
import { close as closeServer, listen } from '../../stack/http.ts';
import { type InngestServer, type InngestServerOptions, startInngest } from '../server.ts';

export const SIGNING_KEY = `signkey-test-${'0123456789abcdef'.repeat(4)}`;

const quiet = () => undefined;
const silentLogger = { debug: quiet, info: quiet, warn: quiet, error: quiet };

const stepSchema = z.object({
  name: z.string(),
  op: z.string(),
  status: z.string(),
  attempts: z.number(),
  error: z.object({ message: z.string() }).nullable(),
});
const runSchema = z.object({
  run_id: z.string(),
  function_id: z.string(),
  status: z.string(),
  output: z.unknown(),
  error: z.object({ name: z.string(), message: z.string() }).nullable(),
  steps: z.array(stepSchema),
});
export type RunView = z.output<typeof runSchema>;

const healthSchema = z.object({
  functions: z.array(z.string()),
  app: z.object({ synced: z.boolean(), detail: z.string() }).nullable(),
  queue: z.object({ waiting: z.number(), inFlight: z.number(), away: z.array(z.unknown()) }),
  runs: z.object({ running: z.number(), completed: z.number(), failed: z.number(), cancelled: z.number() }),
});

export async function waitUntil<Value>(
  what: string,
  probe: () => Promise<Value | null | undefined | false> | Value | null | undefined | false,
  timeoutMs = 15_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const value = await probe();
    if (value) return value;
    await delay(10);
  }
  throw new Error(`Waited in vain until ${what}.`);
}

/** Talks to a running server the way an operator does. */
export function operatorOf(url: string, signingKey?: string) {
  const headers = signingKey ? { authorization: `Bearer ${signingKey}` } : undefined;
  const get = async (path: string): Promise<unknown> => (await fetch(url + path, { headers })).json();
  const runs = async (path: string) => z.object({ data: z.array(runSchema) }).parse(await get(path)).data;
  const runsOf = (eventId: string) => runs(`/v1/events/${encodeURIComponent(eventId)}/runs`);
  return {
    runsOf,
    allRuns: () => runs('/v1/runs?limit=1000'),
    health: async () => healthSchema.parse(await get('/health')),
    send: async (events: unknown, seed?: string): Promise<string[]> => {
      const response = await fetch(`${url}/e/test`, {
        method: 'POST',
        body: JSON.stringify(events),
        headers: seed ? { 'x-inngest-event-id-seed': seed } : undefined,
      });
      return z.object({ ids: z.array(z.string()) }).parse(await response.json()).ids;
    },
    advance: (duration: string) =>
      fetch(`${url}/dev/advance`, { method: 'POST', headers, body: JSON.stringify({ duration }) }),
    /** The only run of an event, once it has ended. */
    ended: (eventId: string): Promise<RunView> =>
      waitUntil(`the run of ${eventId} ended`, async () =>
        (await runsOf(eventId)).find(({ status }) => status !== 'running'),
      ),
  };
}

export type Operator = ReturnType<typeof operatorOf>;

export type Harness = Operator & {
  client: Inngest;
  server: InngestServer;
  appUrl: string;
  logs: string[];
  /** Replaces what the app's HTTP server does, to make it misbehave; null restores the SDK. */
  intercept(listener: RequestListener | null): void;
  close(): Promise<void>;
};

export type HarnessOptions = InngestServerOptions & { optimizeParallelism?: boolean };

type Options = Omit<Parameters<Inngest['createFunction']>[0], 'id' | 'triggers'> & { id?: string };
type Handler = (context: Context.Any) => unknown;
/** A function that one event starts, under the event's name unless it has its own. */
type Define = (event: string, ...rest: [Handler] | [Options, Handler]) => InngestFunction.Any;

const definer =
  (client: Inngest): Define =>
  (event, ...rest) => {
    const [options, handler] = rest.length === 1 ? [{}, rest[0]] : rest;
    return client.createFunction({ id: event, ...options, triggers: [{ event }] }, handler);
  };

/** An app made of real SDK functions on a real HTTP server, and an executor that has registered it. */
export async function startHarness(
  functionsOf: (on: Define, client: Inngest) => InngestFunction.Any[],
  options: HarnessOptions = {},
): Promise<Harness> {
  let listener: RequestListener | null = null;
  let handler: RequestListener | null = null;
  const app = createServer((request, response) => {
    const current = listener ?? handler;
    if (current) current(request, response);
    else response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>compiling</h1>');
  });
  const appUrl = `${await listen(app, 0)}/api/inngest`;
  const logs: string[] = [];
  const { optimizeParallelism, ...serverOptions } = options;
  const server = await startInngest({
    port: 0,
    appUrl,
    retryDelaysMs: [20, 40, 60],
    log: (message) => logs.push(message),
    ...serverOptions,
  });
  const client = new Inngest({
    id: 'app',
    baseUrl: server.url,
    isDev: !options.signingKey,
    eventKey: options.eventKey ?? 'test',
    signingKey: options.signingKey,
    logger: silentLogger,
    internalLogger: silentLogger,
    optimizeParallelism,
  });
  handler = serve({ client, functions: functionsOf(definer(client), client) });
  const operator = operatorOf(server.url, options.signingKey);
  await waitUntil('the app is registered', async () => (await operator.health()).app?.synced);
  return {
    ...operator,
    client,
    server,
    appUrl,
    logs,
    intercept: (next) => {
      listener = next;
    },
    close: async () => {
      await server.close();
      await closeServer(app);
    },
  };
}

/** An app and its executor for each test that starts them; closed when the test is over. */
export function eachHarness() {
  let harness: Harness | undefined;
  const running = () => {
    if (!harness) throw new Error('This test has started nothing.');
    return harness;
  };
  /** Sends one event as the app does; gives its id. */
  const send = async (name: string, data: Record<string, unknown> = {}): Promise<string> => {
    const { ids } = await running().client.send({ name, data });
    return String(ids[0]);
  };
  afterEach(async () => {
    await harness?.close();
    harness = undefined;
  });
  return {
    async start(...given: Parameters<typeof startHarness>): Promise<Harness> {
      harness = await startHarness(...given);
      return harness;
    },
    send,
    /** Sends one event; gives the run it started, once that has ended. */
    async outcome(name: string, data: Record<string, unknown> = {}): Promise<RunView> {
      return running().ended(await send(name, data));
    },
    async allEnded(count: number): Promise<void> {
      const areAll = async () => {
        const { runs } = await running().health();
        return runs.running === 0 && runs.completed + runs.failed + runs.cancelled === count;
      };
      await waitUntil(`${count} runs ended`, areAll, 60_000);
    },
  };
}
