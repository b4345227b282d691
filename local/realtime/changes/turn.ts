import type { Driver, Transaction } from '../../supabase/driver.ts';
import type { Identity } from '../identity.ts';
import type { Fields } from '../protocol.ts';
import { type Binding, isAction, listensTo } from './binding.ts';
import { readTables, type Table } from './catalog.ts';
import { isAfter, type Moment } from './moment.ts';
import { type Change, changePayload, obstacle, obstaclePayload } from './payload.ts';
import { filterKey, matchFilters } from './predicate.ts';
import { readVisible } from './visibility.ts';

/** Changes taken at once: enough to share the work on policies, few enough that requests get their turn. */
const BATCH = 200;

export type Listener = {
  binding: Binding;
  identity: Identity;
  /** What was committed later is for this listener. */
  after: Moment;
};

export type SentMessage = {
  id: string;
  topic: string;
  event: string;
  private: boolean;
  payload: unknown;
  bytes: Uint8Array | null;
};

/** One change, for all who are told it in the same words. */
export type ChangeDelivery<L> = { kind: 'change'; listeners: L[]; data: string };
/** In the order of the commits. */
export type Delivery<L> = { kind: 'message'; message: SentMessage } | ChangeDelivery<L>;

type OutboxRow = {
  id: number;
  xid: string;
  entity: number;
  action: string;
  record: Fields | null;
  old_record: Fields | null;
  committed_at: string;
  bytes: number;
};

/** Takes what these transactions left in the outbox, finds who may have it, and removes it. */
export async function takeTurn<L extends Listener>(
  driver: Driver,
  commits: readonly string[],
  listeners: Iterable<L>,
  changeBytes: number,
  log: (code: string, detail: string) => void,
): Promise<{ deliveries: Delivery<L>[]; isDone: boolean }> {
  const rows = await readOutbox(driver, commits);
  if (rows.length === 0) return { deliveries: [], isDone: true };
  const everybody = [...listeners];
  const changes = rows.flatMap((row) => changeOf(row) ?? []);
  const told = new Map<number, Delivery<L>[]>();
  try {
    if (changes.length > 0 && everybody.length > 0) {
      await driver.transaction(async (transaction) => {
        const roles = [...new Set(everybody.map(({ identity }) => identity.role))];
        const tables = await readTables(
          transaction,
          [...new Set(changes.map(({ entity }) => entity))],
          roles,
        );
        for (const table of tables.values()) {
          const own = changes.filter(({ entity }) => entity === table.entity);
          await tellTable(transaction, table, own, everybody, changeBytes, told, log);
        }
        // Only looked: the roles that were borrowed go with the transaction.
        await transaction.rollback();
      });
    }
  } catch (error) {
    // These changes are lost; one that cannot be told must not stop those behind it.
    log('UnableToProcessChanges', error instanceof Error ? error.message : String(error));
  }
  await driver.query('delete from realtime.outbox where id = any($1::int8[])', [rows.map(({ id }) => id)]);
  const deliveries = rows.flatMap((row): Delivery<L>[] => {
    const message = messageOf(row);
    return message ? [{ kind: 'message', message }] : (told.get(Number(row.id)) ?? []);
  });
  return { deliveries, isDone: rows.length < BATCH };
}

async function readOutbox(driver: Driver, commits: readonly string[]): Promise<OutboxRow[]> {
  const { rows } = await driver.query<OutboxRow>(
    `select id, xid::text as xid, entity::oid::int8 as entity, action, record, old_record,
       octet_length(record::text) + coalesce(octet_length(old_record::text), 0) as bytes,
       to_char(written_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as committed_at
     from unnest($1::text[]) with ordinality as commits(name, place)
     join realtime.outbox on xid = name::xid8
     order by place, id limit $2`,
    [[...commits], BATCH],
  );
  return rows;
}

function changeOf(row: OutboxRow): Change | null {
  const { action, record, old_record: oldRecord, committed_at: committedAt, bytes } = row;
  if (!isAction(action)) return null;
  const [id, xid, entity] = [Number(row.id), BigInt(row.xid), Number(row.entity)];
  return { id, xid, entity, action, record, oldRecord, committedAt, bytes };
}

