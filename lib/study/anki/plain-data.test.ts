import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { readAnkiPackage } from './read.ts';
import { BASIC, cardRow, collection, note, packed } from './test-collection.ts';

const now = new Date('2026-01-01T00:00:00Z');
const COUNTING = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)';
const withMore = (sql: string, change = (bytes: Uint8Array) => bytes) =>
  packed(
    'collection.anki2',
    change(
      collection({
        models: BASIC,
        notes: [note(1, 1, ['a', 'b'])],
        cards: [cardRow(1, 1)],
        more: (database) => database.exec(sql),
      }),
    ),
  );

test.each([
  ['a view', 'drop table cards; create view cards as select * from notes'],
  ['a trigger', 'create trigger t after insert on notes begin select 1; end'],
  ['a virtual table', 'create virtual table words using fts5(word)'],
  ['a stored column that is computed', 'create table x (a text, b text generated always as (a || a) stored)'],
  ['a virtual column that is computed', `alter table notes add column more text as (printf('%.9c', 'a'))`],
  ['an index on an expression', 'create index x on notes (length(flds))'],
  ['an index with a condition that computes', `create index x on notes (id) where flds like '%a%'`],
  ['a check', 'create table x (a int check (a > 0))'],
  ['a default that is worked out', 'create table x (a int default (1 + 1))'],
])('a package with %s is refused with a sentence', (_, sql) => {
  expect(() => readAnkiPackage(withMore(sql), now)).toThrowError(
    expect.objectContaining({ code: 'file_damaged', message: expect.stringContaining('more than cards') }),
  );
});

test.each([
  ['what Anki itself makes', 'create index idx_cards_odid on cards (odid) where odid != 0; analyze'],
  [
    'names and comments of other programs',
    'create table "check" (a int default 1, /* as */ b text default null)',
  ],
  [
    'tables of several pages',
    `create table x (a); insert into x ${COUNTING} select printf('%.500c', 'a') from n`,
  ],
])('a package with %s is read', (_, sql) => {
  expect(readAnkiPackage(withMore(sql), now).cards).toHaveLength(1);
});

test('a tree that leads to the same page twice is refused before its rows are counted', () => {
  const many = `insert into revlog ${COUNTING} select i, 1, 0, 3, 1, 1, 0, 1, 1 from n`;
  const twice = withMore(many, (bytes) => {
    const database = new DatabaseSync(':memory:');
    database.deserialize(bytes);
    const row = database.prepare(`select rootpage from sqlite_master where name = 'revlog'`).get();
    database.close();
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const page = view.getUint16(16) * (Number(row?.rootpage) - 1);
    // The last child becomes the first once more.
    view.setUint32(page + 8, view.getUint32(page + view.getUint16(page + 12)));
    return bytes;
  });
  expect(() => readAnkiPackage(twice, now)).toThrowError(expect.objectContaining({ code: 'file_damaged' }));
});
