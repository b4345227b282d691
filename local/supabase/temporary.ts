import { randomUUID } from 'node:crypto';
import { PostgresSession } from './postgres-session.ts';

const OWNER = 'clerva_owner';

/**
 * A database of its own on the server that `TEST_POSTGRES_URL` names (a superuser), for a test that would otherwise have
 * one in memory. The first of a kind is built, the others are copies of it. The owner is no superuser, as on a real one.
 */
export async function createTemporaryDatabase(
  server: string,
  kind: string,
  build: (url: string) => Promise<void>,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const urlOf = (name: string, user = OWNER) => {
    const url = new URL(server);
    url.pathname = `/${name}`;
    url.username = user;
    return url.href;
  };
  const [template, name] = [`clerva_${kind}`, `clerva_${randomUUID().replaceAll('-', '')}`];
  const asSuperuser = async <T>(url: string, work: (session: PostgresSession) => Promise<T>) => {
    const session = new PostgresSession({ url, statementMs: 0 });
    try {
      return await work(session);
    } finally {
      await session.end();
    }
  };

  await asSuperuser(server, async (session) => {
    // One builds at a time: roles belong to all databases of a server.
    await session.exec("select pg_advisory_lock(hashtext('clerva'), 3)");
    const { rows } = await session.query('select 1 from pg_database where datname = $1', [template]);
    if (rows.length > 0) return;
    const draft = `${template}_draft`;
    await session.exec(`drop database if exists ${draft}`);
    await session.exec(`do $$
      declare role_name text;
      begin
        if not exists (select 1 from pg_roles where rolname = '${OWNER}') then
          create role ${OWNER} login createrole bypassrls;
        end if;
        for role_name in select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role') loop
          execute format('grant %I to ${OWNER}', role_name);
        end loop;
      end $$`);
    // For the tables that are built anew when a migration was edited.
    await session.exec(`grant set on parameter session_replication_role to ${OWNER}`);
    await session.exec(`create database ${draft} owner ${OWNER}`);
    await asSuperuser(urlOf(draft, new URL(server).username), (inside) =>
      inside.exec(
        `create schema extensions authorization ${OWNER}; create extension vector with schema extensions`,
      ),
    );
    await build(urlOf(draft));
    await session.exec(`alter database ${draft} rename to ${template}`);
  });
  await asSuperuser(server, (session) =>
    session.exec(`create database ${name} template ${template} owner ${OWNER}`),
  );
  return {
    url: urlOf(name),
    drop: () => asSuperuser(server, (session) => session.exec(`drop database ${name} with (force)`)),
  };
}
