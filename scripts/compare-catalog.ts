import { isDeepStrictEqual } from 'node:util';
import { openDatabase, type Query } from '../local/supabase/database.ts';

/**
 * Proves that two folders of migrations make the same database:
 * `node scripts/compare-catalog.ts <folder> [<other>]`, each applied to an empty database in memory.
 * Each question gives text that holds no object ids, so that what is the same reads the same.
 */
const NAMESPACES = `('public', 'private', 'auth', 'storage', 'realtime', 'extensions')`;
const OURS = `n.nspname in ${NAMESPACES}`;

const QUESTIONS = {
  schemas: `select n.nspname, n.nspacl::text from pg_namespace n where ${OURS}`,
  relations: `select n.nspname, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions,
      obj_description(c.oid, 'pg_class') as comment, (select array_agg(x::text order by x::text) from unnest(c.relacl) x) as acl
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind in ('r', 'p', 'v', 'S')`,
  columns: `select n.nspname, c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull,
      a.attidentity, a.attgenerated, a.attstorage, pg_get_expr(d.adbin, d.adrelid) as value,
      col_description(c.oid, a.attnum) as comment, (select array_agg(x::text order by x::text) from unnest(a.attacl) x) as acl
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where ${OURS} and c.relkind in ('r', 'p', 'v') and a.attnum > 0`,
  constraints: `select n.nspname, k.conrelid::regclass::text as relation, k.conname, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace where ${OURS}`,
  indexes: `select * from pg_indexes where schemaname in ${NAMESPACES}`,
  policies: `select * from pg_policies where schemaname in ${NAMESPACES}`,
  functions: `select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition,
      obj_description(p.oid, 'pg_proc') as comment, (select array_agg(x::text order by x::text) from unnest(p.proacl) x) as acl
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'private', 'realtime') and p.prokind = 'f'`,
  triggers: `select t.tgrelid::regclass::text as relation, t.tgname, pg_get_triggerdef(t.oid) as definition, t.tgenabled
    from pg_trigger t where not t.tgisinternal`,
  views: `select schemaname, viewname, definition from pg_views where schemaname in ${NAMESPACES}`,
  types: `select n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod) as base from pg_type t
    join pg_namespace n on n.oid = t.typnamespace where n.nspname in ('public', 'private') and t.typtype in ('d', 'e')`,
  publication: `select pubname, schemaname, tablename from pg_publication_tables`,
  eventTriggers: `select evtname, evtevent, evttags, evtfoid::regproc::text as function from pg_event_trigger`,
  defaultRights: `select d.defaclnamespace::regnamespace::text, d.defaclobjtype,
      (select array_agg(x::text order by x::text) from unnest(d.defaclacl) x) as acl from pg_default_acl d`,
  extensions: `select e.extname, n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace`,
  buckets: `select id, name, public, file_size_limit, allowed_mime_types from storage.buckets`,
};

/** Everything a database is made of, one line of JSON each, in an order of their own. */
export async function readCatalog(query: Query): Promise<string[]> {
  const lines: string[] = [];
  for (const [kind, question] of Object.entries(QUESTIONS)) {
    lines.push(...(await query(question)).map((row) => `${kind} ${JSON.stringify(row)}`));
  }
  return lines.toSorted();
}

async function catalogOf(migrationsDir?: string): Promise<string[]> {
  const database = await openDatabase(migrationsDir === undefined ? {} : { migrationsDir });
  try {
    return await readCatalog(database.query);
  } finally {
    await database.close();
  }
}

if (import.meta.main) {
  const one = await catalogOf(process.argv[2]);
  const other = await catalogOf(process.argv[3]);
  const isSame = isDeepStrictEqual(one, other);
  const missing = one.filter((line) => !other.includes(line)).map((line) => `- ${line}\n`);
  const added = other.filter((line) => !one.includes(line)).map((line) => `+ ${line}\n`);
  process.stdout.write(
    [...missing, ...added, isSame ? `identical: ${one.length} entries\n` : 'not the same\n'].join(''),
  );
  process.exitCode = isSame ? 0 : 1;
}
