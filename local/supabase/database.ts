import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServerOptions } from '@supabase/lite';
import { CompiledQuery, type Kysely } from 'kysely';
import type { Backend } from './backend.ts';
import type { Driver, Row } from './driver.ts';
import { type Dump, type Embedded, openEmbedded } from './embedded.ts';
import { createSecretKey, LOCAL_PUBLISHABLE_KEY } from './keys.ts';
import { App } from './lite.ts';
import { Mailbox } from './mailbox.ts';
import { type Applied, applyMigrations, readMigrations, SESSION_SETTINGS } from './migrations.ts';
import { openServer, type ServerDatabase } from './postgres-server.ts';
import { applyRequestContext, applySessionContext } from './session-context.ts';
import { fingerprint } from './snapshot.ts';
import { FileStorageAdapter } from './storage-adapter.ts';
import { createTemporaryDatabase } from './temporary.ts';
import { createSigningKeys, type SigningKeys } from './tokens.ts';

const MIGRATIONS = fileURLToPath(new URL('../../supabase/migrations/', import.meta.url));
/** What makes the platform part of a database; a change of any of them builds it anew. */
const PLATFORM = [
  './bootstrap.sql',
  '../realtime/platform.sql',
  '../../node_modules/@supabase/lite/package.json',
  '../../node_modules/@electric-sql/pglite/package.json',
].map((file) => new URL(file, import.meta.url));

export type { Row };
/** Runs one statement and gives its rows. */
export type Query = <T = Row>(sql: string, params?: readonly unknown[]) => Promise<T[]>;
/** A user's id, nobody (`null`, the role `anon`), or the service role, which bypasses the policies. */
export type Persona = string | null | 'service';

export type OpenDatabaseOptions = {
  /** Where the data lives, unless on a server. Without either the database is in memory and gone after `close()`. */
  dataDir?: string;
  server?: ServerDatabase;
  /** Default: `supabase/migrations` of this project. */
  migrationsDir?: string;
  storageDir?: string;
  siteUrl?: string;
  /** Ask for an e-mail's confirmation before the first sign-in. Off by default, as in `supabase start`. */
  confirmEmails?: boolean;
  /** New ones unless given, so that nothing outside this process can make a token. A server keeps its own. */
  signing?: SigningKeys;
  /** An hour unless given. */
  middlewares?: ServerOptions['middlewares'];
  keys?: { publishable?: string; secret?: string };
};

export type LocalDatabase = Pick<Backend, 'connection' | 'exclusive' | 'takeSeat' | 'close'> &
  Applied & {
    app: InstanceType<typeof App>;
    signing: SigningKeys;
    /** The whole of an embedded database; a server has tools of its own. */
    dump: (() => Promise<Dump>) | undefined;
    /** As the owner of the database, past all policies. */
    query: Query;
    /** One transaction as that persona; it is rolled back when `work` throws. */
    asUser: <T>(persona: Persona, work: (query: Query) => Promise<T>) => Promise<T>;
    createUser: (account?: NewAccount) => Promise<{ id: string; email: string }>;
    mailbox: Mailbox;
  };

export type NewAccount = {
  email?: string;
  password?: string;
  displayName?: string;
  metadata?: Row;
  /** Whether the address counts as confirmed; it does unless said otherwise. */
  confirmed?: boolean;
};

/**
 * A Supabase project behind one object: real Postgres with pgvector, the platform's roles and schemas, and the project's
 * migrations.
 */
