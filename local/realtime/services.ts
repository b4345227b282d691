import type { LocalDatabase } from '../supabase/database.ts';
import type { Frame } from './frame.ts';
import type { Identity } from './identity.ts';
import type { Limits, RateLimit } from './limits.ts';
import type { Permissions } from './permissions.ts';
import type { Fields, Incoming, Version } from './protocol.ts';
import type { Member, Rooms } from './room.ts';

/** What all connections share. */
export type Services = {
  database: Pick<LocalDatabase, 'exclusive'>;
  rooms: Rooms;
  changes: ChangeFeed;
  limits: Limits;
  joins: RateLimit;
  events: RateLimit;
  presenceEvents: RateLimit;
  /** Throws a `TokenError`. */
  readAccessToken: (token: string) => Promise<Identity>;
  /** What an identity may do in a private channel; nothing when the policies cannot be asked. */
  readPermissions: (identity: Identity, topic: string, headers: Fields) => Promise<Permissions>;
  /** Sockets with at least one channel. */
  joinedClients: Set<Client>;
  now: () => number;
  log: (code: string, detail: string) => void;
};

/** One socket, as its channels see it. */
export type Client = {
  readonly version: Version;
  readonly headers: Fields;
  readonly channelCount: number;
  /** Who its key makes it, until a channel brings a token. */
  readonly identity: Identity;
  readonly isOpen: boolean;
  send: (frame: Frame) => void;
  /** A channel that closed by itself: the client hears of it. */
  closed: (channel: Channel) => void;
  /** Lets the whole socket go; the client comes back by itself. */
  disconnect: (code: number, reason: string) => void;
};

export type Channel = {
  readonly topic: string;
  readonly joinRef: string | null;
  readonly member: Member;
  /** A message of the client other than join and leave. */
  handle: (message: Incoming) => Promise<void> | undefined;
  /** A message from the server to this client alone. */
  push: (event: string, payload: unknown) => void;
  system: (extension: string, status: 'ok' | 'error', message: string) => void;
  subscription: ChangeSubscription | null;
  /** Tells the client why and closes. */
  shutDown: (message: string) => void;
  readonly isOpen: boolean;
  close: () => void;
};

export type ChangeSubscription = {
  /** What the client asked for, in its order, with the numbers that the changes will carry. */
  bindings: Fields[];
  /** `null` once changes arrive; otherwise why they will not. Never throws. */
  start: () => Promise<string | null>;
  /** Goes on under a newer token. */
  renew: (identity: Identity) => Promise<void>;
  cancel: () => void;
};

export type ChangeFeed = {
  subscribe: (channel: Channel, wanted: readonly Fields[], identity: Identity) => ChangeSubscription;
  readonly size: number;
  close: () => Promise<void>;
};
