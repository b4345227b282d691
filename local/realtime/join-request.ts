import { z } from 'zod';
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

const expected = (what: string) => ({ error: `unable to parse, expected ${what}` });
const section = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape, expected('a map')).nullish();
const flag = z
  .union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })], expected('boolean'))
  .nullish()
  .transform((value) => value ?? false);
const isListOfMaps = (value: unknown) =>
  Array.isArray(value) && value.every((item) => item === null || isFields(item));

const joinSchema = section({
  user_token: z.unknown().optional(),
  access_token: z.unknown().optional(),
  config: section({
    private: flag,
    broadcast: section({ self: flag, ack: flag, replay: z.unknown().optional(), replication_ready: flag }),
    presence: section({
      enabled: flag,
      key: z.union([z.string(), z.number(), z.boolean()], expected('a string')).nullish(),
    }),
    postgres_changes: z.custom<(Fields | null)[]>(isListOfMaps, expected('an array of maps')).nullish(),
    postgres_changes_options: section({ wait: flag, timeout: z.unknown().optional() }),
  }),
});

export function parseJoin(payload: unknown): JoinRequest {
  const result = joinSchema.safeParse(payload);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new JoinError(`${issue?.path.join('.') || 'the payload'}: ${issue?.message}`);
  }
  const { config, user_token, access_token } = result.data ?? {};
  const { broadcast, presence, postgres_changes_options: options } = config ?? {};
  const token = user_token ?? access_token;
  const key = String(presence?.key ?? '');
  return {
    accessToken: typeof token === 'string' ? token : null,
    private: config?.private ?? false,
    broadcast: {
      self: broadcast?.self ?? false,
      ack: broadcast?.ack ?? false,
      replay: broadcast?.replay ?? null,
      replicationReady: broadcast?.replication_ready ?? false,
    },
    // A client that does not speak of presence at all is an old one, which always wants it.
    presence: { enabled: presence?.enabled ?? true, key: key === '' ? null : key },
    changes: (config?.postgres_changes ?? []).filter((wish) => wish !== null),
    waitMs: options?.wait ? waitOf(options.timeout) : null,
  };
}

const waitOf = (timeout: unknown) =>
  Math.min(LONGEST_WAIT_MS, typeof timeout === 'number' && timeout > 0 ? timeout : DEFAULT_WAIT_MS);
