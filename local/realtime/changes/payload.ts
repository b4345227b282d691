import type { Fields } from '../protocol.ts';
import type { Action } from './binding.ts';
import type { Column, Table } from './catalog.ts';

export type Change = {
  id: number;
  xid: bigint;
  entity: number;
  action: Action;
  record: Fields | null;
  oldRecord: Fields | null;
  committedAt: string;
  bytes: number;
};

/** Values up to this size stay in the payload of a row that is too large as a whole. */
const SHORT_BYTES = 64;
const NO_KEY = 'Error 400: Bad Request, no primary key';
const FORBIDDEN = 'Error 401: Unauthorized';
const TOO_LARGE = 'Error 413: Payload Too Large';

/** Why a role cannot be shown the rows of a table; everybody who listens is told instead of given nothing. */
export function obstacle(table: Table, { action }: Change, role: string): string | null {
  if (action === 'DELETE') return null;
  const keys = table.columns.filter(({ isKey }) => isKey);
  if (keys.length === 0) return NO_KEY;
  return keys.every(({ readers }) => readers.includes(role)) ? null : FORBIDDEN;
}

type Told = { columns: object[]; record: object; old: object; errors: string[] | null };

const payloadOf = (table: Table, change: Change, { columns, record, old, errors }: Told) =>
  JSON.stringify({
    schema: table.schema,
    table: table.name,
    type: change.action,
    commit_timestamp: change.committedAt,
    columns,
    ...(change.action === 'DELETE' ? {} : { record }),
    ...(change.action === 'INSERT' ? {} : { old_record: old }),
    errors,
  });

export const obstaclePayload = (table: Table, change: Change, error: string) =>
  payloadOf(table, change, { columns: [], record: {}, old: {}, errors: [error] });

/** The `data` of a change as one role sees it: only columns it may read, only those it selected. */
export function changePayload(
  table: Table,
  change: Change,
  role: string,
  select: readonly string[] | null,
  changeBytes: number,
): string {
  const isTooLarge = change.bytes > changeBytes;
  const shown = table.columns.filter(
    ({ name, isKey, readers }) =>
      readers.includes(role) && (select === null || isKey || select.includes(name)),
  );
  const pick = (record: Fields | null, columns: readonly Column[]) =>
    Object.fromEntries(
      columns.flatMap(({ name }) => {
        const value = record?.[name];
        if (value === undefined) return [];
        const isShort = !isTooLarge || Buffer.byteLength(JSON.stringify(value)) <= SHORT_BYTES;
        return isShort ? [[name, value]] : [];
      }),
    );
  // Nobody can check any more who was allowed to read a deleted row, so its key is all that is told.
  const old = shown.filter(
    ({ isIdentity, isKey }) => isIdentity && (change.action === 'UPDATE' || !table.hasRowSecurity || isKey),
  );
  return payloadOf(table, change, {
    columns: shown.map(({ name, type }) => ({ name, type })),
    record: pick(change.record, shown),
    old: pick(change.oldRecord, old),
    errors: isTooLarge ? [TOO_LARGE] : null,
  });
}
