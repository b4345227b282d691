import path from 'node:path';
import { z } from 'zod';
import { StartError } from './data-folder.ts';
import type { ServerDatabase } from './postgres-server.ts';

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const whole = (least: number, most: number) =>
  optional(z.coerce.number('must be a number').int('must be a whole number').min(least).max(most));

const schema = z.object({
  LOCAL_DATABASE_URL: optional(
    z.url({
      protocol: /^postgres(ql)?$/,
      error: 'must be an address such as postgres://clerva:password@localhost:5432/clerva',
    }),
  ),
  LOCAL_DATABASE_SESSIONS: whole(1, 1_000),
  LOCAL_DATABASE_TIMEOUT_MS: whole(100, 600_000),
  LOCAL_STORAGE_DIR: optional(z.string()),
  LOCAL_SUPABASE_HOST: optional(z.string()),
  LOCAL_SUPABASE_HOSTS: optional(z.string()),
  SUPABASE_SECRET_KEY: optional(z.string()),
});

export type Settings = {
  server?: ServerDatabase;
  /** Files, when they are not to lie in the data folder: a folder that all gateways share. */
  storageDir?: string;
  host?: string;
  hosts: string[];
  secretKey?: string;
};

/** What the environment says about the gateway. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    // The value is left out: an address holds a password.
    const faults = parsed.error.issues.map(({ path: [name], message }) => `${String(name)} ${message}.`);
    throw new StartError(faults.join(' '));
  }
  const { data } = parsed;
  const { LOCAL_DATABASE_URL: url, LOCAL_STORAGE_DIR: storageDir } = data;
  return {
    ...(url && {
      server: {
        url,
        sessions: data.LOCAL_DATABASE_SESSIONS,
        statementMs: data.LOCAL_DATABASE_TIMEOUT_MS,
      },
    }),
    storageDir: storageDir && path.resolve(storageDir),
    host: data.LOCAL_SUPABASE_HOST,
    hosts: (data.LOCAL_SUPABASE_HOSTS ?? '').split(',').flatMap((name) => name.trim() || []),
    secretKey: data.SUPABASE_SECRET_KEY,
  };
}
