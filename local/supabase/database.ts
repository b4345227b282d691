import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite/vector';
import type { ServerOptions } from '@supabase/lite';
import { CompiledQuery, type Kysely } from 'kysely';
import { createSerialKysely, type Exclusive } from './driver-lock.ts';
import { createSecretKey, LOCAL_PUBLISHABLE_KEY } from './keys.ts';
import { App, createPgliteConnection } from './lite.ts';
import { Mailbox } from './mailbox.ts';
import { applyMigrations, readMigrations, SESSION_SETTINGS } from './migrations.ts';
import { applyRequestContext, applySessionContext } from './session-context.ts';
import { fingerprint, loadSnapshot, saveSnapshot } from './snapshot.ts';
import { FileStorageAdapter } from './storage-adapter.ts';

const MIGRATIONS = fileURLToPath(new URL('../../supabase/migrations/', import.meta.url));
/** What makes the platform part of a database; a change of any of them builds it anew. */
const PLATFORM = [
  './bootstrap.sql',
  '../realtime/platform.sql',
  '../../node_modules/@supabase/lite/package.json',
  '../../node_modules/@electric-sql/pglite/package.json',
].map((file) => new URL(file, import.meta.url));

export type Row = Record<string, unknown>;
/** Runs one statement and gives its rows. */
export type Query = <T = Row>(sql: string, params?: readonly unknown[]) => Promise<T[]>;
/** A user's id, nobody (`null`, the role `anon`), or the service role, which bypasses the policies. */
export type Persona = string | null | 'service';

export type OpenDatabaseOptions = {
  /** Where the data lives. Without it the database is in memory and gone after `close()`. */
  dataDir?: string;
  /** Default: `supabase/migrations` of this project. */
  migrationsDir?: string;
  storageDir?: string;
  siteUrl?: string;
  /** Ask for an e-mail's confirmation before the first sign-in. Off by default, as in `supabase start`. */
  confirmEmails?: boolean;
  /** Signs the tokens of Lite; random unless given, so that nothing outside this process can make one. */
  jwtSecret?: string;
  /** An hour unless given. */
  middlewares?: ServerOptions['middlewares'];
  keys?: { publishable?: string; secret?: string };
};

export type LocalDatabase = {
  app: InstanceType<typeof App>;
  connection: Awaited<ReturnType<typeof createPgliteConnection>>;
  /** As the owner of the database, past all policies. */
  query: Query;
  /** One transaction as that persona; it is rolled back when `work` throws. */
  asUser: <T>(persona: Persona, work: (query: Query) => Promise<T>) => Promise<T>;
  createUser: (account?: NewAccount) => Promise<{ id: string; email: string }>;
  /** The bare driver while nobody else uses it: `listen`, dumps. Never begin a transaction on it elsewhere. */
  exclusive: Exclusive;
  mailbox: Mailbox;
  /** The migrations this start applied. */
  applied: string[];
  /** Whether it was made by other migrations than these, and its rows were moved into new tables. */
  isRebuilt: boolean;
  close: () => Promise<void>;
};

export type NewAccount = {
  email?: string;
  password?: string;
  displayName?: string;
  metadata?: Row;
  /** Whether the address counts as confirmed; it does unless said otherwise. */
  confirmed?: boolean;
};

const TIMESTAMP = 1114;
const TIMESTAMP_WITH_ZONE = 1184;
/** `2026-11-20 22:55:09.4+00` as the Data API writes it: `2026-11-20T22:55:09.4+00:00`. Lite leaves the former. */
const isoTimestamp = (text: string) => text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00');

/**
 * A Supabase project in this process: real Postgres (PGlite with pgvector), the platform's roles and schemas, and
 * the project's migrations. Only one process may have a data folder open; the gateway holds the lock for it.
 */