function messageOf({ action, record }: OutboxRow): SentMessage | null {
  if (action !== 'MESSAGE' || record === null) return null;
  const { id, topic, event, payload, binary_payload: binary } = record;
  // As jsonb writes bytes: `\x` and two digits for each.
  const bytes = typeof binary === 'string' ? Buffer.from(binary.slice(2), 'hex') : null;
  return {
    id: String(id),
    topic: String(topic),
    event: String(event),
    private: record.private === true,
    payload,
    bytes,
  };
}

/** Whether a change passes the filters of a listener. Of a deleted row only its identity can be compared. */
function passes(binding: Binding, change: Change, table: Table, matches: Map<string, Set<number>>): boolean {
  const filters =
    change.action === 'DELETE'
      ? binding.filters.filter(({ column }) =>
          table.columns.some(({ name, isIdentity }) => isIdentity && name === column),
        )
      : binding.filters;
  if (binding.filters.length > 0 && filters.length === 0) return false;
  return filters.every((filter) => matches.get(filterKey(filter))?.has(change.id) === true);
}

async function tellTable<L extends Listener>(
  transaction: Transaction,
  table: Table,
  changes: readonly Change[],
  everybody: readonly L[],
  changeBytes: number,
  told: Map<number, Delivery<L>[]>,
  log: (code: string, detail: string) => void,
): Promise<void> {
  const concerned = everybody.filter(({ binding }) =>
    listensTo(binding, table.schema, table.name, binding.action),
  );
  if (changes.length === 0 || concerned.length === 0) return;
  const filters = concerned.flatMap(({ binding }) => binding.filters);
  const ids = changes.map(({ id }) => id);
  const matches = await matchFilters(transaction, table, filters, ids);

  // Everybody with the same claims shares one look at the rows.
  const readers = new Map<string, { identity: Identity; changes: Set<number> }>();
  const hits = changes.map((change) => {
    const among = concerned.filter(
      ({ binding, after }) =>
        isAfter(change.xid, after) && listensTo(binding, table.schema, table.name, change.action),
    );
    const passing = new Set(among.filter(({ binding }) => passes(binding, change, table, matches)));
    for (const { identity } of passing) {
      if (!table.hasRowSecurity || change.action === 'DELETE' || obstacle(table, change, identity.role))
        continue;
      const reader = readers.get(identity.key) ?? { identity, changes: new Set() };
      readers.set(identity.key, reader);
      reader.changes.add(change.id);
    }
    return { change, among, passing };
  });
  const checks = [...readers.values()];
  const { visible, failures } = await readVisible(transaction, table, checks);
  for (const failure of new Set(failures)) log('RlsPolicyError', failure);
  const visibleTo = new Map(checks.map(({ identity }, index) => [identity.key, visible[index]]));

  const mayRead = ({ identity }: L, change: Change) =>
    !table.hasRowSecurity ||
    change.action === 'DELETE' ||
    visibleTo.get(identity.key)?.has(change.id) === true;
  for (const { change, among, passing } of hits) {
    const isShown = (listener: L) => passing.has(listener) && mayRead(listener, change);
    told.set(change.id, tell(table, change, among, isShown, changeBytes));
  }
}

/** One change for those who are shown it, in the words of their role and selection, or told why they are not. */
function tell<L extends Listener>(
  table: Table,
  change: Change,
  among: readonly L[],
  isShown: (listener: L) => boolean,
  changeBytes: number,
): ChangeDelivery<L>[] {
  const groups = new Map<string, ChangeDelivery<L>>();
  for (const listener of among) {
    const { role } = listener.identity;
    const { select } = listener.binding;
    const error = obstacle(table, change, role);
    if (!error && !isShown(listener)) continue;
    const key = error ?? JSON.stringify([role, select]);
    const group = groups.get(key) ?? {
      kind: 'change',
      listeners: [],
      data: error
        ? obstaclePayload(table, change, error)
        : changePayload(table, change, role, select, changeBytes),
    };
    group.listeners.push(listener);
    groups.set(key, group);
  }
  return [...groups.values()];
}