export async function openDatabase(options: OpenDatabaseOptions = {}): Promise<LocalDatabase> {
  const migrations = await readMigrations(options.migrationsDir ?? MIGRATIONS);
  const platform = await Promise.all(PLATFORM.map((file) => readFile(file, 'utf8')));
  const platformKey = fingerprint(platform);
  const schemaKey = fingerprint([platformKey, ...migrations.flatMap(({ version, sql }) => [version, sql])]);
  const backend = await openBackend(options, [schemaKey, platformKey]);
  const { connection, exclusive } = backend;
  // Lite would grant everything on everything before its first request, and undo every revoke of the migrations.
  Object.assign(connection, {
    rlsState: 'active',
    applyJwtSessionContext: applySessionContext,
    applyRpcRequestGucs: applyRequestContext,
  });

  const siteUrl = options.siteUrl ?? 'http://localhost:3000';
  const mailbox = new Mailbox(siteUrl);
  const storageDir = options.storageDir ?? path.join(tmpdir(), `clerva-storage-${randomUUID()}`);
  const storage = new FileStorageAdapter(storageDir);
  try {
    const prepared = await backend.prepare(async (driver): Promise<Applied & { signing: SigningKeys }> => {
      if (!(await isPlatformReady(driver, platformKey))) {
        await createPlatform(connection, driver, storage, platform);
        await markPlatform(driver, platformKey);
        await backend.keepCopy(platformKey);
      }
      await driver.exec(SESSION_SETTINGS);
      const migrated = await applyMigrations(driver, migrations);
      await backend.keepCopy(schemaKey);
      const kept = (await backend.keptSigning(driver)) ?? options.signing;
      return { ...migrated, signing: kept ?? (await createSigningKeys()) };
    });
    const app = createApp(connection, siteUrl, prepared.signing.jwtSecret, options);
    app._mailer = mailbox;
    app._storageAdapter = storage;
    await app.init();
    await connection.clearSchemaCache();
    // Read once now: a request must not have to look at the catalogue while it holds the connection.
    await connection.introspect({ useCache: true });
    return {
      app,
      connection,
      ...personas(connection, connection.kysely),
      ...prepared,
      exclusive,
      dump: 'dump' in backend ? backend.dump : undefined,
      takeSeat: backend.takeSeat,
      mailbox,
      close: async () => {
        await backend.close();
        if (options.storageDir === undefined) await rm(storageDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await backend.close();
    throw error;
  }
}

async function openBackend(
  options: OpenDatabaseOptions,
  copies: readonly [string, string],
): Promise<Backend | Embedded> {
  if (options.server) return openServer(options.server);
  const testServer = process.env.TEST_POSTGRES_URL;
  if (options.dataDir !== undefined || !testServer) return openEmbedded(options.dataDir, copies);
  const { url, drop } = await createTemporaryDatabase(testServer, copies[0], async (draft) => {
    const database = await openDatabase({ migrationsDir: options.migrationsDir, server: { url: draft } });
    await database.close();
  });
  const backend = openServer({ url });
  return {
    ...backend,
    close: async () => {
      await backend.close();
      await drop();
    },
  };
}

/** What a hosted project has before its first migration. Lite's part comes through an app of its own. */
async function createPlatform(
  connection: Backend['connection'],
  driver: Driver,
  storage: FileStorageAdapter,
  [bootstrap = '', realtime = '']: readonly string[],
) {
  const app = createApp(connection, 'http://localhost', randomUUID() + randomUUID());
  app._storageAdapter = storage;
  await app.init();
  await app.ensureSystemSchema();
  await driver.exec(bootstrap);
  await driver.exec(realtime);
}

function createApp(
  connection: LocalDatabase['connection'],
  siteUrl: string,
  jwtSecret: string,
  options: OpenDatabaseOptions = {},
): InstanceType<typeof App> {
  return new App({
    connection,
    auth: {
      enabled: true,
      enable_signup: true,
      jwt_expiry: 3600,
      jwt_secret: jwtSecret,
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
async function isPlatformReady(driver: Driver, key: string) {
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

async function markPlatform(driver: Driver, key: string) {
  await driver.exec(
    'create table if not exists supabase_migrations.local_platform (fingerprint text primary key);' +
      'delete from supabase_migrations.local_platform',
  );
  await driver.query('insert into supabase_migrations.local_platform (fingerprint) values ($1)', [key]);
}
