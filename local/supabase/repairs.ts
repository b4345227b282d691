import type { Transaction } from './driver.ts';

/** How many rows of a table broke a rule, and whether they were changed or could not be kept. */
export type Repair = { table: string; rule: string; rows: number; isRemoved: boolean };

export const toldRepairs = (repairs: readonly Repair[]): string =>
  repairs
    .map(
      ({ table, rule, rows, isRemoved }) =>
        `; ${table}: ${rows} ${isRemoved ? 'removed' : 'mended'} (${rule})`,
    )
    .join('');

type Column = { name: string; type: string; mayBeEmpty: boolean; fallback: string | null };
type Rule = { table: string; name: string; rule: string; columns: Column[] };
/** `set` of an update, or `null` where the row goes; `where` says which rows, of those that break the rule unless it is named. */
type Mend = { set: string | null; where?: string };

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const remove: Mend = { set: null };

/** What only a person can say of a rule, by its name. Checks first, then unique indexes: there `set` is of all but the newest. */
const BY_NAME: Readonly<Record<string, Mend>> = {
  agent_memory_scope_check: { set: "scope = 'context'" },
  // An event of no kind that is counted.
  agent_telemetry_event_type_check: remove,
  // What lies elsewhere than with its student cannot be opened.
  attachment_file_path_check: remove,
  attachment_file_path_own: {
    set: null,
    where: "file_path not like user_id || '/%' or file_path like '%..%'",
  },
  availability_block_check: {
    set: 'start_min = least(start_min, end_min), end_min = greatest(end_min, start_min + (start_min = end_min)::int)',
  },
  availability_block_timezone_check: { set: "timezone = 'UTC'" },
  block_check: remove,
  doc_page_check: { set: 'char_end = char_start' },
  doc_source_file_path_check: { set: 'file_path = null' },
  doc_source_file_path_own: { set: 'file_path = null', where: "file_path not like user_id || '/%'" },
  flashcard_back_check: { set: "back = coalesce(nullif(left(back, 10000), ''), '…')" },
  match_candidate_check: remove,
  message_role_check: { set: "role = 'assistant'" },
  nudge_nudge_type_check: { set: "nudge_type = 'reminder'" },
  quiz_items_check: {
    set: null,
    where: "jsonb_typeof(items) <> 'array' or items = '[]'",
  },
  report_check: remove,
  report_reason_check: { set: "reason = 'other'" },
  // What was said without a number is in nobody's conversation; it goes with the room anyway.
  room_message_seq_check: remove,
  // A race that nobody can be asked.
  room_race_items_check: remove,
  // A link that leads nowhere.
  push_subscription_auth_check: remove,
  push_subscription_endpoint_check: remove,
  push_subscription_p256dh_check: remove,
  share_link_kind_check: remove,
  share_link_snapshot_check: { set: null, where: "jsonb_typeof(snapshot) <> 'object'" },
  share_link_token_hash_check: remove,
  study_plan_weekdays_check: {
    set: 'weekdays = array(select distinct d from unnest(weekdays) d where d between 0 and 6 order by d)',
  },
  persona_slug_fits: { set: "slug = 'style-' || left(id::text, 8)" },
  persona_slug_free: { set: "slug = 'my-' || slug" },
  persona_user_id_slug_key: { set: "slug = left(slug, 50) || '-' || left(id::text, 8)" },
  agent_task_export: { set: "status = 'error'" },
  quiz_attempt_running: { set: 'finished_at = started_at' },
  study_plan_active: { set: 'archived_at = now()' },
};

/**
 * What a rule of one column says is enough to mend most of what breaks it, gentlest first: a number or a moment goes to the
 * nearest that is allowed, a text or a list is cut, what is none of a few values becomes the column's default or is
 * emptied. What is merely too large (`pg_column_size`) is nobody's to throw away.
 */
