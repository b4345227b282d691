import type { Transaction } from '../../supabase/driver.ts';
import type { Column, Table } from './catalog.ts';
import type { Filter, Operator } from './filter.ts';

const COMPARISONS: Partial<Record<Operator, string>> = {
  eq: '=',
  neq: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  isdistinct: 'is distinct from',
};
const PATTERNS: Partial<Record<Operator, string>> = {
  like: 'like',
  ilike: 'ilike',
  match: '~',
  imatch: '~*',
};

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** The type a filter's value has: the one of its column, so that 9 is below 10 and a date is a date. */
function valueType({ typeSql }: Column, operator: Operator): string {
  if (operator === 'in') return `${typeSql}[]`;
  return operator in COMPARISONS ? typeSql : 'text';
}

/** SQL that is true, false or null for the row `r` and the value `w.value`. */
function comparison({ column, operator, value }: Filter): string {
  const cell = `r.${quote(column)}`;
  if (operator === 'in') return `${cell} = any(w.value)`;
  // One of four words: the parser let no other through.
  if (operator === 'is') return `${cell} is ${value}`;
  const symbol = COMPARISONS[operator];
  return symbol ? `${cell} ${symbol} w.value` : `${cell}::text ${PATTERNS[operator]} w.value`;
}

const condition = (filter: Filter) =>
  `coalesce(${filter.negated ? 'not ' : ''}(${comparison(filter)}), false)`;

/** Throws what Postgres says about a value that does not fit the column, or an operator its type lacks. */
export async function checkFilter(
  transaction: Transaction,
  table: Table,
  filter: Filter,
  column: Column,
): Promise<void> {
  const value = `select $1::text::${valueType(column, filter.operator)} as value`;
  await transaction.query(value, [filter.value]);
  await transaction.query(`select 1 from ${table.sql} r, (${value}) w where ${condition(filter)} limit 0`, [
    filter.value,
  ]);
  if (filter.operator !== 'in') return;
  const { rows } = await transaction.query<{ size: number }>('select cardinality($1::text[]) as size', [
    filter.value,
  ]);
  if ((rows[0]?.size ?? 0) > 100) throw new Error('too many values for `in` filter. Maximum 100');
}

export const filterKey = ({ column, operator, value, negated }: Filter) =>
  JSON.stringify([column, operator, negated, value]);

/**
 * Which of the waiting changes of one table each filter accepts, by the filter's key. Filters that differ in their
 * value alone are one statement: five hundred students who each listen to their own rows cost one look.
 */
export async function matchFilters(
  transaction: Transaction,
  table: Table,
  filters: readonly Filter[],
  changes: readonly number[],
): Promise<Map<string, Set<number>>> {
  const matches = new Map(filters.map((filter) => [filterKey(filter), new Set<number>()]));
  const shapes = new Map<string, Filter[]>();
  for (const filter of new Map(filters.map((item) => [filterKey(item), item])).values()) {
    const { column, operator, negated, value } = filter;
    const shape = JSON.stringify([column, operator, negated, operator === 'is' ? value : null]);
    shapes.set(shape, [...(shapes.get(shape) ?? []), filter]);
  }
  for (const alike of shapes.values()) {
    const [first] = alike;
    const column = table.columns.find(({ name }) => name === first?.column);
    // The column was there when they subscribed and is gone now.
    if (!first || !column) continue;
    const { rows } = await transaction.query<{ id: number; place: number }>(
      `with w as materialized (
         select text::${valueType(column, first.operator)} as value, place
         from unnest($1::text[]) with ordinality as given(text, place))
       select o.id, w.place from realtime.outbox o
       cross join lateral jsonb_populate_record(null::${table.sql}, coalesce(o.record, o.old_record)) r
       join w on ${condition(first)}
       where o.id = any($2::int8[])`,
      [alike.map(({ value }) => value), [...changes]],
    );
    for (const { id, place } of rows) {
      const filter = alike[Number(place) - 1];
      if (filter) matches.get(filterKey(filter))?.add(Number(id));
    }
  }
  return matches;
}
