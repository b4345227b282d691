import { Channel } from './channel.ts';
import { broadcastFrame, replyFrame } from './frame.ts';
import { type Identity, TokenError } from './identity.ts';
import { JoinError, type JoinRequest, parseJoin } from './join-request.ts';
import { type ArchivedMessage, type Permissions, PUBLIC, readReplay } from './permissions.ts';
import type { Incoming } from './protocol.ts';
import type { Client, Services } from './services.ts';

/** Why a join is refused: a code of the hosted service and a sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
  }
}

/** Lets a client into a channel, answers it, and starts what it asked for. Throws a `Refusal`. */
export async function joinChannel(
  services: Services,
  client: Client,
  message: Incoming,
): Promise<Channel | null> {
  const name = message.topic.slice('realtime:'.length);
  if (name === '') throw new Refusal('TopicNameRequired', 'You must provide a topic name');
  const request = parse(message.payload);
  admit(services, client);
  const identity = await identify(services, client, request);
  const permissions = await authorise(services, client, request, identity, name);
  const archive = await readArchive(services, request, permissions, name);
  if (!client.isOpen) return null;

  const room = services.rooms.enter(name, request.private);
  const channel = new Channel({
    services,
    client,
    topic: message.topic,
    name,
    joinRef: message.joinRef,
    room,
    request,
    identity,
    permissions,
    replayed: new Set(archive.map(({ id }) => id)),
  });
  const subscription = services.changes.subscribe(channel, request.changes, identity);
  channel.subscription = subscription;
  const ready = subscription.start();
  if (request.waitMs !== null && request.changes.length > 0) {
    const failure = await outcome(ready, request.waitMs);
    if (failure !== null || !client.isOpen || !channel.isOpen) {
      channel.close();
      if (failure === null) return null;
      throw new Refusal(...failure);
    }
  }
  room.join(channel);
  client.send(replyFrame(message.topic, message, 'ok', { postgres_changes: subscription.bindings }));
  for (const archived of archive) replay(channel, archived);
  if (request.broadcast.replicationReady) {
    channel.system('system', 'ok', 'Replication connection established');
  }
  void ready.then((failure) => {
    if (channel.isOpen) subscription.report(failure);
  });
  return channel;
}

function parse(payload: unknown): JoinRequest {
  try {
    return parseJoin(payload);
  } catch (error) {
    if (error instanceof JoinError) throw new Refusal('InvalidJoinPayload', error.message);
    throw error;
  }
}

function admit(services: Services, client: Client) {
  const { limits, joinedClients } = services;
  if (!joinedClients.has(client) && joinedClients.size >= limits.connections) {
    throw new Refusal('ConnectionRateLimitReached', 'Too many connected users');
  }
  if (!services.joins(services.now())) {
    setImmediate(() => client.disconnect(1013, 'Too many joins per second'));
    throw new Refusal('ClientJoinRateLimitReached', 'Too many joins per second');
  }
  // The one that asks counts already.
  if (client.channelCount > limits.channelsPerConnection) {
    throw new Refusal('ChannelRateLimitReached', 'Too many channels');
  }
}

async function identify(services: Services, client: Client, request: JoinRequest): Promise<Identity> {
  const { accessToken } = request;
  if (accessToken === null || accessToken === '' || accessToken.startsWith('sb_')) return client.identity;
  try {
    return await services.readAccessToken(accessToken);
  } catch (error) {
    if (error instanceof TokenError) throw new Refusal(error.code, error.message);
    throw error;
  }
}

async function authorise(
  services: Services,
  client: Client,
  request: JoinRequest,
  identity: Identity,
  name: string,
): Promise<Permissions> {
  if (!request.private) return PUBLIC;
  const permissions = await services.readPermissions(identity, name, client.headers);
  const mayRead = permissions.broadcastRead || (permissions.presenceRead && request.presence.enabled);
  if (mayRead) return permissions;
  throw new Refusal('Unauthorized', `You do not have permissions to read from this Channel topic: ${name}`);
}

async function readArchive(
  services: Services,
  request: JoinRequest,
  permissions: Permissions,
  name: string,
): Promise<ArchivedMessage[]> {
  const { replay: wish } = request.broadcast;
  if (wish === null) return [];
  if (!request.private) {
    throw new Refusal('UnableToReplayMessages', 'Replay is not allowed for public channels');
  }
  if (!permissions.broadcastRead) {
    throw new Refusal('Unauthorized', `You do not have permissions to read from this Channel topic: ${name}`);
  }
  const archive = await readReplay(services.database, name, wish);
  if (archive === null) throw new Refusal('UnableToReplayMessages', 'Replay params are not valid');
  return archive;
}

function replay(channel: Channel, { id, event, payload, bytes }: ArchivedMessage) {
  const meta = { replayed: true, id };
  if (bytes === null) channel.push('broadcast', { type: 'broadcast', event, payload, meta });
  else channel.deliver(broadcastFrame(channel.topic, { event, encoding: 'binary', bytes }, meta));
}

/** `null` when the subscription stands; otherwise the code and sentence of the refusal. */
async function outcome(ready: Promise<string | null>, waitMs: number): Promise<[string, string] | null> {
  const { promise, resolve } = Promise.withResolvers<[string, string] | null>();
  const timer = setTimeout(
    () =>
      resolve([
        'PostgresChangesSubscribeTimeout',
        `Timed out after ${waitMs}ms waiting for the postgres_changes subscription`,
      ]),
    waitMs,
  );
  void ready.then((failure) =>
    resolve(failure === null ? null : ['RealtimeDisabledForConfiguration', failure]),
  );
  return promise.finally(() => clearTimeout(timer));
}