function mendsOf({ rule, columns }: Rule): Mend[] {
  const [column, ...others] = columns;
  if (!column || others.length > 0) return [];
  const name = quoted(column.name);
  const mends: Mend[] = [];
  const bounds = [...rule.matchAll(/\(\w+ (>=|<=) ((?:\([^()]*\)|[^()])+)\)/g)];
  if (bounds.length > 0) {
    const isFloat = /double|numeric|real/.test(column.type);
    const nearest = bounds.reduce(
      (value, [, side, bound]) => `${side === '>=' ? 'greatest' : 'least'}(${value}, ${bound})`,
      isFloat ? `nullif(${name}, 'NaN')` : name,
    );
    mends.push({ set: `${name} = ${nearest}` });
  }
  const [, most] = /char_length\(\w+\) <= (\d+)/.exec(rule) ?? [];
  if (most) {
    const cut = `left(${rule.includes('btrim') ? `btrim(${name})` : name}, ${most})`;
    mends.push({ set: `${name} = ${rule.includes('btrim') ? `btrim(${cut})` : cut}` });
  }
  const [, items, characters] = /texts_fit\(\w+, (\d+), (\d+)\)/.exec(rule) ?? [];
  if (items) {
    mends.push({
      set: `${name} = array(select left(t, ${characters}) from unnest(${name}) t where t is not null limit ${items})`,
    });
  }
  const [, kind] = /jsonb_typeof\(\w+\) = '(\w+)'/.exec(rule) ?? [];
  const where = rule.includes('pg_column_size')
    ? kind && `jsonb_typeof(${name}) <> '${kind}'`
    : column.type === 'text'
      ? undefined
      : 'true';
  if (where !== undefined || !rule.includes('pg_column_size')) {
    const instead = column.mayBeEmpty ? 'null' : column.fallback;
    if (instead !== null) mends.push({ set: `${name} = ${instead}`, where });
    else if (column.type === 'text') mends.push({ set: `${name} = '…'`, where: `btrim(${name}) = ''` });
  }
  return mends;
}

const COLUMNS_OF = (numbers: string, relation: string) => `(
  select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'mayBeEmpty', not a.attnotnull,
    'fallback', pg_get_expr(d.adbin, d.adrelid)) order by a.attnum)
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum and a.attgenerated = ''
  where a.attrelid = ${relation} and a.attnum = any (${numbers}))`;
const IS_KEPT = (numbers: string, relation: string) => `not exists (
  select from pg_attribute a where a.attrelid = ${relation} and a.attnum = any (${numbers}) and not exists (
    select from pg_attribute k where k.attrelid = to_regclass('kept.' || quote_ident(t.relname)) and k.attname = a.attname
      and k.attnum > 0 and not k.attisdropped))`;

const CHECKS = `
  select t.relname as "table", c.conname as name, pg_get_expr(c.conbin, c.conrelid) as rule,
    ${COLUMNS_OF('c.conkey', 'c.conrelid')} as columns
  from pg_constraint c join pg_class t on t.oid = c.conrelid
  where c.contype = 'c' and t.relnamespace = 'public'::regnamespace and ${IS_KEPT('c.conkey', 'c.conrelid')}
  -- Rules of one column first: those of several compare what is in its range by then.
  order by cardinality(c.conkey), 1, 2`;

/** Columns that have to say something now, and say the default then. */
const FILLED = `
  select t.relname as "table", a.attname || ' is empty' as name,
    format('%I is not null', a.attname) as rule, format('%I = ', a.attname) || pg_get_expr(d.adbin, d.adrelid) as set
  from pg_attribute a join pg_class t on t.oid = a.attrelid join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
  join pg_attribute k on k.attrelid = to_regclass('kept.' || quote_ident(t.relname)) and k.attname = a.attname
  where t.relnamespace = 'public'::regnamespace and a.attnotnull and not k.attnotnull and a.attgenerated = ''`;

