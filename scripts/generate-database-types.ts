import { writeFile } from 'node:fs/promises';
import { openDatabase, type Query } from '../local/supabase/database.ts';

/**
 * Writes `lib/db/types.gen.ts` from the live catalog of an in-memory database with every migration applied, so the
 * types are what the schema is. The shape is the one supabase-js takes as its `Database` type. Two things are more
 * exact than the official generator: a text column with a list of allowed values becomes a union of them, and null is
 * allowed where it occurs: in the arguments of a function, and in those of its result columns that its comment lists
 * after "Nullable:".
 */
type Column = {
  relation: string;
  name: string;
  type: string;
  nullable: boolean;
  optional: boolean;
  generated: boolean;
  allowed: string[] | null;
};
type Relationship = {
  relation: string;
  name: string;
  columns: string[];
  unique: boolean;
  target: string;
  targetColumns: string[];
};
type Relation = { name: string; kind: 'table' | 'view' };
type Argument = { name: string; type: string; optional: boolean; nullable: boolean };
type DatabaseFunction = {
  name: string;
  returnType: string;
  returnRelation: string | null;
  returnsSet: boolean;
  inputs: Argument[];
  outputs: Argument[];
};

/** As JSON, so that arrays of catalog types arrive as arrays. */
async function rowsOf<Row>(query: Query, sql: string): Promise<Row[]> {
  const rows = await query<{ row: Row }>(`select to_jsonb(found) as row from (${sql}) as found`);
  return rows.map(({ row }) => row);
}

const RELATIONS = `
  select c.relname as name, case c.relkind when 'v' then 'view' else 'table' end as kind
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
  order by c.relname collate "C"`;

const COLUMNS = `
  select c.relname as relation, a.attname as name, t.typname as type,
    not a.attnotnull as nullable,
    (not a.attnotnull or a.atthasdef or a.attidentity <> '') as optional,
    a.attidentity = 'a' or a.attgenerated <> '' as generated,
    (
      select array_agg(v[1] order by position)
      from pg_constraint k
      cross join lateral regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''::text', 'g')
        with ordinality as allowed(v, position)
      where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
        and pg_get_constraintdef(k.oid) ~ ('^CHECK \\(\\(' || a.attname || ' = ANY \\(ARRAY\\[')
    ) as allowed
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
    and a.attnum > 0 and not a.attisdropped
  order by c.relname collate "C", a.attname collate "C"`;

const RELATIONSHIPS = `
  select c.relname as relation, k.conname as name, target.relname as target,
    (select array_agg(a.attname order by u.position) from unnest(k.conkey) with ordinality as u(attnum, position)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum) as columns,
    (select array_agg(a.attname order by u.position) from unnest(k.confkey) with ordinality as u(attnum, position)
      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.attnum) as "targetColumns",
    exists (select 1 from pg_constraint q where q.conrelid = k.conrelid and q.contype in ('p', 'u')
      and q.conkey <@ k.conkey) as unique
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_class target on target.oid = k.confrelid
  where k.contype = 'f' and c.relnamespace = 'public'::regnamespace
    and target.relnamespace = 'public'::regnamespace
  order by c.relname collate "C", k.conname collate "C"`;

const FUNCTIONS = `
  select p.proname as name, t.typname as "returnType", p.proretset as "returnsSet",
    (select r.relname from pg_class r where r.oid = t.typrelid and r.relnamespace = 'public'::regnamespace)
      as "returnRelation",
    coalesce((select jsonb_agg(jsonb_build_object('name', p.proargnames[u.position], 'type', a.typname,
        'optional', u.position > p.pronargs - p.pronargdefaults, 'nullable', true)
        order by p.proargnames[u.position] collate "C")
      from unnest(p.proargtypes::oid[]) with ordinality as u(oid, position)
      join pg_type a on a.oid = u.oid), '[]') as inputs,
    coalesce((select jsonb_agg(jsonb_build_object('name', p.proargnames[u.position], 'type', a.typname,
        'optional', false, 'nullable', obj_description(p.oid, 'pg_proc')
          ~ ('Nullable: [a-z_, ]*\\m' || p.proargnames[u.position] || '\\M')) order by u.position)
      from unnest(p.proallargtypes) with ordinality as u(oid, position)
      join pg_type a on a.oid = u.oid
      where p.proargmodes[u.position] = 't'), '[]') as outputs
  from pg_proc p
  join pg_type t on t.oid = p.prorettype
  where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and t.typname <> 'trigger'
  order by p.proname collate "C"`;

const NUMBERS = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric']);

function scalar(type: string): string {
  if (type.startsWith('_')) return `${scalar(type.slice(1))}[]`;
  if (NUMBERS.has(type)) return 'number';
  if (type === 'bool') return 'boolean';
  if (type === 'json' || type === 'jsonb') return 'Json';
  if (type === 'void') return 'undefined';
  // Text, uuid, times and vectors all travel as JSON strings.
  return 'string';
}

const columnType = (column: Column) =>
  (column.allowed ? column.allowed.map((value) => `'${value}'`).join(' | ') : scalar(column.type)) +
  (column.nullable ? ' | null' : '');

const block = (indent: number, head: string, lines: string[]) => {
  const pad = ' '.repeat(indent);
  if (lines.length === 0) return `${pad}${head} { [_ in never]: never };`;
  return `${pad}${head} {\n${lines.join('\n')}\n${pad}};`;
};

