import type { Fields } from '../protocol.ts';
import { BindingError, type Filter, parseFilters } from './filter.ts';

export type Action = 'INSERT' | 'UPDATE' | 'DELETE';

/** What one `.on('postgres_changes', …)` listens to; `*` stands for every action, schema or table. */
export type Binding = {
  action: Action | '*';
  schema: string;
  table: string;
  filters: Filter[];
  select: string[] | null;
};

export const isAction = (text: string): text is Action => ['INSERT', 'UPDATE', 'DELETE'].includes(text);

export function parseBinding(params: Fields): Binding {
  const schema = textOf(params.schema);
  const table = textOf(params.table);
  const filter = textOf(params.filter);
  if (schema === undefined && table === undefined) {
    throw new BindingError(
      `No subscription params provided. Please provide at least a \`schema\` or \`table\` to subscribe to: ${JSON.stringify(params)}`,
    );
  }
  if (filter !== undefined && (schema === undefined || table === undefined)) {
    throw new BindingError('A `filter` needs a `schema` and a `table`');
  }
  const event = typeof params.event === 'string' ? params.event.toUpperCase() : '*';
  const binding: Binding = {
    action: isAction(event) ? event : '*',
    schema: schema ?? 'public',
    table: table ?? '*',
    filters: parseFilters(filter ?? ''),
    select: selectOf(params.select),
  };
  if (binding.select && (binding.schema === '*' || binding.table === '*')) {
    throw new BindingError(
      'Column selection is not supported for wildcard subscriptions. Provide an explicit schema and table name.',
    );
  }
  return binding;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new BindingError('`schema`, `table` and `filter` must be strings');
}

function selectOf(value: unknown): string[] | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) {
    throw new BindingError(
      'Error parsing `select` params: expected a list of column name strings, e.g. select: ["col1", "col2"]',
    );
  }
  const columns = value.filter((item) => typeof item === 'string');
  return columns.length === 0 ? null : columns.toSorted();
}

/** As the error messages name it. */
export function describeBinding({ action, schema, table, filters, select }: Binding): string {
  const list = filters.map(({ column, operator, value, negated }) =>
    JSON.stringify([column, operator, value, negated]),
  );
  return `[event: ${action}, schema: ${schema}, table: ${table}, filters: [${list.join(', ')}], select: ${select === null ? 'nil' : JSON.stringify(select)}]`;
}

export const listensTo = (binding: Binding, schema: string, table: string, action: string) =>
  (binding.schema === '*' || binding.schema === schema) &&
  (binding.table === '*' || binding.table === table) &&
  (binding.action === '*' || binding.action === action);

/** The hosted service numbers a binding by its content, so that a rejoin gets the same number. */
export function bindingId(params: Fields, taken: ReadonlySet<number>): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(JSON.stringify(params))) hash = Math.imul(hash ^ byte, 0x01000193);
  let id = (hash >>> 0) % 2 ** 27;
  while (taken.has(id)) id += 1;
  return id;
}
