import { broadcastFrame, type Frame, textFrame } from './frame.ts';
import { expiredMessage, type Identity, TokenError } from './identity.ts';
import type { JoinRequest } from './join-request.ts';
import { createWindowLimit } from './limits.ts';
import { type Permissions, PUBLIC } from './permissions.ts';
import { type Incoming, isFields } from './protocol.ts';
import type { Member, Room } from './room.ts';
import type { Channel, Client, Services } from './services.ts';

/** Timers cannot wait for longer than 24 days; a token may. */
const LONGEST_TIMER_MS = 3_600_000;

export type ChannelParts = {
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

export function createChannel(parts: ChannelParts): Channel {
  const { services, client, topic, name, joinRef, room, request } = parts;
  const { limits } = services;
  const presenceKey = request.presence.key ?? crypto.randomUUID();
  const presenceCalls = createWindowLimit(limits.presenceCallsPerWindow, limits.presenceWindowMs);
  let identity = parts.identity;
  let permissions = parts.permissions;
  let accessToken = request.accessToken;
  let wantsPresence = request.presence.enabled;
  let trackedJson: string | null = null;
  let expiry: NodeJS.Timeout | null = null;
  let isOpen = true;

  const member: Member = {
    joinRef,
    readsBroadcast: permissions.broadcastRead,
    readsPresence: wantsPresence && permissions.presenceRead,
    replayed: parts.replayed,
    deliver: (frame: Frame) => client.send(frame),
  };

  const reply = (message: Incoming, status: 'ok' | 'error', response: object = {}) => {
    if (message.ref === null) return;
    const payloadJson = JSON.stringify({ status, response });
    client.send(textFrame({ joinRef, ref: message.ref, topic, event: 'phx_reply', payloadJson }));
  };

  const watchExpiry = () => {
    if (expiry) clearTimeout(expiry);
    expiry = null;
    const { expiresAtMs } = identity;
    if (expiresAtMs === null) return;
    const left = expiresAtMs - services.now();
    if (left <= 0) return channel.shutDown(expiredMessage(expiresAtMs / 1000, services.now()));
    expiry = setTimeout(watchExpiry, Math.min(LONGEST_TIMER_MS, left));
    expiry.unref();
  };

  const broadcast = (message: Incoming) => {
    const refuse = (reason: string) => {
      if (request.broadcast.ack) reply(message, 'error', { reason });
    };
    if (!permissions.broadcastWrite) {
      return refuse(`Unauthorized: You do not have permissions to write to this Channel topic: ${name}`);
    }
    if (!services.events(services.now())) return channel.shutDown('Too many messages per second');
    if (!message.broadcast && !isFields(message.payload)) return refuse('Broadcast payload must be a map');
    const payloadJson = message.broadcast ? '' : JSON.stringify(message.payload);
    const size = message.broadcast?.bytes.length ?? Buffer.byteLength(payloadJson);
    if (size > limits.payloadBytes) return refuse('Payload size exceeds tenant limit');
    const frame = message.broadcast
      ? broadcastFrame(topic, message.broadcast)
      : textFrame({ joinRef: null, ref: null, topic, event: 'broadcast', payloadJson });
    room.broadcast(frame, request.broadcast.self ? null : member);
    if (request.broadcast.ack) reply(message, 'ok');
  };

  const track = (message: Incoming, payload: unknown) => {
    if (!permissions.presenceWrite) {
      const reason = `Unauthorized: You do not have permissions to write presence to this Channel topic: ${name}`;
      return reply(message, 'error', { reason });
    }
    if (!isFields(payload))
      return reply(message, 'error', { reason: 'Presence track payload must be a map' });
    const json = JSON.stringify(payload);
    if (Buffer.byteLength(json) > limits.payloadBytes) return channel.shutDown('Track message size exceeded');
    if (json !== trackedJson) {
      if (!services.presenceEvents(services.now())) {
        return channel.shutDown('Too many presence messages per second');
      }
      trackedJson = json;
      room.track(member, presenceKey, payload);
    }
    if (!wantsPresence) {
      // Whoever shows itself wants to see: it gets the state it was not given at the join.
      wantsPresence = true;
      member.readsPresence = permissions.presenceRead;
      if (member.readsPresence) room.sync(member);
    }
    reply(message, 'ok');
  };

  const presence = (message: Incoming) => {
    const { event, payload } = isFields(message.payload) ? message.payload : {};
    if (typeof event !== 'string') return reply(message, 'ok');
    if (!presenceCalls(services.now())) {
      services.log('ClientPresenceRateLimitReached', name);
      return channel.shutDown('Client presence rate limit exceeded');
    }
    const kind = event.toLowerCase();
    if (kind === 'track') return track(message, payload ?? {});
    if (kind !== 'untrack') return reply(message, 'error', { reason: `Unknown presence event: ${event}` });
    trackedJson = null;
    room.untrack(member);
    reply(message, 'ok');
  };

  const refresh = async (token: unknown) => {
    // A key instead of a token says that there is no newer session; the channel keeps the one it has.
    if (typeof token !== 'string' || token === accessToken || token.startsWith('sb_')) return;
    try {
      const next = await services.readAccessToken(token);
      const granted = request.private ? await services.readPermissions(next, name, client.headers) : PUBLIC;
      if (!isOpen) return;
      if (!granted.broadcastRead && !granted.presenceRead) {
        return channel.shutDown(`You do not have permissions to read from this Channel topic: ${name}`);
      }
      const lost =
        (permissions.broadcastRead && !granted.broadcastRead) ||
        (permissions.presenceRead && wantsPresence && !granted.presenceRead);
      if (lost) {
        return channel.shutDown(`You no longer have permission to read from this Channel topic: ${name}`);
      }
      accessToken = token;
      identity = next;
      permissions = granted;
      member.readsBroadcast = granted.broadcastRead;
      member.readsPresence = wantsPresence && granted.presenceRead;
      if (!granted.presenceWrite && trackedJson !== null) {
        trackedJson = null;
        room.untrack(member);
      }
      watchExpiry();
      await channel.subscription?.renew(next);
    } catch (error) {
      if (error instanceof TokenError) return channel.shutDown(error.message);
      services.log('UnableToSetPolicies', error instanceof Error ? error.message : String(error));
      channel.shutDown('Realtime was unable to connect to the project database');
    }
  };

  const channel: Channel = {
    topic,
    joinRef,
    member,
    subscription: null,
    get isOpen() {
      return isOpen;
    },
    handle: (message) => {
      if (message.event === 'broadcast') broadcast(message);
      else if (message.event === 'presence') presence(message);
      else if (message.event === 'access_token') {
        return refresh(isFields(message.payload) ? message.payload.access_token : null);
      } else reply(message, 'error', { reason: `Unexpected message of type ${message.event}` });
      return undefined;
    },
    push: (event, payload) =>
      client.send(textFrame({ joinRef, ref: null, topic, event, payloadJson: JSON.stringify(payload) })),
    system: (extension, status, message) =>
      channel.push('system', { extension, status, message, channel: name }),
    shutDown: (message) => {
      if (!isOpen) return;
      channel.system('system', 'error', message);
      channel.close();
      client.closed(channel);
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      if (expiry) clearTimeout(expiry);
      channel.subscription?.cancel();
      room.leave(member);
    },
  };
  watchExpiry();
  return channel;
}
