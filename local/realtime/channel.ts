import type { ChangeSubscription } from './changes/feed.ts';
import { broadcastFrame, type Frame, jsonFrame, replyFrame, textFrame } from './frame.ts';
import { expiredMessage, type Identity, TokenError } from './identity.ts';
import type { JoinRequest } from './join-request.ts';
import { createWindowLimit, type RateLimit } from './limits.ts';
import { type Permissions, PUBLIC } from './permissions.ts';
import { type Incoming, isFields } from './protocol.ts';
import type { Member, Room } from './room.ts';
import type { Client, Services } from './services.ts';

/** Timers cannot wait for longer than 24 days; a token may. */
const LONGEST_TIMER_MS = 3_600_000;

type ChannelParts = {
  services: Services;
  client: Client;
  topic: string;
  name: string;
  joinRef: string | null;
  room: Room;
  request: JoinRequest;
  identity: Identity;
  permissions: Permissions;
  replayed: ReadonlySet<string>;
};

/** One client in one channel, from its join to its leave. */
export class Channel implements Member {
  readonly topic: string;
  readonly joinRef: string | null;
  readonly replayed: ReadonlySet<string>;
  subscription: ChangeSubscription | null = null;
  readonly #parts: ChannelParts;
  readonly #presenceKey: string;
  readonly #mayCallPresence: RateLimit;
  #identity: Identity;
  #permissions: Permissions;
  #accessToken: string | null;
  #wantsPresence: boolean;
  #trackedJson: string | null = null;
  #expiry: NodeJS.Timeout | undefined;
  #isOpen = true;

  constructor(parts: ChannelParts) {
    const { request, services } = parts;
    const { presenceCallsPerWindow, presenceWindowMs } = services.limits;
    this.#parts = parts;
    this.topic = parts.topic;
    this.joinRef = parts.joinRef;
    this.replayed = parts.replayed;
    this.#presenceKey = request.presence.key ?? crypto.randomUUID();
    this.#mayCallPresence = createWindowLimit(presenceCallsPerWindow, presenceWindowMs);
    this.#identity = parts.identity;
    this.#permissions = parts.permissions;
    this.#accessToken = request.accessToken;
    this.#wantsPresence = request.presence.enabled;
    this.#watchExpiry();
  }

  get isOpen() {
    return this.#isOpen;
  }

  get readsBroadcast() {
    return this.#permissions.broadcastRead;
  }

  get readsPresence() {
    return this.#wantsPresence && this.#permissions.presenceRead;
  }

  deliver(frame: Frame) {
    this.#parts.client.send(frame);
  }

  /** A message of the client other than join and leave. */
  handle(message: Incoming): Promise<void> | undefined {
    if (message.event === 'broadcast') this.#broadcast(message);
    else if (message.event === 'presence') this.#presence(message);
    else if (message.event === 'access_token') {
      return this.#refresh(isFields(message.payload) ? message.payload.access_token : null);
    } else this.#refuse(message, `Unexpected message of type ${message.event}`);
    return undefined;
  }

  /** A message from the server to this client alone. */
  push(event: string, payload: unknown) {
    this.deliver(jsonFrame(this.topic, event, payload, { joinRef: this.joinRef }));
  }

