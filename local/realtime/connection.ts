import type { WebSocket } from 'ws';
import { decodeBinary } from './binary-frames.ts';
import type { Channel } from './channel.ts';
import { type Frame, jsonFrame, replyFrame } from './frame.ts';
import type { Identity } from './identity.ts';
import { joinChannel, Refusal } from './join.ts';
import { decodeText, type Fields, FrameError, type Incoming, type Version } from './protocol.ts';
import type { Client, Joined, Services } from './services.ts';

/** What may wait for one slow join before the client counts as broken. */
const LONGEST_QUEUE = 1_000;

type ConnectionParts = {
  socket: WebSocket;
  services: Services;
  version: Version;
  identity: Identity;
  headers: Fields;
  onClose: (connection: Connection) => void;
};

/** One socket and its channels: the rules of the Phoenix protocol. */
export class Connection implements Client {
  readonly headers: Fields;
  readonly identity: Identity;
  lastSeenMs: number;
  readonly #socket: WebSocket;
  readonly #services: Services;
  readonly #version: Version;
  readonly #channels = new Map<string, Channel>();
  /** Topics with something under way; what follows waits, so that each channel sees its messages in order. */
  readonly #waiting = new Map<string, Incoming[]>();
  #joining = 0;

  constructor({ socket, services, version, identity, headers, onClose }: ConnectionParts) {
    this.headers = headers;
    this.identity = identity;
    this.lastSeenMs = services.now();
    this.#socket = socket;
    this.#services = services;
    this.#version = version;
    socket.on('message', (data, isBinary) => {
      const bytes = Array.isArray(data)
        ? Buffer.concat(data)
        : Buffer.isBuffer(data)
          ? data
          : Buffer.from(data);
      this.#receive(bytes, isBinary);
    });
    socket.on('ping', () => {
      this.lastSeenMs = services.now();
    });
    // A frame over the size limit or of broken encoding; the socket closes itself and says so to its client.
    socket.on('error', (error) => services.log('WebSocketError', error.message));
    socket.on('close', () => {
      this.#waiting.clear();
      for (const channel of this.#channels.values()) channel.close();
      this.#channels.clear();
      services.joinedClients.delete(this);
      onClose(this);
    });
  }

  get channelCount() {
    return this.#channels.size + this.#joining;
  }

  get isOpen() {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(frame: Frame) {
    if (!this.isOpen) return;
    const encoded = frame(this.#version);
    if (encoded === null) return;
    const { bufferedAmount } = this.#socket;
    if (bufferedAmount > this.#services.limits.backlogBytes) {
      this.#services.log('ClientTooSlow', `${bufferedAmount} bytes wait`);
      this.terminate();
    } else {
      this.#socket.send(encoded.data, { binary: encoded.binary });
    }
  }

  closed(channel: Joined) {
    // A channel that ends while it is joining is announced by the join.
    if (this.#channels.get(channel.topic) === channel) this.#forget(channel);
  }

  disconnect(code: number, reason: string) {
    this.#socket.close(code, reason);
  }

  terminate() {
    this.#socket.terminate();
  }

  #reply(message: Incoming, status: 'ok' | 'error', response: object) {
    this.send(replyFrame(message.topic, message, status, response));
  }

  #forget(channel: Joined) {
    this.#channels.delete(channel.topic);
    if (this.#channels.size === 0) this.#services.joinedClients.delete(this);
    this.#announceClose(channel);
  }

  #announceClose({ joinRef, topic }: Joined) {
    this.send(jsonFrame(topic, 'phx_close', {}, { joinRef, ref: joinRef }));
  }

  #receive(data: Buffer, isBinary: boolean) {
    this.lastSeenMs = this.#services.now();
    try {
      const message = isBinary ? decodeBinary(data) : decodeText(data.toString(), this.#version);
      if (message.topic !== 'phoenix') return this.#dispatch(message);
      if (message.event === 'heartbeat') this.#reply(message, 'ok', {});
      else this.#reply(message, 'error', { reason: 'unmatched topic' });
    } catch (error) {
      if (!(error instanceof FrameError)) this.#services.log('UnknownErrorOnWebSocketMessage', String(error));
      const reason = error instanceof FrameError ? error.message : 'the frame could not be read';
      this.send(replyFrame('phoenix', {}, 'error', { reason: `Malformed message: ${reason}` }));
    }
  }

  #dispatch(message: Incoming) {
    const queue = this.#waiting.get(message.topic);
    if (queue) {
      queue.push(message);
      if (queue.length > LONGEST_QUEUE) this.disconnect(1008, 'Too many messages are waiting');
      return;
    }
    const work = this.#run(message);
    if (!work) return;
    this.#waiting.set(message.topic, []);
    void work
      .catch((error: unknown) => this.#services.log('UnknownErrorOnChannel', String(error)))
      .then(() => {
        const next = this.#waiting.get(message.topic) ?? [];
        this.#waiting.delete(message.topic);
        if (this.isOpen) for (const later of next) this.#dispatch(later);
      });
  }

  #run(message: Incoming): Promise<void> | undefined {
    const { topic, event } = message;
    const channel = this.#channels.get(topic);
    if (event === 'phx_join' && topic.startsWith('realtime:')) return this.#join(message);
    if (event === 'phx_leave') this.#leave(message, channel);
    else if (channel) return channel.handle(message);
    else this.#reply(message, 'error', { reason: 'unmatched topic' });
    return undefined;
  }

  async #join(message: Incoming) {
    const earlier = this.#channels.get(message.topic);
    if (earlier) {
      earlier.close();
      this.#forget(earlier);
    }
    this.#joining += 1;
    try {
      const channel = await joinChannel(this.#services, this, message);
      if (channel === null) return;
      if (!this.isOpen) return channel.close();
      if (!channel.isOpen) return this.#announceClose(channel);
      this.#channels.set(message.topic, channel);
      this.#services.joinedClients.add(this);
    } catch (error) {
      if (!(error instanceof Refusal)) this.#services.log('UnknownErrorOnChannel', String(error));
      const reason = error instanceof Refusal ? error.message : 'Unknown Error on Channel';
      this.#reply(message, 'error', { reason });
    } finally {
      this.#joining -= 1;
    }
  }

  #leave(message: Incoming, channel: Channel | undefined) {
    this.#reply(message, 'ok', {});
    // Of an earlier join of the same topic, which is gone already.
    if (!channel || (message.joinRef !== null && message.joinRef !== channel.joinRef)) return;
    channel.close();
    this.#forget(channel);
  }
}