const union = (names: string[]) => names.map((name) => `'${name}'`).join(' | ') || 'never';

function renderTable(name: string, columns: Column[], relationships: Relationship[]): string {
  const generated = columns.filter((column) => column.generated);
  const optional = columns.filter((column) => column.optional && !column.generated);
  const names = (some: Column[]) => union(some.map((column) => column.name));
  const row = columns.map((column) => `        ${column.name}: ${columnType(column)};`).join('\n');
  const tail = generated.length > 0 ? `, ${names(generated)}` : '';
  return `      ${name}: Table<{\n${row}\n      }, ${names(optional)}, ${renderRelationships(relationships)}${tail}>;`;
}

const renderView = (name: string, columns: Column[]) =>
  block(6, `${name}:`, [
    block(
      8,
      'Row:',
      columns.map((column) => `          ${column.name}: ${columnType(column)};`),
    ),
    '        Relationships: [];',
  ]);

function renderRelationships(relationships: Relationship[]): string {
  const list = (names: string[]) => `[${names.map((name) => `'${name}'`).join(', ')}]`;
  const lines = relationships.map(
    (relationship) =>
      `        { foreignKeyName: '${relationship.name}'; columns: ${list(relationship.columns)}; ` +
      `isOneToOne: ${relationship.unique}; referencedRelation: '${relationship.target}'; ` +
      `referencedColumns: ${list(relationship.targetColumns)} },`,
  );
  return lines.length === 0 ? '[]' : `[\n${lines.join('\n')}\n      ]`;
}

const argumentType = (argument: Argument) => scalar(argument.type) + (argument.nullable ? ' | null' : '');

function renderFunction(definition: DatabaseFunction): string {
  const inputs = definition.inputs.map(
    (input) => `${input.name}${input.optional ? '?' : ''}: ${argumentType(input)}`,
  );
  const outputs = definition.outputs.map((output) => `${output.name}: ${argumentType(output)}`);
  const one =
    outputs.length > 0
      ? `{ ${outputs.join('; ')} }`
      : definition.returnRelation
        ? `Database['public']['Tables']['${definition.returnRelation}']['Row']`
        : scalar(definition.returnType);
  const many = definition.returnsSet ? `${one.includes(' ') ? `Array<${one}>` : `${one}[]`}` : one;
  const parameters = inputs.length > 0 ? `{ ${inputs.join('; ')} }` : 'Record<PropertyKey, never>';
  return `      ${definition.name}: Call<${parameters}, ${many}>;`;
}

const HEADER = `// Written by scripts/generate-database-types.ts from the migrations: run \`npm run types:db\` after changing them.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

/** A table by its row: \`Optional\` columns have a default, \`Generated\` ones are never written. */
type Table<
  Row,
  Optional extends keyof Row,
  Relationships,
  Generated extends keyof Row = never,
  Written = Omit<Row, Generated> & { [Column in Generated]?: never },
> = {
  Row: Row;
  Insert: Omit<Written, Optional> & Partial<Pick<Written, Optional & keyof Written>>;
  Update: Partial<Written>;
  Relationships: Relationships;
};

/** A function by what it is given and what it gives. */
type Call<Args, Returns> = { Args: Args; Returns: Returns };

`;

const FOOTER = `
type Public = Database['public'];

/** A row of a table as it is read. */
export type Row<Table extends keyof Public['Tables']> = Public['Tables'][Table]['Row'];
/** A row of a table as it is inserted. */
export type Insert<Table extends keyof Public['Tables']> = Public['Tables'][Table]['Insert'];
/** What of a row can be changed. */
export type Update<Table extends keyof Public['Tables']> = Public['Tables'][Table]['Update'];
`;

/** The text of \`types.gen.ts\` for the schema \`public\` behind \`query\`. */
export async function renderDatabaseTypes(query: Query): Promise<string> {
  const relations = await rowsOf<Relation>(query, RELATIONS);
  const columns = Map.groupBy(await rowsOf<Column>(query, COLUMNS), (column) => column.relation);
  const relationships = Map.groupBy(await rowsOf<Relationship>(query, RELATIONSHIPS), (key) => key.relation);
  const functions = await rowsOf<DatabaseFunction>(query, FUNCTIONS);

  const of = (kind: Relation['kind']) => relations.filter((relation) => relation.kind === kind);
  const tables = of('table').map(({ name }) =>
    renderTable(name, columns.get(name) ?? [], relationships.get(name) ?? []),
  );
  const views = of('view').map(({ name }) => renderView(name, columns.get(name) ?? []));

  const body = block(2, 'public:', [
    block(4, 'Tables:', tables),
    block(4, 'Views:', views),
    block(4, 'Functions:', functions.map(renderFunction)),
    block(4, 'Enums:', []),
    block(4, 'CompositeTypes:', []),
  ]);
  return `${HEADER}export type Database = {\n${body}\n};\n${FOOTER}`;
}

if (import.meta.main) {
  const database = await openDatabase();
  try {
    const text = await renderDatabaseTypes(database.query);
    await writeFile(new URL('../lib/db/types.gen.ts', import.meta.url), text);
  } finally {
    await database.close();
  }
}