  system(extension: string, status: 'ok' | 'error', message: string) {
    this.push('system', { extension, status, message, channel: this.#parts.name });
  }

  /** Tells the client why and closes. */
  shutDown(message: string) {
    if (!this.#isOpen) return;
    this.system('system', 'error', message);
    this.close();
    this.#parts.client.closed(this);
  }

  close() {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearTimeout(this.#expiry);
    this.subscription?.cancel();
    this.#parts.room.leave(this);
  }

  #reply({ ref }: Incoming, status: 'ok' | 'error', response: object = {}) {
    if (ref === null) return;
    this.deliver(replyFrame(this.topic, { joinRef: this.joinRef, ref }, status, response));
  }

  #refuse(message: Incoming, reason: string) {
    this.#reply(message, 'error', { reason });
  }

  #watchExpiry() {
    clearTimeout(this.#expiry);
    const { expiresAtMs } = this.#identity;
    if (expiresAtMs === null) return;
    const now = this.#parts.services.now();
    const left = expiresAtMs - now;
    if (left <= 0) {
      this.shutDown(expiredMessage(expiresAtMs / 1000, now));
      return;
    }
    this.#expiry = setTimeout(() => this.#watchExpiry(), Math.min(LONGEST_TIMER_MS, left));
    this.#expiry.unref();
  }

  #broadcast(message: Incoming) {
    const { services, name, room, request } = this.#parts;
    const refuse = (reason: string) => {
      if (request.broadcast.ack) this.#refuse(message, reason);
    };
    if (!this.#permissions.broadcastWrite) {
      return refuse(`Unauthorized: You do not have permissions to write to this Channel topic: ${name}`);
    }
    if (!services.events(services.now())) return this.shutDown('Too many messages per second');
    if (!message.broadcast && !isFields(message.payload)) return refuse('Broadcast payload must be a map');
    const payloadJson = message.broadcast ? '' : JSON.stringify(message.payload);
    const size = message.broadcast?.bytes.length ?? Buffer.byteLength(payloadJson);
    if (size > services.limits.payloadBytes) return refuse('Payload size exceeds tenant limit');
    const frame = message.broadcast
      ? broadcastFrame(this.topic, message.broadcast)
      : textFrame(this.topic, 'broadcast', payloadJson);
    room.broadcast(frame, request.broadcast.self ? null : this);
    if (request.broadcast.ack) this.#reply(message, 'ok');
  }

  #presence(message: Incoming) {
    const { services, name, room } = this.#parts;
    const { event, payload } = isFields(message.payload) ? message.payload : {};
    if (typeof event !== 'string') return this.#reply(message, 'ok');
    if (!this.#mayCallPresence(services.now())) {
      services.log('ClientPresenceRateLimitReached', name);
      return this.shutDown('Client presence rate limit exceeded');
    }
    const kind = event.toLowerCase();
    if (kind === 'track') return this.#track(message, payload ?? {});
    if (kind !== 'untrack') return this.#refuse(message, `Unknown presence event: ${event}`);
    this.#trackedJson = null;
    room.untrack(this);
    this.#reply(message, 'ok');
  }

  #track(message: Incoming, payload: unknown) {
    const { services, name, room } = this.#parts;
    if (!this.#permissions.presenceWrite) {
      const reason = `Unauthorized: You do not have permissions to write presence to this Channel topic: ${name}`;
      return this.#refuse(message, reason);
    }
    if (!isFields(payload)) return this.#refuse(message, 'Presence track payload must be a map');
    const json = JSON.stringify(payload);
    if (Buffer.byteLength(json) > services.limits.payloadBytes) {
      return this.shutDown('Track message size exceeded');
    }
    if (json !== this.#trackedJson) {
      if (!services.presenceEvents(services.now())) {
        return this.shutDown('Too many presence messages per second');
      }
      this.#trackedJson = json;
      room.track(this, this.#presenceKey, payload);
    }
    if (!this.#wantsPresence) {
      // Whoever shows itself wants to see: it gets the state it was not given at the join.
      this.#wantsPresence = true;
      if (this.readsPresence) room.sync(this);
    }
    this.#reply(message, 'ok');
  }

  async #refresh(token: unknown) {
    const { services, client, name, room, request } = this.#parts;
    // A key instead of a token says that there is no newer session; the channel keeps the one it has.
    if (typeof token !== 'string' || token === this.#accessToken || token.startsWith('sb_')) return;
    try {
      const next = await services.readAccessToken(token);
      const granted = request.private ? await services.readPermissions(next, name, client.headers) : PUBLIC;
      if (!this.#isOpen) return;
      if (!granted.broadcastRead && !granted.presenceRead) {
        return this.shutDown(`You do not have permissions to read from this Channel topic: ${name}`);
      }
      if ((this.readsBroadcast && !granted.broadcastRead) || (this.readsPresence && !granted.presenceRead)) {
        return this.shutDown(`You no longer have permission to read from this Channel topic: ${name}`);
      }
      this.#accessToken = token;
      this.#identity = next;
      this.#permissions = granted;
      if (!granted.presenceWrite && this.#trackedJson !== null) {
        this.#trackedJson = null;
        room.untrack(this);
      }
      this.#watchExpiry();
      await this.subscription?.renew(next);
    } catch (error) {
      if (error instanceof TokenError) return this.shutDown(error.message);
      services.log('UnableToSetPolicies', error instanceof Error ? error.message : String(error));
      this.shutDown('Realtime was unable to connect to the project database');
    }
  }
}