export async function openDatabase(options: OpenDatabaseOptions = {}): Promise<LocalDatabase> {
  const migrations = await readMigrations(options.migrationsDir ?? MIGRATIONS);
  const platform = await Promise.all(PLATFORM.map((file) => readFile(file, 'utf8')));
  const [bootstrap = '', realtime = ''] = platform;
  const platformKey = fingerprint(platform);
  const schemaKey = fingerprint([platformKey, ...migrations.flatMap(({ version, sql }) => [version, sql])]);

  const inMemory = options.dataDir === undefined;
  const complete = inMemory ? await loadSnapshot(schemaKey) : null;
  const start = complete ?? (inMemory ? await loadSnapshot(platformKey) : null);
  const { connection, driver, kysely, exclusive } = await connect(options.dataDir, start);

  const siteUrl = options.siteUrl ?? 'http://localhost:3000';
  const mailbox = new Mailbox(siteUrl);
  const storageDir = options.storageDir ?? path.join(tmpdir(), `clerva-storage-${randomUUID()}`);
  const app = createApp(connection, siteUrl, options);
  app._mailer = mailbox;
  app._storageAdapter = new FileStorageAdapter(storageDir);
  await app.init();

  try {
    if (!(await isPlatformReady(driver, platformKey))) {
      await app.ensureSystemSchema();
      await driver.exec(bootstrap);
      await driver.exec(realtime);
      await markPlatform(driver, platformKey);
      if (inMemory) await saveSnapshot(platformKey, driver);
    }
    await driver.exec(SESSION_SETTINGS);
    const { applied, isRebuilt } = await applyMigrations(driver, migrations);
    if (inMemory && !complete) await saveSnapshot(schemaKey, driver);
    await connection.clearSchemaCache();
    // Read once now: a request must not have to look at the catalogue while it holds the connection.
    await connection.introspect({ useCache: true });

    return {
      app,
      connection,
      ...personas(connection, kysely),
      exclusive,
      mailbox,
      applied,
      isRebuilt,
      close: async () => {
        // Waiting for the turn lets a transaction in flight end before the files are closed.
        await exclusive(() => connection.close());
        if (options.storageDir === undefined) await rm(storageDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** The embedded Postgres behind Lite, one statement at a time, with the personas set our way. */
async function connect(dataDir: string | undefined, start: Blob | null) {
  const connection = await createPgliteConnection({
    url: dataDir,
    pgliteOptions: {
      extensions: { vector, pg_trgm },
      parsers: { [TIMESTAMP]: isoTimestamp, [TIMESTAMP_WITH_ZONE]: isoTimestamp },
      ...(start ? { loadDataDir: start } : {}),
    },
  });
  const driver = connection.driver;
  await driver.waitReady;
  const { kysely, exclusive } = createSerialKysely(driver);
  connection.kysely = kysely;
  // Lite would grant everything on everything before its first request, and undo every revoke of the migrations.
  Object.assign(connection, {
    rlsState: 'active',
    applyJwtSessionContext: applySessionContext,
    applyRpcRequestGucs: applyRequestContext,
  });
  return { connection, driver, kysely, exclusive };
}

function createApp(
  connection: LocalDatabase['connection'],
  siteUrl: string,
  options: OpenDatabaseOptions,
): InstanceType<typeof App> {
  return new App({
    connection,
    auth: {
      enabled: true,
      enable_signup: true,
      jwt_expiry: 3600,
      jwt_secret: options.jwtSecret ?? randomUUID() + randomUUID(),
      publishable_key: options.keys?.publishable ?? LOCAL_PUBLISHABLE_KEY,
      secret_key: options.keys?.secret ?? createSecretKey(),
      site_url: siteUrl,
      minimum_password_length: 8,
      email: { enable_signup: true, enable_confirmations: options.confirmEmails ?? false },
    },
    storage: { enabled: true, file_size_limit: '50MiB' },
    options: { server: { middlewares: options.middlewares, disableStudio: true } },
  });
}

function personas(
  connection: LocalDatabase['connection'],
  kysely: Kysely<unknown>,
): Pick<LocalDatabase, 'query' | 'asUser' | 'createUser'> {
  const queryOn =
    (db: Kysely<unknown>): Query =>
    async <T>(sql: string, params: readonly unknown[] = []) =>
      (await db.executeQuery<T>(CompiledQuery.raw(sql, [...params]))).rows;
  const query = queryOn(kysely);

  return {
    query,
    asUser: (persona, work) =>
      connection.withContext({ auth: identityOf(persona) }, (db) => work(queryOn(db))),
    createUser: async ({
      email,
      password = 'correct horse battery',
      displayName,
      metadata,
      confirmed,
    } = {}) => {
      const id = randomUUID();
      const address = (email ?? `${id}@example.com`).toLowerCase();
      const named = displayName === undefined ? {} : { display_name: displayName };
      // A cheap hash: these accounts are for tests and demonstrations, and each costs the database its time.
      await query(
        `with account as (
           insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
             raw_user_meta_data, confirmation_token, recovery_token, email_change_token_new, email_change)
           values ($1, 'authenticated', 'authenticated', $2, extensions.crypt($3, extensions.gen_salt('bf', 4)),
             case when $5::boolean then now() end,
             '{"provider":"email","providers":["email"]}', $4::jsonb, '', '', '', '')
           returning id)
         insert into auth.identities (id, provider, provider_id, user_id, identity_data)
         select gen_random_uuid(), 'email', id::text, id,
           jsonb_build_object('sub', id::text, 'email', $2::text, 'email_verified', true) from account`,
        [id, address, password, JSON.stringify({ ...named, ...metadata }), confirmed ?? true],
      );
      return { id, email: address };
    },
  };
}

function identityOf(persona: Persona) {
  if (persona === null) return { uid: null, role: 'anon', jwt: { role: 'anon' } };
  if (persona === 'service') return { uid: null, role: 'service_role', jwt: { role: 'service_role' } };
  return {
    uid: persona,
    role: 'authenticated',
    jwt: { sub: persona, role: 'authenticated', aud: 'authenticated' },
  };
}

/** The fingerprint of the platform part of this database, kept beside the migration history. */
async function isPlatformReady(driver: PGlite, key: string) {
  const { rows } = await driver.query<{ ready: boolean }>(
    "select to_regclass('supabase_migrations.local_platform') is not null as ready",
  );
  if (rows[0]?.ready !== true) return false;
  const marks = await driver.query(
    'select 1 from supabase_migrations.local_platform where fingerprint = $1',
    [key],
  );
  return marks.rows.length > 0;
}

async function markPlatform(driver: PGlite, key: string) {
  await driver.exec(
    'create table if not exists supabase_migrations.local_platform (fingerprint text primary key);' +
      'delete from supabase_migrations.local_platform',
  );
  await driver.query('insert into supabase_migrations.local_platform (fingerprint) values ($1)', [key]);
}
