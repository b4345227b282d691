import { StartError } from './data-folder.ts';
import type { Statements } from './driver.ts';

const OLDEST = 15;
const CHECK = `
  select current_setting('server_version_num')::int / 10000 as version, current_setting('server_version') as release,
    current_user as role, current_database() as name,
    pg_has_role(d.datdba, 'usage') as "isOwner",
    r.rolsuper or (r.rolcreaterole and r.rolbypassrls) as "mayMakeRoles",
    array(
      select rolname::text from pg_roles known
      where known.rolname in ('anon', 'authenticated', 'service_role')
        and not pg_has_role(known.oid, 'usage') and not pg_has_role(known.oid, 'member with admin option')
    ) as strange,
    (select count(*) = 3 from pg_roles where rolname in ('anon', 'authenticated', 'service_role')) as "hasRoles",
    array(
      select wanted from unnest('{vector,pg_trgm,pgcrypto}'::text[]) wanted
      where not exists (select 1 from pg_available_extensions e where e.name = wanted)
    ) as missing,
    r.rolsuper or exists (select 1 from pg_extension where extname = 'vector') as "hasVector"
  from pg_roles r, pg_database d
  where r.rolname = current_user and d.datname = current_database()`;

type Found = {
  version: number;
  release: string;
  role: string;
  name: string;
  isOwner: boolean;
  mayMakeRoles: boolean;
  hasRoles: boolean;
  /** Roles of the API that another made. */
  strange: string[];
  missing: string[];
  hasVector: boolean;
};

const SEE = 'docs/self-hosting.md says how a database is made.';

/** What keeps a server from being used, in a sentence a person can act upon. */
export async function requireFitServer(session: Statements, url: string): Promise<void> {
  const { rows } = await session.query<Found>(CHECK).catch((error: unknown) => {
    throw explainRefusal(error, url);
  });
  const [found] = rows;
  const reason = found && unfitness(found);
  if (reason) throw new StartError(reason);
}

function unfitness(found: Found) {
  const { version, release, role, name, missing, strange } = found;
  if (version < OLDEST) return `PostgreSQL ${release} is too old: Clerva needs ${OLDEST} or newer.`;
  if (missing.length > 0) {
    return `This PostgreSQL lacks ${missing.join(', ')}. Install its packages on the server (Debian: postgresql-${version}-pgvector, postgresql-contrib).`;
  }
  if (!found.isOwner) return `The role ${role} does not own the database ${name}. ${SEE}`;
  if (strange.length > 0) {
    return `Another role made ${strange.join(', ')} on this server. A superuser has to say: grant ${strange.join(', ')} to ${role}. ${SEE}`;
  }
  if (!found.hasRoles && !found.mayMakeRoles) {
    return `The role ${role} may not make roles: it needs CREATEROLE and BYPASSRLS. ${SEE}`;
  }
  if (!found.hasVector) {
    return `The database ${name} has no vectors yet, and only a superuser may add them: create extension vector with schema extensions. ${SEE}`;
  }
  return null;
}

/** A sentence for what a server answers to somebody it does not let in; anything else is given back as it is. */
export function explainRefusal(error: unknown, url: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const { username, host, pathname } = new URL(url);
  const sentences: Record<string, string> = {
    '28P01': `PostgreSQL does not let ${username} in: the password in LOCAL_DATABASE_URL is wrong.`,
    '28000': `PostgreSQL does not let ${username} in: ${error.message}.`,
    '3D000': `There is no database ${pathname.slice(1)} at ${host}. ${SEE}`,
    '42501': `The role ${username} may not prepare the database: ${error.message}. ${SEE}`,
    '53300': `PostgreSQL at ${host} has no connection left: raise max_connections or lower LOCAL_DATABASE_SESSIONS.`,
    '57P03': `PostgreSQL at ${host} is just starting or stopping. Try again in a moment.`,
  };
  const unreachable = [
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'CONNECT_TIMEOUT',
  ];
  const code = String(error.code);
  const sentence = unreachable.includes(code)
    ? `No PostgreSQL answers at ${host} (${code}). Start it, or correct LOCAL_DATABASE_URL.`
    : sentences[code];
  return sentence === undefined ? error : new StartError(sentence, { cause: error });
}
