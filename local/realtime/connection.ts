import type { WebSocket } from 'ws';
import { decodeBinary } from './binary-frames.ts';
import { type Frame, textFrame } from './frame.ts';
import type { Identity } from './identity.ts';
import { joinChannel, Refusal } from './join.ts';
import { decodeText, type Fields, FrameError, type Incoming, type Version } from './protocol.ts';
import type { Channel, Client, Services } from './services.ts';

/** What may wait for one slow join before the client counts as broken. */
const LONGEST_QUEUE = 1_000;

export type Connection = Client & { readonly lastSeenMs: number; terminate: () => void };

type ConnectionParts = {
  socket: WebSocket;
  services: Services;
  version: Version;
  identity: Identity;
  headers: Fields;
  onClose: (connection: Connection) => void;
};

/** One socket and its channels: the rules of the Phoenix protocol. */
export function openConnection({
  socket,
  services,
  version,
  identity,
  headers,
  onClose,
}: ConnectionParts): Connection {
  const channels = new Map<string, Channel>();
  /** Topics with something under way; what follows waits, so that each channel sees its messages in order. */
  const waiting = new Map<string, Incoming[]>();
  let joining = 0;
  let lastSeenMs = services.now();

  const send = (frame: Frame) => {
    if (socket.readyState !== socket.OPEN) return;
    const encoded = frame(version);
    if (encoded === null) return;
    if (socket.bufferedAmount > services.limits.backlogBytes) {
      services.log('ClientTooSlow', `${socket.bufferedAmount} bytes wait`);
      return socket.terminate();
    }
    socket.send(encoded.data, { binary: encoded.binary });
  };
  const push = (joinRef: string | null, ref: string | null, topic: string, event: string, payload: object) =>
    send(textFrame({ joinRef, ref, topic, event, payloadJson: JSON.stringify(payload) }));
  const reply = ({ joinRef, ref, topic }: Incoming, status: 'ok' | 'error', response: object) =>
    push(joinRef, ref, topic, 'phx_reply', { status, response });

  const forget = (channel: Channel) => {
    if (channels.get(channel.topic) !== channel) return;
    channels.delete(channel.topic);
    if (channels.size === 0) services.joinedClients.delete(connection);
  };
  const announceClose = ({ joinRef, topic }: Channel) => push(joinRef, joinRef, topic, 'phx_close', {});

  const join = async (message: Incoming) => {
    const earlier = channels.get(message.topic);
    if (earlier) {
      earlier.close();
      forget(earlier);
      announceClose(earlier);
    }
    joining += 1;
    try {
      const channel = await joinChannel(services, connection, message);
      if (channel === null) return;
      if (!connection.isOpen) return channel.close();
      if (!channel.isOpen) return announceClose(channel);
      channels.set(message.topic, channel);
      services.joinedClients.add(connection);
    } catch (error) {
      if (!(error instanceof Refusal)) services.log('UnknownErrorOnChannel', String(error));
      const reason = error instanceof Refusal ? error.message : 'Unknown Error on Channel';
      reply(message, 'error', { reason });
    } finally {
      joining -= 1;
    }
  };

  const leave = (message: Incoming, channel: Channel) => {
    reply(message, 'ok', {});
    // Of an earlier join of the same topic, which is gone already.
    if (message.joinRef !== null && message.joinRef !== channel.joinRef) return;
    channel.close();
    forget(channel);
    announceClose(channel);
  };

  const run = (message: Incoming): Promise<void> | undefined => {
    const channel = channels.get(message.topic);
    if (message.event === 'phx_join' && message.topic.startsWith('realtime:')) return join(message);
    if (!channel) {
      if (message.event === 'phx_leave') reply(message, 'ok', {});
      else reply(message, 'error', { reason: 'unmatched topic' });
      return undefined;
    }
    if (message.event === 'phx_leave') {
      leave(message, channel);
      return undefined;
    }
    return channel.handle(message);
  };

  const dispatch = (message: Incoming) => {
    const queue = waiting.get(message.topic);
    if (queue) {
      queue.push(message);
      if (queue.length > LONGEST_QUEUE) connection.disconnect(1008, 'Too many messages are waiting');
      return;
    }
    const work = run(message);
    if (!work) return;
    waiting.set(message.topic, []);
    void work
      .catch((error: unknown) => services.log('UnknownErrorOnChannel', String(error)))
      .then(() => {
        const next = waiting.get(message.topic) ?? [];
        waiting.delete(message.topic);
        if (connection.isOpen) for (const later of next) dispatch(later);
      });
  };

  const receive = (data: Buffer, isBinary: boolean) => {
    lastSeenMs = services.now();
    try {
      const message = isBinary ? decodeBinary(data) : decodeText(data.toString(), version);
      if (message.topic !== 'phoenix') return dispatch(message);
      if (message.event === 'heartbeat') reply(message, 'ok', {});
      else reply(message, 'error', { reason: 'unmatched topic' });
    } catch (error) {
      if (!(error instanceof FrameError)) services.log('UnknownErrorOnWebSocketMessage', String(error));
      const reason = error instanceof FrameError ? error.message : 'the frame could not be read';
      push(null, null, 'phoenix', 'phx_reply', {
        status: 'error',
        response: { reason: `Malformed message: ${reason}` },
      });
    }
  };

  const connection: Connection = {
    version,
    headers,
    identity,
    get channelCount() {
      return channels.size + joining;
    },
    get lastSeenMs() {
      return lastSeenMs;
    },
    get isOpen() {
      return socket.readyState === socket.OPEN;
    },
    send,
    closed: (channel) => {
      // A channel that ends while it is joining is announced by the join.
      if (channels.get(channel.topic) !== channel) return;
      forget(channel);
      announceClose(channel);
    },
    disconnect: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  };

  socket.on('message', (data, isBinary) => {
    const bytes = Array.isArray(data)
      ? Buffer.concat(data)
      : Buffer.isBuffer(data)
        ? data
        : Buffer.from(data);
    receive(bytes, isBinary);
  });
  socket.on('ping', () => {
    lastSeenMs = services.now();
  });
  // A frame over the size limit or of broken encoding; the socket closes itself and says so to its client.
  socket.on('error', (error) => services.log('WebSocketError', error.message));
  socket.on('close', () => {
    waiting.clear();
    for (const channel of channels.values()) channel.close();
    channels.clear();
    services.joinedClients.delete(connection);
    onClose(connection);
  });
  return connection;
}
