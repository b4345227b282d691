import { DatabaseSync } from 'node:sqlite';
import { zipSync } from 'fflate';
import { SCHEMA } from './schema.ts';

export type Row = (string | number)[];

/** A collection as another program writes it. */
export function collection(options: {
  models?: object;
  decks?: object;
  notes: Row[];
  cards: Row[];
  revlog?: Row[];
  more?: (database: DatabaseSync) => void;
}): Uint8Array {
  const database = new DatabaseSync(':memory:');
  database.exec(SCHEMA);
  const crt = Date.parse('2025-01-01T04:00:00Z') / 1_000;
  database
    .prepare(`insert into col values (1, ?, 0, 0, 11, 0, 0, 0, '{}', ?, ?, '{}', '{}')`)
    .run(crt, JSON.stringify(options.models ?? {}), JSON.stringify(options.decks ?? {}));
  for (const row of options.notes)
    database.prepare(`insert into notes values (?, ?, ?, 0, 0, ?, ?, 0, 0, 0, '')`).run(...row);
  for (const row of options.cards) {
    database
      .prepare(`insert into cards values (?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`)
      .run(...row);
  }
  for (const row of options.revlog ?? [])
    database.prepare('insert into revlog values (?, ?, 0, ?, ?, ?, ?, ?, ?)').run(...row);
  options.more?.(database);
  const bytes = new Uint8Array(database.serialize());
  database.close();
  return bytes;
}

export const BASIC = {
  1: {
    type: 0,
    flds: [{ name: 'Front' }, { name: 'Back' }],
    tmpls: [
      { qfmt: '{{Front}}', afmt: '{{FrontSide}}<hr id=answer>{{Back}}' },
      { qfmt: '{{Back}}', afmt: '{{FrontSide}}\n\n<hr id=answer>\n\n{{Front}}' },
    ],
  },
  2: {
    type: 1,
    flds: [{ name: 'Text' }, { name: 'Extra' }],
    tmpls: [{ qfmt: '{{cloze:Text}}', afmt: '{{cloze:Text}}{{Extra}}' }],
  },
};
export const DECKS = { 9: { name: 'Medicine::Heart' }, 10: { name: 'Cram' } };
/** The columns of a card after its id and its note's, in their order. */
const CARD = {
  did: 9,
  ord: 0,
  type: 0,
  queue: 0,
  due: 1,
  ivl: 0,
  factor: 0,
  reps: 0,
  lapses: 0,
  left: 0,
  odue: 0,
  odid: 0,
  data: '',
};
export const cardRow = (id: number, nid: number, fields: Partial<typeof CARD> = {}): Row => [
  id,
  nid,
  ...Object.values({ ...CARD, ...fields }),
];
export const note = (id: number, mid: number, fields: string[], tags = ''): Row => [
  id,
  `g${id}`,
  mid,
  tags,
  fields.join('\u001f'),
];
export const packed = (name: string, bytes: Uint8Array) => zipSync({ [name]: bytes });

/** A package with a column that is worked out anew whenever it is read: some hundred bytes, seconds of work. */
export function computingPackage(): Uint8Array {
  // Made with small numbers, because SQLite works it out on writing too.
  const bytes = collection({
    models: BASIC,
    notes: [],
    cards: [cardRow(1, 1)],
    more: (database) =>
      database.exec(`drop table notes; create table notes (id integer primary key, guid text, mid int, tags text,
        flds text generated always as ('a' || char(31) || instr(printf('%.0000016c', 'a'), printf('%.0000008c', 'a') || 'b')));
        insert into notes values (1, 'g', 1, '')`),
  });
  const large = Buffer.from(bytes)
    .toString('latin1')
    .replace('0000016c', '1600000c')
    .replace('0000008c', '0800000c');
  return packed('collection.anki2', Buffer.from(large, 'latin1'));
}