const UNIQUE = `
  select t.relname as "table", i.relname as name, coalesce(pg_get_expr(x.indpred, x.indrelid), 'true') as rule,
    ${COLUMNS_OF('x.indkey::int2[]', 'x.indrelid')} as columns, x.indnullsnotdistinct as "isEmptyEqual"
  from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
  where x.indisunique and t.relnamespace = 'public'::regnamespace and ${IS_KEPT('x.indkey::int2[]', 'x.indrelid')}
  order by 1, 2`;

const REFERENCES = `
  select t.relname as "table", c.conname as name, c.confdeltype = 'n' as empties,
    case when r.relnamespace = 'public'::regnamespace then 'kept' else r.relnamespace::regnamespace::text end || '.'
      || quote_ident(r.relname) as target,
    ${COLUMNS_OF('c.conkey', 'c.conrelid')} as columns,
    ${COLUMNS_OF('coalesce(c.confdelsetcols, c.conkey)', 'c.conrelid')} as emptied,
    (select string_agg(format('k.%I = o.%I', a.attname, b.attname), ' and ') from unnest(c.conkey, c.confkey) as u(x, y)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = u.x
      join pg_attribute b on b.attrelid = c.confrelid and b.attnum = u.y) as joined
  from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
  where c.contype = 'f' and t.relnamespace = 'public'::regnamespace and ${IS_KEPT('c.conkey', 'c.conrelid')}
    and (r.relnamespace <> 'public'::regnamespace or to_regclass('kept.' || quote_ident(r.relname)) is not null)
  order by 1, 2`;

/** Decks were told apart by their case once. The cards of all lie in the oldest then. */
const MERGE_DECKS = [
  `create temporary table merged on commit drop as
    select d.id, first_value(d.id) over (partition by d.user_id, lower(d.name) order by d.created_at, d.id) as into_id
    from kept.deck d`,
  'update kept.flashcard f set deck_id = m.into_id from merged m where m.id = f.deck_id and m.id <> m.into_id',
  'delete from kept.deck d using merged m where m.id = d.id and m.id <> m.into_id',
];

/** Messages of old hold what answers the questions of a quiz; a student may read what is stored. */
const HIDE_ANSWERS = `
  with cleaned as materialized (
    select m.id, (
      select jsonb_agg(case when jsonb_typeof(p #> '{output,items}') = 'array' and p ->> 'type' = 'tool-generateQuiz'
        then jsonb_set(p, '{output,items}', (
          select coalesce(jsonb_agg(case jsonb_typeof(i) when 'object' then private.question_only(i) else i end order by n), '[]')
          from jsonb_array_elements(p #> '{output,items}') with ordinality as item(i, n)))
        else p end order by place)
      from jsonb_array_elements(m.parts) with ordinality as part(p, place)) as parts
    from kept.message m where jsonb_typeof(m.parts) = 'array' and m.parts @> '[{"type": "tool-generateQuiz"}]')
  update kept.message m set parts = c.parts from cleaned c where c.id = m.id and c.parts <> m.parts`;

/**
 * Brings the rows in `kept` under the rules of today's tables, one after the other. What no mend reaches is left, and named
 * when the row is moved.
 */
