import { type Fields, isFields } from './protocol.ts';

export type JoinRequest = {
  accessToken: string | null;
  private: boolean;
  broadcast: { self: boolean; ack: boolean; replay: unknown; replicationReady: boolean };
  presence: { enabled: boolean; key: string | null };
  changes: Fields[];
  /** How long the answer may wait for the subscription to changes; `null` answers at once. */
  waitMs: number | null;
};

/** A join that cannot be understood; the message says what. */
export class JoinError extends Error {
  override readonly name = 'JoinError';
}

const LONGEST_WAIT_MS = 20_000;
const DEFAULT_WAIT_MS = 15_000;

export function parseJoin(payload: unknown): JoinRequest {
  const params = section(payload, 'the payload');
  const config = section(params.config, 'config');
  const broadcast = section(config.broadcast, 'config.broadcast');
  const presence = section(config.presence, 'config.presence');
  const options = section(config.postgres_changes_options, 'config.postgres_changes_options');
  const token = params.user_token ?? params.access_token;
  return {
    accessToken: typeof token === 'string' ? token : null,
    private: flag(config.private, 'config.private'),
    broadcast: {
      self: flag(broadcast.self, 'config.broadcast.self'),
      ack: flag(broadcast.ack, 'config.broadcast.ack'),
      replay: broadcast.replay ?? null,
      replicationReady: flag(broadcast.replication_ready, 'config.broadcast.replication_ready'),
    },
    presence: {
      // A client that does not speak of presence at all is an old one, which always wants it.
      enabled: isFields(config.presence) ? flag(presence.enabled, 'config.presence.enabled') : true,
      key: presenceKey(presence.key),
    },
    changes: changesOf(config.postgres_changes),
    waitMs: flag(options.wait, 'config.postgres_changes_options.wait') ? waitOf(options.timeout) : null,
  };
}

function section(value: unknown, name: string): Fields {
  if (value === undefined || value === null) return {};
  if (isFields(value)) return value;
  throw new JoinError(`${name}: unable to parse, expected a map`);
}

function flag(value: unknown, name: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  throw new JoinError(`${name}: unable to parse, expected boolean`);
}

function presenceKey(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new JoinError('config.presence.key: unable to parse, expected a string');
}

function changesOf(value: unknown): Fields[] {
  if (value === undefined || value === null) return [];
  const wanted = Array.isArray(value) ? value.filter((item) => item !== null) : null;
  if (wanted?.every(isFields)) return wanted;
  throw new JoinError('config.postgres_changes: unable to parse, expected an array of maps');
}

const waitOf = (timeout: unknown) =>
  Math.min(LONGEST_WAIT_MS, typeof timeout === 'number' && timeout > 0 ? timeout : DEFAULT_WAIT_MS);
