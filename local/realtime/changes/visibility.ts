import { createHash } from 'node:crypto';
import type { Transaction } from '../../supabase/driver.ts';
import type { Identity } from '../identity.ts';
import type { Table } from './catalog.ts';
import { quote } from './predicate.ts';

export type RowCheck = { identity: Identity; changes: ReadonlySet<number> };

/**
 * Which rows each identity may read at this moment, by the policies of the table. A row that was deleted since, or
 * that moved out of sight, is in nobody's answer.
 */
export async function readVisible(
  transaction: Transaction,
  table: Table,
  checks: readonly RowCheck[],
): Promise<{ visible: Set<number>[]; failures: string[] }> {
  if (checks.length === 0) return { visible: [], failures: [] };
  const keys = await readKeys(transaction, table, [
    ...new Set(checks.flatMap(({ changes }) => [...changes])),
  ]);
  const { name, query } = lookUp(table);
  const asked = checks.map(({ identity, changes }) => ({
    role: identity.role,
    sub: typeof identity.claims.sub === 'string' ? identity.claims.sub : '',
    claims: JSON.stringify(identity.claims),
    keys: `[${[...changes].flatMap((id) => keys.get(id) ?? []).join()}]`,
  }));
  const { rows } = await transaction.query<{
    check_index: number;
    change_ids: number[] | null;
    failure: string | null;
  }>('select * from realtime.visible_changes($1, $2, $3)', [name, query, JSON.stringify(asked)]);
  const visible = checks.map(() => new Set<number>());
  for (const { check_index, change_ids } of rows) {
    for (const id of change_ids ?? []) visible[check_index]?.add(Number(id));
  }
  return { visible, failures: rows.flatMap(({ failure }) => failure ?? []) };
}

const keysOf = ({ columns }: Table) => columns.filter(({ isKey }) => isKey);

/** The look-up by primary key, named by its text: a changed table gets a new one. */
function lookUp(table: Table): { name: string; query: string } {
  const keys = keysOf(table);
  const shape = ['realtime_change bigint', ...keys.map(({ name, typeSql }) => `${quote(name)} ${typeSql}`)];
  const equal = keys.map(({ name }) => `t.${quote(name)} = k.${quote(name)}`);
  const query =
    `select array_agg(k.realtime_change) from jsonb_to_recordset($1) as k(${shape.join(', ')}) ` +
    `where exists (select 1 from ${table.sql} t where ${equal.join(' and ')})`;
  return { name: `realtime_${createHash('sha1').update(query).digest('hex').slice(0, 24)}`, query };
}

/** The keys of the changed rows as JSON text, which holds numbers that JavaScript would round. */
async function readKeys(
  transaction: Transaction,
  table: Table,
  changes: readonly number[],
): Promise<Map<number, string>> {
  const parts = keysOf(table).map(({ name }) => `${literal(name)}, o.record -> ${literal(name)}`);
  const { rows } = await transaction.query<{ id: number; key: string }>(
    `select o.id, jsonb_build_object('realtime_change', o.id, ${parts.join(', ')})::text as key
     from realtime.outbox o where o.id = any($1::int8[])`,
    [[...changes]],
  );
  return new Map(rows.map(({ id, key }) => [Number(id), key]));
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
