import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { LocalDatabase } from '../supabase/database.ts';
import type { Seat } from '../supabase/driver.ts';
import { bearerToken } from '../supabase/tokens.ts';
import { ChangeFeed } from './changes/feed.ts';
import type { SentMessage } from './changes/turn.ts';
import { Connection } from './connection.ts';
import { broadcastFrame, jsonFrame } from './frame.ts';
import { handleBroadcast } from './http.ts';
import { type Keys, type ReadToken, readAccessToken, readApiKey, TokenError } from './identity.ts';
import { createRateLimit, DEFAULT_LIMITS, type Limits } from './limits.ts';
import { readPermissions } from './permissions.ts';
import { type Fields, isVersion } from './protocol.ts';
import { Rooms } from './room.ts';
import type { Services } from './services.ts';

const SOCKET_PATH = '/realtime/v1/websocket';
const HOUR_MS = 3_600_000;
/** Told to sockets when this server stops; clients connect again by themselves. */
const SERVICE_RESTART = 1012;

export type RealtimeOptions = {
  database: Pick<LocalDatabase, 'exclusive'>;
  /** Whose session reads the changes: it is this server's as long as no other may tell them. */
  seat: Pick<Seat, 'exclusive'>;
  keys: Keys;
  readToken: ReadToken;
  limits?: Partial<Limits>;
  log?: (code: string, detail: string) => void;
};

const silently = () => undefined;

/** Supabase Realtime for one local project: channels, presence, broadcasts and changes of the database. */
export class Realtime {
  readonly #services: Services;
  readonly #readApiKey: (key: string | null) => ReturnType<typeof readApiKey>;
  readonly #connections = new Set<Connection>();
  readonly #sockets: WebSocketServer;
  readonly #timers: NodeJS.Timeout[];

  static async open(options: RealtimeOptions): Promise<Realtime> {
    const { seat, log = silently } = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const rooms = new Rooms();
    const onMessage = (message: SentMessage) => sendMessage(rooms, message);
    const changes = await ChangeFeed.open({ seat, changeBytes: limits.changeBytes, onMessage, log });
    return new Realtime(options, { limits, rooms, changes, log });
  }

  private constructor(
    { database, keys, readToken }: RealtimeOptions,
    parts: Pick<Services, 'limits' | 'rooms' | 'changes' | 'log'>,
  ) {
    const { limits, log } = parts;
    const now = () => Date.now();
    this.#services = {
      ...parts,
      database,
      joins: createRateLimit(limits.joinsPerSecond),
      events: createRateLimit(limits.eventsPerSecond),
      presenceEvents: createRateLimit(limits.presenceEventsPerSecond),
      readAccessToken: (token) => readAccessToken(token, keys, readToken, now()),
      readPermissions: (identity, topic, headers) => readPermissions(database, identity, topic, headers, log),
      joinedClients: new Set(),
      now,
    };
    this.#readApiKey = (key) => readApiKey(key, keys, readToken, now());
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: limits.frameBytes,
      perMessageDeflate: false,
    });
    void this.#cleanUp();
    this.#timers = [
      setInterval(() => this.#sweep(), limits.idleMs / 4).unref(),
      setInterval(() => void this.#cleanUp(), HOUR_MS).unref(),
    ];
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    // A peer that goes away during the handshake.
    socket.on('error', () => socket.destroy());
    this.#accept(request, socket, head).catch((error: unknown) => {
      this.#services.log('UnableToUpgrade', String(error));
      refuse(socket, 500, 'Internal server error');
    });
  }

  /** `null` for paths that are not of Realtime. */
  async handle(request: Request): Promise<Response | null> {
    const services = this.#services;
    const url = new URL(request.url);
    if (!url.pathname.startsWith('/realtime/v1/')) return null;
    const key = request.headers.get('apikey') ?? url.searchParams.get('apikey');
    const caller = await this.#readApiKey(key);
    if (caller === null) {
      const message = key ? 'Invalid API key' : 'No API key found in request';
      return Response.json({ message }, { status: 401 });
    }
    const token = bearerToken(request.headers.get('authorization'));
    try {
      const identity = token === null ? caller : await services.readAccessToken(token);
      const headers = customHeaders(request.headers.entries());
      const answer = await handleBroadcast(request, url, { services, identity, headers });
      return answer ?? Response.json({ message: 'no Route matched with those values' }, { status: 404 });
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      return Response.json({ message: `${error.code}: ${error.message}` }, { status: 401 });
    }
  }

  /** What is held for clients at this moment. */
  counts() {
    return {
      connections: this.#connections.size,
      channels: [...this.#connections].reduce((sum, { channelCount }) => sum + channelCount, 0),
      rooms: this.#services.rooms.size,
      subscriptions: this.#services.changes.size,
    };
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const connection of this.#connections) connection.disconnect(SERVICE_RESTART, 'Service restart');
    setTimeout(() => {
      for (const connection of this.#connections) connection.terminate();
    }, 500).unref();
    this.#sockets.close();
    await this.#services.changes.close();
  }

  async #accept(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const url = new URL(request.url ?? '/', 'http://realtime');
    if (url.pathname !== SOCKET_PATH) return refuse(socket, 404, 'no Route matched with those values');
    const version = url.searchParams.get('vsn') ?? '1.0.0';
    if (!isVersion(version)) return refuse(socket, 400, `Unsupported protocol version: ${version}`);
    const header = request.headers['x-api-key'] ?? request.headers.apikey;
    const key = typeof header === 'string' ? header : url.searchParams.get('apikey');
    if (key === null || key === '') return refuse(socket, 401, 'No API key found in request');
    const identity = await this.#readApiKey(key);
    if (identity === null) return refuse(socket, 401, 'Invalid API key');
    if (socket.destroyed) return;
    const services = this.#services;
    const headers = customHeaders(Object.entries(request.headers));
    const onClose = (connection: Connection) => this.#connections.delete(connection);
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#connections.add(
        new Connection({ socket: webSocket, services, version, identity, headers, onClose }),
      );
    });
  }

  #sweep() {
    const { now, limits } = this.#services;
    for (const connection of this.#connections) {
      if (now() - connection.lastSeenMs > limits.idleMs) connection.terminate();
    }
  }

  #cleanUp() {
    const old = "delete from realtime.messages where inserted_at < now() - interval '72 hours'";
    return this.#services.database
      .exclusive((driver) => driver.query(old))
      .catch((error: unknown) => this.#services.log('UnableToDeleteOldMessages', String(error)));
  }
}

/** What a transaction sent with `realtime.send`, now that it has committed. */
function sendMessage(rooms: Rooms, message: SentMessage) {
  const room = rooms.find(message.topic, message.private);
  if (!room) return;
  const { id, event, payload, bytes } = message;
  const frame =
    bytes === null
      ? jsonFrame(room.topic, 'broadcast', { type: 'broadcast', event, payload, meta: { id } })
      : broadcastFrame(room.topic, { event, encoding: 'binary', bytes }, { id });
  room.broadcast(frame, null, id);
}

/** What policies may read as `request.headers`: nothing that carries a session. */
const customHeaders = (headers: Iterable<[string, unknown]>): Fields =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('x-') && name !== 'x-api-key'));

const REASONS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  500: 'Internal Server Error',
};

function refuse(socket: Duplex, status: number, message: string) {
  const body = JSON.stringify({ message });
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status]}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
