import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createPostgresConnection } from '@supabase/lite/postgres';
import postgres from 'postgres';
import { App } from '../../local/supabase/lite.ts';
import { readMigrations } from '../../local/supabase/migrations.ts';
import { FileStorageAdapter } from '../../local/supabase/storage-adapter.ts';

/** What a hosted project gives every request of the Data API. */
const STATEMENT_TIMEOUT = '8s';
const PARALLEL_CONNECTIONS = 40;

const root = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));

/** A student's id, nobody signed in (`null`), or the service role. */
export type Persona = string | null | 'service';
export type Sql = postgres.TransactionSql;

/**
 * A database of its own on a real PostgreSQL, made as a hosted project is: the platform's schemas belong to a superuser,
 * the migrations are applied by `postgres`, who is none, and every request comes through `authenticator`.
 * `TEST_POSTGRES_URL` names a superuser of a cluster with pgvector and pgTAP; nothing else in it is touched.
 */
export async function openCluster({ before = '' }: { before?: string } = {}) {
  const adminUrl = process.env.TEST_POSTGRES_URL;
  if (!adminUrl)
    throw new Error('Set TEST_POSTGRES_URL to a superuser of a PostgreSQL 17 with pgvector and pgTAP.');
  const name = `clerva_${randomUUID().slice(0, 8)}`;
  const server = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  await server.unsafe(`create database ${name}`);
  const urlOf = (user: string) => {
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    url.username = user;
    return url.href;
  };

  await createPlatform(urlOf(new URL(adminUrl).username));
  if (before !== '') {
    const superuser = postgres(urlOf(new URL(adminUrl).username), { max: 1, onnotice: () => undefined });
    await superuser.unsafe(before);
    await superuser.end();
  }
  const migrated = await migrate(urlOf('postgres'));
  const owner = postgres(urlOf('postgres'), { max: 1, onnotice: () => undefined });
  const api = postgres(urlOf('authenticator'), {
    max: PARALLEL_CONNECTIONS,
    onnotice: () => undefined,
    connection: { statement_timeout: STATEMENT_TIMEOUT as never },
  });

  return {
    migrated,
    owner,
    /** As whom the platform lets its customer in. */
    url: urlOf('postgres'),
    /** One request: a transaction on a connection of its own, as that persona. */
    asUser: <T>(persona: Persona, work: (sql: Sql) => Promise<T>): Promise<T> =>
      api.begin(async (sql) => {
        const role = persona === null ? 'anon' : persona === 'service' ? 'service_role' : 'authenticated';
        const claims = role === 'authenticated' ? { role, sub: persona } : { role };
        await sql`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`;
        return await work(sql);
      }) as Promise<T>,
    /** Connections of the owner that are nobody else's. */
    connections: (count: number) =>
      Array.from({ length: count }, () => postgres(urlOf('postgres'), { max: 1, onnotice: () => undefined })),
    /** Waits until that many calls are waiting for a lock, or gives up after three seconds. */
    async until(isEnough: (waiting: number) => boolean) {
      for (let attempt = 0; attempt < 60; attempt += 1) {
        const [row] = await server<{ waiting: number }[]>`
          select count(*)::int as waiting from pg_stat_activity where datname = ${name} and wait_event_type = 'Lock'`;
        if (isEnough(row?.waiting ?? 0)) return;
        await sleep(50);
      }
      throw new Error('Nobody came to wait.');
    },
    async close() {
      await Promise.all([owner.end(), api.end()]);
      await server.unsafe(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}

export type Cluster = Awaited<ReturnType<typeof openCluster>>;

/** The platform's part: the same files that prepare the embedded database, and the roles as a hosted project has them. */
async function createPlatform(url: string) {
  const connection = createPostgresConnection({ url, postgresOptions: { onnotice: () => undefined } });
  const app = new App({
    connection,
    auth: { enabled: true, jwt_secret: randomUUID(), publishable_key: 'publishable', secret_key: 'secret' },
    storage: { enabled: true },
  });
  // The schema of Storage comes with an adapter only; no file is stored here.
  app._storageAdapter = new FileStorageAdapter(tmpdir());
  await app.init();
  await app.ensureSystemSchema();
  await connection.close();

  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const bootstrap = await readFile(root('local/supabase/bootstrap.sql'), 'utf8');
  const realtime = await readFile(root('local/realtime/platform.sql'), 'utf8');
  const hosted = await readFile(root('tests/postgres/hosted.sql'), 'utf8');
  await sql.unsafe(bootstrap);
  await sql.unsafe(realtime);
  await sql.unsafe(hosted);
  await sql.end();
}

/** Each file in a transaction of its own, as `supabase db push` applies them. */
async function migrate(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const migrations = await readMigrations(root('supabase/migrations'));
  for (const { version, name, sql: text } of migrations) {
    await sql
      .begin((transaction) => transaction.unsafe(text))
      .catch((cause) => {
        throw new Error(`${version}_${name}.sql failed: ${cause.message}`, { cause });
      });
  }
  await sql.end();
  return migrations.length;
}
