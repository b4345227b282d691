import type { Driver, Transaction } from './driver.ts';
import { type Repair, repairKept } from './repairs.ts';

export type Migration = { version: string; name: string; sql: string };

/** Why a kept database cannot be taken over. Nothing of it was changed. */
export class KeptDataError extends Error {
  override readonly name = 'KeptDataError';
}

/**
 * Whether the database was made by other files than these: an edited one, one that is gone, or one that was put before
 * those that are applied. Files that come after are no difference, they are still to be applied.
 */
export async function isMadeByOthers(driver: Driver, migrations: readonly Migration[]): Promise<boolean> {
  const { rows } = await driver.query<{ version: string; statements: string[] }>(
    'select version, statements from supabase_migrations.schema_migrations order by version',
  );
  return rows.some(
    ({ version, statements }, index) =>
      migrations[index]?.version !== version || migrations[index].sql !== statements.join('\n'),
  );
}

/** The project's own schemas without their tables: what cascades takes defaults, policies and triggers along. */
const TAKE_APART = `
  create schema kept;
  do $$
  declare
    part record;
  begin
    for part in select schemaname, viewname from pg_views where schemaname = 'public' loop
      execute format('drop view %I.%I cascade', part.schemaname, part.viewname);
    end loop;
    for part in
      select p.oid::regprocedure::text as name from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
        and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    loop
      execute format('drop function %s cascade', part.name);
    end loop;
    for part in select policyname, schemaname, tablename from pg_policies loop
      execute format('drop policy %I on %I.%I', part.policyname, part.schemaname, part.tablename);
    end loop;
    for part in select tablename from pg_tables where schemaname = 'public' loop
      execute format('alter table public.%I set schema kept', part.tablename);
    end loop;
    for part in select pubname, tablename from pg_publication_tables where schemaname = 'kept' loop
      execute format('alter publication %I drop table kept.%I', part.pubname, part.tablename);
    end loop;
    -- Only the rules of today count; rows are brought under them here.
    for part in
      select conrelid::regclass as "table", conname from pg_constraint
      where connamespace = 'kept'::regnamespace and contype in ('c', 'f', 'p', 'u') order by contype
    loop
      execute format('alter table %s drop constraint if exists %I cascade', part."table", part.conname);
    end loop;
    for part in select indexname from pg_indexes where schemaname = 'kept' and indexdef like 'CREATE UNIQUE%' loop
      execute format('drop index kept.%I', part.indexname);
    end loop;
  end
  $$;
  drop schema if exists monitoring cascade;
  drop schema if exists private cascade;
  delete from supabase_migrations.schema_migrations;`;

/** Each kept table with the columns that it has now, and those that have no place any more. */
const COLUMNS = `
  select k.relname as "table", to_regclass('public.' || quote_ident(k.relname)) is not null as "isThere",
    coalesce(array_agg(a.attname order by a.attnum) filter (where n.attnum is not null and n.attgenerated = ''), '{}') as shared,
    coalesce(array_agg(a.attname order by a.attnum) filter (where n.attnum is null), '{}') as lost,
    array_agg(n.attname) filter (where n.attidentity <> '') as identities
  from pg_class k
  join pg_attribute a on a.attrelid = k.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attribute n on n.attrelid = to_regclass('public.' || quote_ident(k.relname)) and n.attname = a.attname
    and n.attnum > 0 and not n.attisdropped
  where k.relnamespace = 'kept'::regnamespace and k.relkind = 'r'
  group by k.relname order by k.relname`;

/** What the present files work out of other rows, by a trigger, was not there before. */
const DERIVE_MISSING = `
  do $$ begin
    if to_regprocedure('private.derive_missing()') is not null then perform private.derive_missing(); end if;
  end $$`;

type KeptTable = {
  table: string;
  isThere: boolean;
  shared: string[];
  lost: string[];
  identities: string[] | null;
};

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * Builds the tables of a kept database anew by the present files and moves every row over, in one transaction: until the
 * first release a migration is edited where it stands, and what a student keeps on their machine outlives that.
 */
export async function rebuild(
  driver: Driver,
  applyAll: (transaction: Transaction) => Promise<void>,
): Promise<Repair[]> {
  try {
    return await driver.transaction(async (transaction) => {
      await transaction.exec(TAKE_APART);
      await applyAll(transaction);
      // Rows arrive as they were: no trigger touches, counts or tells them once more.
      await transaction.exec('set local session_replication_role = replica');
      const repairs = await repairKept(transaction);
      const { rows } = await transaction.query<KeptTable>(COLUMNS);
      for (const table of rows) await moveRows(transaction, table);
      await transaction.exec(DERIVE_MISSING);
      await transaction.exec('drop schema kept cascade');
      return repairs;
    });
  } catch (error) {
    throw new KeptDataError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function moveRows(transaction: Transaction, { table, isThere, shared, lost, identities }: KeptTable) {
  const name = quoted(table);
  const { rows } = await transaction.query(`select 1 from kept.${name} limit 1`);
  if (rows.length === 0) return;
  if (!isThere || lost.length > 0) {
    throw new Error(`there is no place any more for ${[table, ...lost].join('.')}`);
  }
  const columns = shared.map(quoted).join(', ');
  // Rows that the files bring themselves are there already, and theirs is how they are today.
  const { rows: brought } = await transaction.query(`select 1 from public.${name} limit 1`);
  await transaction.exec(
    `insert into public.${name} (${columns}) overriding system value select ${columns} from kept.${name}
     ${brought.length > 0 ? 'on conflict do nothing' : ''}`,
  );
  for (const column of identities ?? []) {
    await transaction.query(
      `select setval(pg_get_serial_sequence($1, $2), max(${quoted(column)})) from public.${name}`,
      [`public.${name}`, column],
    );
  }
}
