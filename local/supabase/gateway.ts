import type { Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import { serve } from '@hono/node-server';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { RealtimeHost } from '../realtime/host.ts';
import type { Limits } from '../realtime/limits.ts';
import { Realtime } from '../realtime/server.ts';
import { foreignness, ownOrigins } from '../stack/loopback.ts';
import { handleAdmin } from './admin.ts';
import { allowOrigin, answerPreflight } from './cors.ts';
import { claimDataFolder, type DataFolder, StartError } from './data-folder.ts';
import { type LocalDatabase, openDatabase } from './database.ts';
import { acceptFirstAddress } from './email-change.ts';
import type { Dump } from './embedded.ts';
import { createSecretKey, LOCAL_PUBLISHABLE_KEY } from './keys.ts';
import type { ServerDatabase } from './postgres-server.ts';
import { KeptDataError } from './rebuild.ts';
import { boundedBody } from './rest-body.ts';
import { requestHeaders } from './session-context.ts';
import { PasswordSignIn } from './sign-in.ts';
import { answerStorage, badUpload, replaceBody, unwrapUpload } from './storage-shims.ts';
import { bearerToken, type Claims, createTokenExchange, type TokenExchange } from './tokens.ts';

export type GatewayOptions = {
  port: number;
  host?: string;
  /** Further names under which others reach this gateway, with their port: behind a proxy, in a container. */
  hosts?: readonly string[];
  /** Keeps Postgres, files and signing keys. Without it, and without a server, everything is in memory. */
  dataDir?: string;
  /** A PostgreSQL that other gateways may use at the same time. It keeps the signing keys as well. */
  server?: ServerDatabase;
  storageDir?: string;
  migrationsDir?: string;
  siteUrl?: string;
  /** Further addresses of the app, whose pages may call as well. */
  appUrls?: readonly string[];
  confirmEmails?: boolean;
  keys?: { publishable?: string; secret?: string };
  realtimeLimits?: Partial<Limits>;
  /** What Realtime has to tell its operator: a code and a detail. */
  onRealtimeLog?: (code: string, detail: string) => void;
};

export type Gateway = {
  url: string;
  publishableKey: string;
  secretKey: string;
  database: LocalDatabase;
  realtime: RealtimeHost;
  close: () => Promise<void>;
};

/** A statement may run for eight seconds, and a stop waits no longer. */
const LONGEST_REQUEST_MS = 8_000;

const KEPT_OPEN_MS = 75_000;
/** So long the Data API may believe a session that was ended since, at another gateway of the same database. */
const BELIEVED_MS = 20_000;
/** What ends sessions, of the caller or of anybody. */
const ENDS_SESSIONS = /^\/(?:auth\/v1\/(?:logout|user|admin\/)|rest\/v1\/rpc\/request_erasure)/;

type Handler = (request: Request) => Promise<Response>;
type Door = Parameters<typeof foreignness>[1];

/** Data API, Auth, Storage and Realtime of one local Supabase project, for `@supabase/supabase-js` as it is. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const host = options.host ?? '127.0.0.1';
  let handler: Handler = async () => Response.json({ status: 'starting' }, { status: 503 });
  // The port comes first: of two processes started by mistake one stops here, before it touches a file.
  const { server, port } = await listen(options.port, host, (request) => handler(request));
  const url = `http://${host}:${port}`;
  const door = {
    origins: ownOrigins(options.siteUrl ?? 'http://localhost:3000', ...(options.appUrls ?? [])),
    hosts: [`${host}:${port}`, ...(options.hosts ?? [])],
  };
  // Sockets that come back after a restart wait for the database instead of being turned away.
  const opened = Promise.withResolvers<RealtimeHost>();
  opened.promise.catch(() => undefined);
  server.on('upgrade', (request, socket, head) => {
    if (foreignness(request.headers, door)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    opened.promise.then(
      (realtime) => realtime.upgrade(request, socket, head),
      () => socket.destroy(),
    );
  });

  let folder: DataFolder | null = null;
  try {
    folder = options.dataDir === undefined || options.server ? null : await claimDataFolder(options.dataDir);
    const project = await openProject(options, url, folder, door);
    const { database, realtime, publishableKey, secretKey } = project;
    handler = project.handler;
    opened.resolve(realtime);
    return {
      url,
      publishableKey,
      secretKey,
      database,
      realtime,
      close: async () => {
        await realtime.close();
        await stop(server);
        await database.close();
        await folder?.release();
      },
    };
  } catch (error) {
    opened.reject(error);
    await stop(server);
    await folder?.release();
    if (!(error instanceof KeptDataError)) throw error;
    const [place, remedy] = options.server
      ? ['database', 'Name another database']
      : [`data folder ${options.dataDir}`, 'Move the folder away'];
    throw new StartError(
      `The ${place} was made by other migrations, and these cannot take its rows over: ${error.message}. ` +
        `Nothing in it was changed. ${remedy} to start anew, or go back to the version that made it.`,
      { cause: error },
    );
  }
}

/** Everything behind the port: database, tokens, Realtime, and the handler that puts them together. */
async function openProject(options: GatewayOptions, url: string, folder: DataFolder | null, door: Door) {
  const callers = new WeakMap<Request, Claims>();
  const publishableKey = options.keys?.publishable ?? LOCAL_PUBLISHABLE_KEY;
  const secretKey = options.keys?.secret ?? createSecretKey();
  const keys = { publishable: publishableKey, secret: secretKey };
  const storageDir = options.storageDir ?? folder?.storage;
  const database = await openDatabase({
    ...options,
    keys,
    dataDir: folder?.postgres,
    storageDir,
    signing: folder?.keys,
    middlewares: [
      async (context, next) => {
        // The Data API trusts a signature until it expires, as the platform does. Naming the caller here spares
        // each request two look-ups; Auth and Storage still ask the tables.
        const claims = callers.get(context.req.raw);
        if (typeof claims?.sub === 'string' && typeof claims.session_id === 'string') {
          context.set('userId', claims.sub);
          context.set('sessionId', claims.session_id);
        }
        await requestHeaders.run(JSON.stringify(Object.fromEntries(context.req.raw.headers)), next);
      },
    ],
  });
  await folder?.markCreated();
  const tokens = await createTokenExchange(database.signing, `${url}/auth/v1`, async (userId) => {
    const [metadata] = await database.query(
      `select coalesce(raw_app_meta_data, '{}') as app_metadata, coalesce(raw_user_meta_data, '{}') as user_metadata
       from auth.users where id = $1`,
      [userId],
    );
    return metadata ?? {};
  });
  const log = options.onRealtimeLog ?? (() => undefined);
  const readToken = async (token: string) => (await tokens.accept(token))?.claims ?? null;
  const realtime = await RealtimeHost.open({
    takeSeat: database.takeSeat,
    address: addressFor(url),
    open: (seat) => Realtime.open({ database, seat, keys, readToken, limits: options.realtimeLimits, log }),
    log,
  });
  const handler = createHandler({ database, tokens, callers, secretKey, realtime, door, files: storageDir });
  return { database, realtime, publishableKey, secretKey, handler };
}

/**
 * Stands for every token that this gateway did not sign. Lite answers it as it answers a forged one; the original
 * must not reach it, because the tokens inside Lite's signed file addresses bear the signature Lite believes.
 */
const UNBELIEVABLE_TOKEN = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA';

type HandlerParts = {
  database: LocalDatabase;
  tokens: TokenExchange;
  callers: WeakMap<Request, Claims>;
  secretKey: string;
  realtime: RealtimeHost;
  door: Door;
  /** The folder that holds them, where it is one. */
  files: string | undefined;
};

function createHandler(parts: HandlerParts): Handler {
  const { database, tokens, callers, secretKey, realtime, door } = parts;
  const sessions = new LRUCache<string, boolean>({
    max: 20_000,
    ttl: BELIEVED_MS,
    fetchMethod: async (id) =>
      (await database.query('select 1 from auth.sessions where id::text = $1', [id])).length > 0,
  });
  const ask = async (original: Request, url: URL) => {
    const request = await unwrapUpload(original, url.pathname);
    if (request === null) return badUpload();
    const token = bearerToken(request.headers.get('authorization'));
    if (token === null) return database.app.fetch(request);
    const accepted = await tokens.accept(token);
    // The platform trusts a signature until it expires; here nobody has to wait for that.
    const isRest = url.pathname.startsWith('/rest/v1/');
    const session = isRest && accepted ? accepted.claims.session_id : undefined;
    if (typeof session === 'string' && !(await sessions.fetch(session))) return sessionEnded();
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${accepted?.liteToken ?? UNBELIEVABLE_TOKEN}`);
    const translated = new Request(request, { headers });
    if (accepted && isRest && !isExpired(accepted.claims)) {
      callers.set(translated, accepted.claims);
    }
    return database.app.fetch(translated);
  };
  const signIn = new PasswordSignIn();

  const answer = async (request: Request, url: URL) => {
    if (url.pathname.startsWith('/storage/v1/')) return answerStorage(request, url, ask, parts.files);
    if (url.pathname === '/auth/v1/.well-known/jwks.json') {
      return Response.json(tokens.jwks, { headers: { 'cache-control': 'public, max-age=600' } });
    }
    if (url.pathname.startsWith('/auth/v1/admin/') && request.headers.get('apikey') === secretKey) {
      return handleAdmin(database, request, url);
    }
    if (url.pathname === '/auth/v1/verify' && request.method === 'POST') {
      const accepted = await acceptFirstAddress(database, request);
      if (accepted) return accepted;
    }
    const live = await realtime.handle(request);
    if (live) return live;
    if (url.pathname.startsWith('/rest/v1/')) {
      const bounded = await boundedBody(request);
      return bounded instanceof Response ? bounded : finishRestResponse(await ask(bounded, url));
    }
    const response = await signIn.answer(request, url, ask);
    return url.pathname.startsWith('/auth/v1/') ? reissueTokens(response, tokens, url) : response;
  };

  return async (request) => {
    const url = new URL(request.url);
    const origin = request.headers.get('origin');
    const reason = foreignness(
      { host: request.headers.get('host') ?? '', origin: origin ?? undefined },
      door,
    );
    if (reason) return Response.json({ message: reason }, { status: 403 });
    if (url.pathname === '/health') return Response.json({ status: 'ok' });
    // Without a CORS header: a page on another origin must not read a recovery link.
    if (url.pathname === '/mailbox') {
      return Response.json({ mails: database.mailbox.list(url.searchParams.get('to') ?? undefined) });
    }
    if (url.pathname === '/backup' && database.dump && request.headers.get('apikey') === secretKey) {
      return copyOf(await database.dump());
    }
    // Lite has further routes, for its own studio; they ask for no key.
    if (!/^\/(?:auth|realtime|rest|storage)\/v1\//.test(url.pathname)) {
      return Response.json({ message: 'no Route matched with those values' }, { status: 404 });
    }
    const preflight = origin === null ? null : answerPreflight(request, origin);
    if (preflight) return preflight;
    const response = await answer(request, url);
    if (request.method !== 'GET' && ENDS_SESSIONS.test(url.pathname)) sessions.clear();
    return origin === null ? response : allowOrigin(response, origin);
  };
}

function copyOf({ image, tables, schema }: Dump): Response {
  const form = new FormData();
  form.set('tables', JSON.stringify(tables));
  form.set('schema', schema);
  form.set('image', image);
  return new Response(form);
}

/** Every answer of Auth that carries an access token gets the one for clients, in its body or its redirect. */
async function reissueTokens(response: Response, tokens: TokenExchange, url: URL): Promise<Response> {
  const location = response.headers.get('location');
  if (location?.includes('access_token=')) {
    const target = new URL(location, url);
    const fragment = new URLSearchParams(target.hash.slice(1));
    fragment.set('access_token', await tokens.issue(fragment.get('access_token') ?? ''));
    target.hash = fragment.toString();
    const headers = new Headers(response.headers);
    headers.set('location', target.href);
    return new Response(response.body, { status: response.status, headers });
  }
  if (!response.headers.get('content-type')?.includes('json')) return response;
  const text = await response.text();
  if (!text.includes('"access_token"')) return replaceBody(response, text);
  const body: unknown = JSON.parse(text);
  if (typeof body !== 'object' || body === null || !('access_token' in body))
    return replaceBody(response, text);
  const token = await tokens.issue(String(body.access_token));
  return replaceBody(response, JSON.stringify({ ...body, access_token: token }));
}

const sessionEnded = () =>
  Response.json(
    { code: 'PGRST303', details: null, hint: null, message: 'This session was ended.' },
    { status: 401 },
  );

const violation = z.object({
  code: z.literal('SUP'),
  message: z.string().regex(/violates check constraint/),
});

/** Lite answers a violated check constraint as a fault of its own. The platform gives its code, and blames the request. */
async function finishRestResponse(response: Response): Promise<Response> {
  if (response.status !== 500) return response;
  const text = await response.text();
  const parsed = violation.safeParse(JSON.parse(text));
  if (!parsed.success) return replaceBody(response, text);
  const message = parsed.data.message.replace(/^error: /, '');
  return replaceBody(response, JSON.stringify({ code: '23514', details: null, hint: null, message }), 400);
}

/** Where another gateway reaches one that listens on every address: on the first that is not this machine's alone. */
function addressFor(url: string): string {
  if (!/\/\/(0\.0\.0\.0|\[?::\]?):/.test(url)) return url;
  const outer = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  return `http://${outer?.address ?? '127.0.0.1'}:${new URL(url).port}`;
}

const isExpired = (claims: Claims) => typeof claims.exp !== 'number' || claims.exp * 1000 <= Date.now();

function listen(port: number, host: string, fetch: Handler): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: host }, (address) =>
      resolve({ server: server as Server, port: address.port }),
    );
    // Longer than a busy client stands still: one that writes to a connection which was just closed fails for nothing.
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEPT_OPEN_MS;
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new StartError(`Port ${port} is taken. Stop what listens there, or choose another port.`)
          : error,
      );
    });
  });
}

/** Answers what has begun, then closes; connections that are only kept alive do not hold it up. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 50).unref();
    setTimeout(() => server.closeAllConnections(), LONGEST_REQUEST_MS).unref();
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}
