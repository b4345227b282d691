import type { Transaction } from '../../supabase/driver.ts';

export type Column = {
  name: string;
  /** As clients get it: `int8`, `_text`. */
  type: string;
  /** As SQL takes it, quoted. */
  typeSql: string;
  isKey: boolean;
  /** Part of what a deleted or changed row leaves behind. */
  isIdentity: boolean;
  /** The roles that may read it, of those asked for. */
  readers: string[];
};

export type Table = {
  entity: number;
  schema: string;
  name: string;
  /** Quoted, with its schema. */
  sql: string;
  hasRowSecurity: boolean;
  columns: Column[];
};

type CatalogRow = {
  entity: number;
  schema: string;
  name: string;
  sql: string;
  has_row_security: boolean;
  columns: Column[];
};

const TABLES = `
  select c.oid::int8 as entity, n.nspname as schema, c.relname as name,
    format('%I.%I', n.nspname, c.relname) as sql, c.relrowsecurity as has_row_security,
    jsonb_agg(jsonb_build_object(
      'name', a.attname,
      'type', t.typname,
      'typeSql', format('%I.%I', tn.nspname, t.typname),
      'isKey', a.attnum = any(coalesce(pk.conkey, '{}')),
      'isIdentity', case c.relreplident
        when 'f' then true
        when 'd' then a.attnum = any(coalesce(pk.conkey, '{}'))
        when 'i' then a.attnum = any(coalesce((
          select i.indkey::int2[] from pg_index i where i.indrelid = c.oid and i.indisreplident), '{}'))
        else false end,
      'readers', coalesce((
        select jsonb_agg(r.name) from unnest($1::text[]) as r(name)
        where to_regrole(quote_ident(r.name)) is not null
          and has_column_privilege(r.name, c.oid, a.attnum, 'SELECT')), '[]')
    ) order by a.attnum) as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  join pg_namespace tn on tn.oid = t.typnamespace
  left join pg_constraint pk on pk.conrelid = c.oid and pk.contype = 'p'`;
const GROUPED = 'group by c.oid, n.nspname, c.relname, c.relrowsecurity, c.relreplident, pk.conkey';

const tableOf = ({ has_row_security, ...row }: CatalogRow): Table => ({
  ...row,
  entity: Number(row.entity),
  hasRowSecurity: has_row_security,
});

/** What is known of tables now: rights and columns may have changed since somebody subscribed. */
export async function readTables(
  transaction: Transaction,
  entities: readonly number[],
  roles: readonly string[],
): Promise<Map<number, Table>> {
  const { rows } = await transaction.query<CatalogRow>(
    `${TABLES} where c.oid = any($2::int8[]::oid[]) ${GROUPED}`,
    [[...roles], [...entities]],
  );
  return new Map(rows.map((row) => [Number(row.entity), tableOf(row)]));
}

/** The tables of the publication that a binding names; `*` names all. */
export async function readPublished(
  transaction: Transaction,
  schema: string,
  table: string,
  role: string,
): Promise<Table[]> {
  const { rows } = await transaction.query<CatalogRow>(
    `${TABLES} join pg_publication_tables p
       on p.pubname = 'supabase_realtime' and p.schemaname = n.nspname and p.tablename = c.relname
     where $2::text in ('*', n.nspname::text) and $3::text in ('*', c.relname::text) ${GROUPED}`,
    [[role], schema, table],
  );
  return rows.map(tableOf);
}