export async function repairKept(transaction: Transaction): Promise<Repair[]> {
  const repairs: Repair[] = [];
  const run = async (table: string, rule: string, sql: string) => {
    const { affectedRows: rows = 0 } = await transaction.query(sql);
    if (rows > 0) repairs.push({ table, rule, rows, isRemoved: /^\s*delete/.test(sql) });
    return rows;
  };
  const mend = (table: string, rule: string, { set }: Mend, where: string) =>
    run(
      table,
      rule,
      `${set === null ? `delete from kept.${quoted(table)}` : `update kept.${quoted(table)} set ${set}`} where ${where}`,
    );

  const filled = await transaction.query<Omit<Rule, 'columns'> & { set: string }>(FILLED);
  for (const one of filled.rows) await mend(one.table, one.name, one, `not (${one.rule})`);
  const checks = await transaction.query<Rule>(CHECKS);
  for (const check of checks.rows) {
    const breaks = `(${check.rule}) is false`;
    const named = BY_NAME[check.name];
    if (named) await mend(check.table, check.name, named, named.where ?? breaks);
    for (const one of mendsOf(check)) {
      await mend(check.table, check.name, one, `${breaks} and (${one.where ?? 'true'})`);
    }
  }
  if (await isThere(transaction, 'kept.deck', 'kept.flashcard')) {
    const [list = '', move = '', drop = ''] = MERGE_DECKS;
    await transaction.exec(list);
    await transaction.exec(move);
    await run('deck', 'equal but for case', drop);
  }
  // Worked out anew from the vectors, however long a code is today.
  if (await isThere(transaction, 'kept.chunk_code')) await transaction.exec('truncate kept.chunk_code');
  if (await isThere(transaction, 'kept.message', 'public.quiz')) {
    await run('message', 'answers of a quiz', HIDE_ANSWERS);
  }
  const unique = await transaction.query<Key>(UNIQUE);
  for (const index of unique.rows) {
    await mend(
      index.table,
      index.name,
      BY_NAME[index.name] ?? mendOfKey(index),
      await older(transaction, index),
    );
  }
  await followReferences(transaction, run);
  return repairs;
}

/** A key that may be empty is emptied, one that is made up is made up anew; else the newest row says it all. */
function mendOfKey({ columns }: Rule): Mend {
  const empty = columns.find((column) => column.mayBeEmpty);
  if (empty) return { set: `${quoted(empty.name)} = null` };
  const madeUp = columns.find(
    ({ name, fallback }) => name !== 'id' && /gen_random_uuid|new_room_code/.test(fallback ?? ''),
  );
  return madeUp ? { set: `${quoted(madeUp.name)} = ${madeUp.fallback}` } : remove;
}

type Key = Rule & { isEmptyEqual: boolean };

/** All rows of a key but the newest. Empty keys are equal to nothing, where the index does not say otherwise. */
async function older(transaction: Transaction, { table, rule, columns, isEmptyEqual }: Key) {
  const { rows } = await transaction.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
     and attname = any ('{updated_at,created_at,started_at,reviewed_at,computed_at,joined_at}')`,
    [`kept.${quoted(table)}`],
  );
  const age = rows.map(({ name }) => `${quoted(name)} desc nulls last, `).join('');
  const key = columns.map(({ name }) => quoted(name));
  const isKey = isEmptyEqual ? 'true' : key.map((one) => `${one} is not null`).join(' and ');
  return `ctid in (select id from (
    select ctid as id, row_number() over (partition by ${key.join(', ')} order by ${age}ctid desc) as place
    from kept.${quoted(table)} where (${rule}) and ${isKey}) ranked where place > 1)`;
}

type Reference = {
  table: string;
  name: string;
  empties: boolean;
  target: string;
  columns: Column[];
  emptied: Column[];
  joined: string;
};

/** What a row leads to is gone: it follows as it would have then. One that goes may be led to itself, so until none is left. */
async function followReferences(
  transaction: Transaction,
  run: (table: string, rule: string, sql: string) => Promise<number>,
) {
  const { rows } = await transaction.query<Reference>(REFERENCES);
  for (let gone = 1; gone > 0; ) {
    gone = 0;
    for (const { table, name, empties, target, columns, emptied, joined } of rows) {
      const leads = columns.map((column) => `k.${quoted(column.name)} is not null`).join(' and ');
      const nulls = emptied.map((column) => `${quoted(column.name)} = null`).join(', ');
      gone += await run(
        table,
        name,
        `${empties ? `update kept.${quoted(table)} k set ${nulls}` : `delete from kept.${quoted(table)} k`}
         where ${leads} and not exists (select from ${target} o where ${joined})`,
      );
    }
  }
}

async function isThere(transaction: Transaction, ...tables: readonly string[]) {
  const { rows } = await transaction.query<{ all: boolean }>(
    'select bool_and(to_regclass(name) is not null) as "all" from unnest($1::text[]) as name',
    [tables],
  );
  return rows[0]?.all === true;
}
