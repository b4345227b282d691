import { zstdCompressSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../calendar/dates.ts';
import { readAnkiPackage } from './read.ts';
import { BASIC, cardRow, collection, DECKS, note, packed, type Row } from './test-collection.ts';

const now = new Date('2026-11-20T12:00:00.000Z');

describe('a package of somebody else', () => {
  test('keeps formulas, lists and emphasis, and leaves media behind', () => {
    const read = readAnkiPackage(
      packed(
        'collection.anki2',
        collection({
          models: BASIC,
          decks: DECKS,
          notes: [
            note(
              1,
              1,
              [
                'What is <b>H<sub>2</sub>O</b>?<img src="a.png">',
                '<div>Water</div><ul><li>wet</li><li>clear</li></ul>[sound:a.mp3]',
              ],
              ' Chem::Basics leech ',
            ),
            note(2, 1, [
              '<anki-mathjax>x&lt;<b>y</b></anki-mathjax>',
              '[latex]$\\alpha$[/latex] and [$]b[/$] &amp; &#960;&nbsp;<script>alert(1)</script>',
            ]),
            note(3, 2, ['{{c1::Aorta}} &gt; {{c2::vein}}', 'Extra<br>line']),
            note(4, 1, ['<img src="only.png">', 'x']),
          ],
          cards: [
            cardRow(11, 1),
            cardRow(12, 1, { ord: 1 }),
            cardRow(13, 2),
            cardRow(14, 3),
            cardRow(15, 3, { ord: 1 }),
            cardRow(16, 3, { ord: 2 }),
            cardRow(17, 4),
            cardRow(18, 99),
          ],
        }),
      ),
      now,
    );
    const water = ['What is H\\(_{2}\\)O?', 'Water\n\n- wet\n- clear'] as const;
    const vessels = ['{{c1::Aorta}} > {{c2::vein}}', 'Extra\nline'] as const;
    expect(
      read.cards.map(({ guid, clozeIndex, kind, front, back, topic }) => [
        `${guid} ${kind} ${clozeIndex}`,
        front,
        back,
        topic,
      ]),
    ).toEqual([
      ['g1 basic 1', ...water, 'Basics'],
      ['g1:1 basic 1', ...water.toReversed(), 'Basics'],
      ['g2 basic 1', '\\(x<y\\)', '\\(\\alpha\\) and \\(b\\) & π', null],
      ['g3 cloze 1', ...vessels, null],
      ['g3 cloze 2', ...vessels, null],
    ]);
    expect(new Set(read.cards.map(({ deck }) => deck))).toEqual(new Set(['Medicine::Heart']));
    expect(read).toMatchObject({ skipped: 3, media: 3 });
  });

  test('takes memory from FSRS where it is, from the history, or from the interval alone', () => {
    const day = (n: number) => Date.parse('2025-01-01T04:00:00Z') + n * DAY_MS;
    const stepSeconds = Math.floor((day(23) + 600_000) / 1_000);
    const reviewed = (id: number, fields: Parameters<typeof cardRow>[2]) =>
      cardRow(id, id - 20, { type: 2, queue: 2, due: 700, factor: 2_500, reps: 4, ...fields });
    const revlog: Row[] = [
      [day(10), 22, 3, -600, 0, 0, 5_000, 0],
      [day(10) + 600_000, 22, 3, 2, -600, 0, 5_000, 0],
      [day(12), 22, 3, 11, 2, 0, 5_000, 1],
      [day(13), 22, 0, 20, 11, 0, 0, 4],
      [day(23), 22, 1, 11, 11, 0, 5_000, 1],
    ];
    const read = readAnkiPackage(
      packed(
        'collection.anki21',
        collection({
          models: BASIC,
          decks: DECKS,
          notes: [1, 2, 3, 4, 5].map((id) => note(id, 1, ['q', 'a'])),
          cards: [
            reviewed(21, { ivl: 30, data: '{"s":41.5,"d":6.25,"dr":0.9,"lrt":1790000000}' }),
            reviewed(22, { type: 3, queue: 1, due: stepSeconds, ivl: 1, lapses: 1, left: 1_001 }),
            reviewed(23, { ivl: 60, factor: 2_100, data: 'not json' }),
            reviewed(24, { queue: -1, due: -100_005, ivl: 10, odue: 650, odid: 9, did: 10 }),
            reviewed(25, { queue: -2, ivl: 10 }),
          ],
          revlog,
        }),
      ),
      now,
    );
    const [fsrs, replayed, inferred, filtered, buried] = read.cards;
    expect(fsrs?.state).toMatchObject({
      stability: 41.5,
      difficulty: 6.25,
      state: 2,
      reps: 4,
      scheduledDays: 30,
    });
    expect(replayed?.reviews.map(({ rating, state }) => [rating, state])).toEqual([
      [3, 0],
      [3, 1],
      [3, 2],
      [1, 2],
    ]);
    expect(replayed?.state).toMatchObject({
      state: 3,
      reps: 4,
      lapses: 1,
      learningSteps: 0,
      lastReview: new Date(day(23)).toISOString(),
    });
    expect(replayed?.state.stability).toBeGreaterThan(0.5);
    expect(replayed?.state.stability).toBeLessThan(5);
    expect(inferred?.state).toMatchObject({ stability: 60, scheduledDays: 60 });
    expect(inferred?.state.difficulty).toBeGreaterThan(5);
    expect(filtered).toMatchObject({ suspended: true, deck: 'Medicine::Heart' });
    expect(filtered?.state.due).toBe(new Date(day(650)).toISOString());
    expect(buried).toMatchObject({ suspended: false });
  });

  test('of the newest kind is read from its compressed collection and its tables', () => {
    const text = (field: number, value: string) => [field * 8 + 2, value.length, ...strToU8(value)];
    const bytes = collection({
      notes: [note(1, 5, ['{{c1::A}} b', '']), note(2, 6, ['q', 'a'])],
      cards: [cardRow(11, 1), cardRow(12, 2)],
      more: (database) => {
        database.exec(`
          create table decks (id integer primary key not null, name text not null collate nocase, mtime_secs integer, usn integer, common blob, kind blob);
          create table notetypes (id integer not null primary key, name text not null collate nocase, mtime_secs integer, usn integer, config blob);
          create table fields (ntid integer not null, ord integer not null, name text not null collate nocase, config blob, primary key (ntid, ord)) without rowid;
          create table templates (ntid integer not null, ord integer not null, name text not null collate nocase, mtime_secs integer, usn integer, config blob, primary key (ntid, ord)) without rowid;
          create unique index idx_decks_name on decks (name);
          create unique index idx_notetypes_name on notetypes (name);
          create unique index idx_fields_name_ntid on fields (name, ntid);
          create unique index idx_templates_name_ntid on templates (name, ntid);
          insert into decks values (9, 'Top' || char(31) || 'Sub', 0, 0, null, null);
          insert into fields values (5, 0, 'Text', null), (5, 1, 'Back Extra', null), (6, 0, 'Front', null), (6, 1, 'Back', null);
        `);
        database
          .prepare(`insert into notetypes values (5, 'Cloze', 0, 0, ?), (6, 'Basic', 0, 0, ?)`)
          .run(new Uint8Array([8, 1, ...text(3, 'css')]), new Uint8Array(text(3, 'css')));
        const template = new Uint8Array([
          ...text(1, '{{Front}}'),
          ...text(2, '{{FrontSide}}<hr id=answer>{{Back}}'),
        ]);
        database
          .prepare(`insert into templates values (5, 0, 'C', 0, 0, ?), (6, 0, 'B', 0, 0, ?)`)
          .run(new Uint8Array(), template);
        // Anki sorts names by a collation of its own, which no other program has.
        database.enableDefensive(false);
        database.exec(`pragma writable_schema = on;
          update sqlite_master set sql = replace(sql, 'collate nocase', 'collate unicase')`);
      },
    });
    const old = collection({
      models: BASIC,
      notes: [note(1, 1, ['Please update', 'x'])],
      cards: [cardRow(1, 1)],
    });
    const apkg = zipSync({
      meta: new Uint8Array([8, 3]),
      'collection.anki21b': new Uint8Array(zstdCompressSync(bytes)),
      'collection.anki2': old,
      '0': strToU8('a picture'),
    });
    expect(
      readAnkiPackage(apkg, now).cards.map(({ kind, front, back, deck }) => [kind, front, back, deck]),
    ).toEqual([
      ['cloze', '{{c1::A}} b', '', 'Top::Sub'],
      ['basic', 'q', 'a', 'Top::Sub'],
    ]);
  });

  test('that is no package, damaged or a bomb is refused with its reason', () => {
    const bomb = new Uint8Array(zstdCompressSync(new Uint8Array(300 * 1024 * 1024)));
    const bytes = collection({ notes: [], cards: [] });
    const lying = zipSync({ 'collection.anki2': bytes });
    // The size a file claims in the list at its end, made larger than anything that is read.
    const list = lying.findLastIndex(
      (_, at) => lying[at] === 0x50 && lying[at + 1] === 0x4b && lying[at + 2] === 1 && lying[at + 3] === 2,
    );
    new DataView(lying.buffer).setUint32(list + 24, 0x7f_ff_ff_ff, true);
    const cases: [Uint8Array, string][] = [
      [new Uint8Array(), 'file_unsupported'],
      [strToU8('front,back'), 'file_unsupported'],
      [zipSync({ 'notes.txt': strToU8('x') }), 'file_unsupported'],
      [
        zipSync({ 'collection.anki2': strToU8('no database at all, and long enough to look at') }),
        'file_damaged',
      ],
      [packed('collection.anki2', bytes).subarray(0, 200), 'file_damaged'],
      [packed('collection.anki21b', bytes), 'file_damaged'],
      [packed('collection.anki21b', bomb), 'file_too_large'],
      [lying, 'file_too_large'],
    ];
    for (const [index, [file, code]] of cases.entries()) {
      expect(() => readAnkiPackage(file, now), `case ${index}`).toThrow(expect.objectContaining({ code }));
    }
  });
});
