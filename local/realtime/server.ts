import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { LocalDatabase } from '../supabase/database.ts';
import { bearerToken } from '../supabase/tokens.ts';
import { openChangeFeed } from './changes/feed.ts';
import type { SentMessage } from './changes/turn.ts';
import { type Connection, openConnection } from './connection.ts';
import { broadcastFrame, textFrame } from './frame.ts';
import { handleBroadcast } from './http.ts';
import { type Keys, type ReadToken, readAccessToken, readApiKey, TokenError } from './identity.ts';
import { createRateLimit, DEFAULT_LIMITS, type Limits } from './limits.ts';
import { readPermissions } from './permissions.ts';
import { type Fields, isVersion } from './protocol.ts';
import { createRooms, type Rooms } from './room.ts';
import type { ChangeFeed, Client, Services } from './services.ts';

const SOCKET_PATH = '/realtime/v1/websocket';
const HOUR_MS = 3_600_000;
/** Told to sockets when this server stops; clients connect again by themselves. */
const SERVICE_RESTART = 1012;

export type RealtimeOptions = {
  database: Pick<LocalDatabase, 'exclusive'>;
  keys: Keys;
  readToken: ReadToken;
  limits?: Partial<Limits>;
  log?: (code: string, detail: string) => void;
};

export type Realtime = {
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** `null` for paths that are not of Realtime. */
  handle: (request: Request) => Promise<Response | null>;
  /** What is held for clients at this moment. */
  counts: () => { connections: number; channels: number; rooms: number; subscriptions: number };
  close: () => Promise<void>;
};

/** Supabase Realtime for one local project: channels, presence, broadcasts and changes of the database. */
export async function openRealtime(options: RealtimeOptions): Promise<Realtime> {
  const { database, keys, readToken } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const log = options.log ?? (() => undefined);
  const now = () => Date.now();
  const rooms = createRooms();
  const changes: ChangeFeed = await openChangeFeed({
    database,
    changeBytes: limits.changeBytes,
    onMessage: (message) => sendMessage(rooms, message),
    log,
  });
  const services: Services = {
    database,
    rooms,
    changes,
    limits,
    joins: createRateLimit(limits.joinsPerSecond),
    events: createRateLimit(limits.eventsPerSecond),
    presenceEvents: createRateLimit(limits.presenceEventsPerSecond),
    readAccessToken: (token) => readAccessToken(token, keys, readToken, now()),
    readPermissions: (identity, topic, headers) => readPermissions(database, identity, topic, headers, log),
    joinedClients: new Set<Client>(),
    now,
    log,
  };
  const connections = new Set<Connection>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
  });
  const sweep = setInterval(() => {
    for (const connection of connections) {
      if (now() - connection.lastSeenMs > limits.idleMs) connection.terminate();
    }
  }, limits.idleMs / 4);
  const cleanUp = () =>
    database
      .exclusive((driver) =>
        driver.query("delete from realtime.messages where inserted_at < now() - interval '72 hours'"),
      )
      .catch((error: unknown) => log('UnableToDeleteOldMessages', String(error)));
  void cleanUp();
  const cleaning = setInterval(() => void cleanUp(), HOUR_MS);
  for (const timer of [sweep, cleaning]) timer.unref();

  const accept = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://realtime');
    if (url.pathname !== SOCKET_PATH) return refuse(socket, 404, 'no Route matched with those values');
    const version = url.searchParams.get('vsn') ?? '1.0.0';
    if (!isVersion(version)) return refuse(socket, 400, `Unsupported protocol version: ${version}`);
    const header = request.headers['x-api-key'] ?? request.headers.apikey;
    const key = typeof header === 'string' ? header : url.searchParams.get('apikey');
    if (key === null || key === '') return refuse(socket, 401, 'No API key found in request');
    const identity = await readApiKey(key, keys, readToken, now());
    if (identity === null) return refuse(socket, 401, 'Invalid API key');
    if (socket.destroyed) return;
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      connections.add(
        openConnection({
          socket: webSocket,
          services,
          version,
          identity,
          headers: customHeaders(Object.entries(request.headers)),
          onClose: (connection) => connections.delete(connection),
        }),
      );
    });
  };

  return {
    upgrade: (request, socket, head) => {
      // A peer that goes away during the handshake.
      socket.on('error', () => socket.destroy());
      accept(request, socket, head).catch((error: unknown) => {
        log('UnableToUpgrade', String(error));
        refuse(socket, 500, 'Internal server error');
      });
    },
    handle: async (request) => {
      const url = new URL(request.url);
      if (!url.pathname.startsWith('/realtime/v1/')) return null;
      const key = request.headers.get('apikey') ?? url.searchParams.get('apikey');
      const caller = await readApiKey(key, keys, readToken, now());
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
    },
    counts: () => ({
      connections: connections.size,
      channels: [...connections].reduce((sum, { channelCount }) => sum + channelCount, 0),
      rooms: rooms.size,
      subscriptions: changes.size,
    }),
    close: async () => {
      clearInterval(sweep);
      clearInterval(cleaning);
      for (const connection of connections) connection.disconnect(SERVICE_RESTART, 'Service restart');
      setTimeout(() => {
        for (const connection of connections) connection.terminate();
      }, 500).unref();
      sockets.close();
      await changes.close();
    },
  };
}

/** What a transaction sent with `realtime.send`, now that it has committed. */
function sendMessage(rooms: Rooms, message: SentMessage) {
  const room = rooms.find(message.topic, message.private);
  if (!room) return;
  const { id, event, payload, bytes } = message;
  const frame =
    bytes === null
      ? textFrame({
          joinRef: null,
          ref: null,
          topic: room.topic,
          event: 'broadcast',
          payloadJson: JSON.stringify({ type: 'broadcast', event, payload, meta: { id } }),
        })
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
