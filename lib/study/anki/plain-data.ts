import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';

const HEADER = 100;
const INTERIOR = new Set([2, 5]);
const INTERIOR_HEADER = 12;

const notPlain = () =>
  new AppError('file_damaged', {
    message:
      'This package holds more than cards, and what is more would have to be run. Export it from Anki again.',
  });

/**
 * Every page of a sound file is in one place of one tree. Where a tree leads to a page twice, a file of some kilobytes
 * counts more rows than anybody can wait for, inside SQLite, where nothing can end it.
 */
export function treeCheck(bytes: Uint8Array): (root: number) => void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER) throw new AppError('file_damaged');
  // The largest size does not fit its field and is written as 1.
  const declared = view.getUint16(16);
  const size = declared === 1 ? 65_536 : declared;
  if (size < 512) throw new AppError('file_damaged');
  const seen = new Set<number>();
  return (root) => {
    const open = [root];
    for (let page = open.pop(); page !== undefined; page = open.pop()) {
      const start = (page - 1) * size;
      if (page < 1 || start + size > bytes.length || seen.has(page)) throw new AppError('file_damaged');
      seen.add(page);
      const at = page === 1 ? HEADER : start;
      if (!INTERIOR.has(view.getUint8(at))) continue;
      open.push(view.getUint32(at + 8));
      for (let cell = 0; cell < view.getUint16(at + 3); cell += 1) {
        const pointer = at + INTERIOR_HEADER + cell * 2;
        const child = start + (pointer + 2 <= start + size ? view.getUint16(pointer) : size);
        if (child + 4 > start + size) throw new AppError('file_damaged');
        open.push(view.getUint32(child));
      }
    }
  };
}

const LITERAL = /^(?:null|true|false|[-+]?[\d.]+(?:e[-+]?\d+)?|x?'(?:[^']|'')*'|"[^"]*")$/i;
/** Names, texts and comments, in which any word may stand. */
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
const PLAIN_CONDITION = /^\s*\w+\s*(?:=|==|!=|<>|<|>|<=|>=|is|is\s+not)\s*(?:-?\d+|null)\s*$/i;

/** Whether reading this schema is reading alone: no view, trigger, computed column or index, nothing with a condition. */
export function refuseWhatComputes(database: DatabaseSync): void {
  const all = (sql: string) => database.prepare(sql).all();
  const tables = all(`select 1 from pragma_table_list where schema = 'main' and type <> 'table'`);
  const schema = all('select type, sql, name from sqlite_master');
  const columns = all(`select x.hidden, x.dflt_value as value from pragma_table_list t
    join pragma_table_xinfo(t.name) x where t.schema = 'main'`);
  const indexed = all(`select 1 from sqlite_master m join pragma_index_xinfo(m.name) x
    where m.type = 'index' and x.cid = -2`);
  const isPlain =
    tables.length === 0 &&
    indexed.length === 0 &&
    columns.every(({ hidden, value }) => hidden === 0 && (value === null || LITERAL.test(String(value)))) &&
    schema.every(({ type, sql }) => isPlainEntry(String(type), String(sql ?? '').replace(QUOTED, ' q ')));
  if (!isPlain) throw notPlain();
}

function isPlainEntry(type: string, sql: string): boolean {
  if (type === 'table') return !/\b(?:check|generated|as|virtual)\b/i.test(sql);
  const [, condition] = /\bwhere\b([\s\S]*)$/i.exec(sql) ?? [];
  return type === 'index' && (condition === undefined || PLAIN_CONDITION.test(condition));
}
