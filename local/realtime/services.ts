import type { LocalDatabase } from '../supabase/database.ts';
import type { ChangeFeed } from './changes/feed.ts';
import type { Frame } from './frame.ts';
import type { Identity } from './identity.ts';
import type { Limits, RateLimit } from './limits.ts';
import type { Permissions } from './permissions.ts';
import type { Fields } from './protocol.ts';
import type { Rooms } from './room.ts';

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

/** A topic that a client joined, under the reference of that join. */
export type Joined = { readonly topic: string; readonly joinRef: string | null };

/** One socket, as its channels see it. */
export type Client = {
  readonly headers: Fields;
  readonly channelCount: number;
  /** Who its key makes it, until a channel brings a token. */
  readonly identity: Identity;
  readonly isOpen: boolean;
  send: (frame: Frame) => void;
  /** A channel that closed by itself: the client hears of it. */
  closed: (channel: Joined) => void;
  /** Lets the whole socket go; the client comes back by itself. */
  disconnect: (code: number, reason: string) => void;
};
