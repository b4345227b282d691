import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../calendar/dates.ts';
import { type CardRating, type CardState, PHASE } from '../../domain/card.ts';
import { seeded } from '../../test-random.ts';
import { newCardState } from '../cards/card-state.ts';
import { clozeIndexes } from '../cards/cloze.ts';
import { type CardPlan, nextState } from '../cards/schedule.ts';
import { checksum, clozeForAnki, clozeFromAnki, fieldOfText, textOfField } from './fields.ts';
import { readAnkiPackage } from './read.ts';
import type { CardReview, ExportedCard } from './types.ts';
import { writeAnkiPackage } from './write.ts';

const now = new Date('2026-11-20T12:00:00.000Z');

/** A card that was studied for a while, with the log our database would hold of it. */
function studied(index: number, random: () => number, fields: Partial<ExportedCard> = {}): ExportedCard {
  const plan: CardPlan = { cardId: `card-${index}`, desiredRetention: 0.9, examDate: null, timezone: 'UTC' };
  let at = new Date(now.getTime() - (30 + random() * 300) * DAY_MS);
  let state: CardState = newCardState(at);
  const reviews: CardReview[] = [];
  const count = Math.floor(random() * 12);
  for (let step = 0; step < count && at.getTime() < now.getTime() - DAY_MS; step++) {
    const rating = (1 + Math.floor(random() * 4)) as CardRating;
    reviews.push({
      rating,
      state: state.state,
      due: state.due,
      stability: state.stability,
      difficulty: state.difficulty,
      scheduledDays: state.scheduledDays,
      durationMs: Math.floor(random() * 20_000),
      reviewedAt: at.toISOString(),
    });
    state = nextState(state, rating, at, plan);
    at = new Date(Date.parse(state.due) + Math.floor(random() * 2 * DAY_MS));
  }
  return {
    guid: `guid-${index}`,
    clozeIndex: 1,
    kind: 'basic',
    front: `Question ${index}?`,
    back: `Answer ${index}`,
    topic: 'Cell biology',
    tags: ['exam', 'week 1'],
    deck: index % 2 === 0 ? 'Biology' : 'Biology::Cells',
    suspended: index % 7 === 0,
    state,
    reviews,
    sourceLine: 'Biology, page 3',
    desiredRetention: 0.9,
    ...fields,
  };
}

const withoutExport = ({ sourceLine, desiredRetention, ...card }: ExportedCard) => card;
const CLOZE = 'So \\(x = {{c1::\\frac{1}{2}}}\\) where {{c2::$a_{n} < b$::a bound}} & "more".\nNext';

/** The collection of a package, to be asked in SQL. */
function open(apkg: Uint8Array) {
  const collection = unzipSync(apkg)['collection.anki2'];
  if (!collection) throw new Error('There is no collection.');
  const database = new DatabaseSync(':memory:');
  database.deserialize(collection);
  const all = (sql: string, ...values: string[]) => database.prepare(sql).all(...values);
  return { all, one: (sql: string) => all(sql)[0] ?? {} };
}

describe('an exported package', () => {
  const random = seeded(1);
  const cards = [
    ...Array.from({ length: 60 }, (_, index) => studied(index, random)),
    ...[1, 2].map((clozeIndex) =>
      studied(100, random, {
        guid: 'cloze-note',
        kind: 'cloze',
        clozeIndex,
        front: CLOZE,
        back: 'Why: $$e^{i\\pi}$$',
      }),
    ),
    studied(200, random, {
      front: 'Costs $5 and $6, **bold** *soft* `a<b`',
      back: 'line\n\nother – ümlaut 漢字 🙂',
    }),
    studied(201, random, { front: '12345', back: '\\[\\sum_{i<n} a_i\\]', topic: null }),
  ];
  const apkg = writeAnkiPackage(cards, now);
  const { all, one } = open(apkg);

  test('comes back with every review, its time, rating, duration, phase and memory', () => {
    const read = readAnkiPackage(apkg, now);
    expect(read).toMatchObject({ skipped: 0, media: 0 });
    expect(read.cards).toHaveLength(cards.length);
    const key = (card: { guid: string; clozeIndex: number }) => `${card.guid} ${card.clozeIndex}`;
    const byKey = new Map(read.cards.map((card) => [key(card), card]));
    for (const card of cards) {
      const back = byKey.get(key(card));
      if (!back) throw new Error(`${card.guid} did not come back.`);
      const { state, reviews, ...text } = withoutExport(card);
      const { state: readState, reviews: readReviews, ...readText } = back;
      expect(readText).toEqual(text);
      expect(readReviews).toHaveLength(reviews.length);
      for (const [index, { stability, difficulty, due, scheduledDays: _, ...review }] of reviews.entries()) {
        const found = readReviews[index];
        expect(found).toMatchObject(review);
        expect(Math.abs((found?.stability ?? 0) - stability)).toBeLessThan(1e-4);
        expect(Math.abs((found?.difficulty ?? 0) - difficulty)).toBeLessThan(1e-4);
        if (index > 0)
          expect(Math.abs(Date.parse(found?.due ?? '') - Date.parse(due))).toBeLessThanOrEqual(1_000);
      }
      if (state.state === PHASE.unseen) {
        expect(readState.state).toBe(PHASE.unseen);
        continue;
      }
      const { due: _due, elapsedDays: _elapsed, ...kept } = state;
      expect(readState).toMatchObject(kept);
      expect(Math.abs(Date.parse(readState.due) - Date.parse(state.due))).toBeLessThanOrEqual(1_000);
    }
  });

  test('has the tables of Anki’s schema 11 with their columns', () => {
    const named = (type: string, required: boolean) => (table: string) =>
      all(
        `select name from pragma_table_info(?) where upper(type) = '${type}' and "notnull" = ${+required}`,
        table,
      )
        .map(({ name }) => name)
        .join(' ');
    const shapeOf = (table: string) =>
      [named('INTEGER', false), named('INTEGER', true), named('TEXT', true)].map((columns) => columns(table));
    expect(
      Object.fromEntries(
        ['col', 'notes', 'cards', 'revlog', 'graves'].map((table) => [table, shapeOf(table)]),
      ),
    ).toEqual({
      col: ['id', 'crt mod scm ver dty usn ls', 'conf models decks dconf tags'],
      notes: ['id', 'mid mod usn sfld csum flags', 'guid tags flds data'],
      cards: ['id', 'nid did ord mod usn type queue due ivl factor reps lapses left odue odid flags', 'data'],
      revlog: ['id', 'cid usn ease ivl lastIvl factor time type', ''],
      graves: ['', 'usn oid type', ''],
    });
    expect(one('select ver, (select count(*) from graves) as graves from col')).toEqual({
      ver: 11,
      graves: 0,
    });
    expect(one('pragma integrity_check')).toEqual({ integrity_check: 'ok' });
    const indexes = all(`select name from sqlite_master where type = 'index' order by name`);
    expect(indexes.map(({ name }) => String(name).replace(/^ix_/, '')).join(' ')).toBe(
      'cards_nid cards_sched cards_usn notes_csum notes_usn revlog_cid revlog_usn',
    );
  });

  test('names only what it holds: models, decks, fields, templates and options', () => {
    const { conf, models, decks, dconf, tags } = one('select conf, models, decks, dconf, tags from col');
    for (const column of [conf, tags]) expect(JSON.parse(String(column))).toBeTypeOf('object');
    const listed = (column: unknown) =>
      JSON.parse(String(column)) as Record<string, { flds: unknown[]; conf: number }>;
    for (const { mid, flds } of all('select mid, flds from notes group by mid')) {
      expect(String(flds).split('\u001f')).toHaveLength(listed(models)[String(mid)]?.flds.length ?? 0);
    }
    for (const { did } of all('select distinct did from cards')) {
      expect(listed(dconf)).toHaveProperty(String(listed(decks)[String(did)]?.conf));
    }
    const stray = (table: string, key: string, of: string) =>
      all(`select 1 from ${table} where ${key} not in (select id from ${of})`);
    expect([stray('cards', 'nid', 'notes'), stray('revlog', 'cid', 'cards')]).toEqual([[], []]);
    const clozes = all(
      `select ord from cards where nid = (select id from notes where guid = 'cloze-note') order by ord`,
    );
    expect(clozes.map(({ ord }) => ord)).toEqual([0, 1]);
    expect(one('select count(*) as n, count(distinct guid) as guids from notes')).toEqual({
      n: 63,
      guids: 63,
    });
  });

  test('has checksums, days and queues that Anki takes as they are', () => {
    for (const { flds, csum, sfld } of all('select flds, csum, sfld from notes')) {
      const [front = ''] = String(flds).split('\u001f');
      expect(csum).toBe(checksum(front));
      expect(String(sfld).includes('<')).toBe(/&lt;/.test(front));
    }
    const plain = one(`select csum from notes where guid = 'guid-201' or flds like '12345%'`);
    expect(plain.csum).toBe(
      Number.parseInt(createHash('sha1').update('12345').digest('hex').slice(0, 8), 16),
    );
    const wrong = all(
      `select * from cards where due < 0 or ivl < 0 or queue not in (-1, 0, 1, 2)
        or (type = 2 and (ivl < 1 or due > 100000)) or (type in (1, 3) and due < 1000000000)
        or (queue >= 0 and queue <> (case type when 3 then 1 else type end))`,
    );
    expect(wrong).toEqual([]);
    const suspended = all('select id from cards where queue = -1');
    expect(suspended).toHaveLength(cards.filter((card) => card.suspended).length);
  });

  test('writes maths for MathJax, and closes no cloze early', () => {
    const field = fieldOfText(clozeForAnki(CLOZE));
    expect(field).toContain('\\(x = {{c1::\\frac{1}{2} }}\\)');
    expect(field).toContain('{{c2::\\(a_{n} &lt; b\\)::a bound}} &amp; "more".<br>Next');
    // Anki ends a cloze at the first two closing braces.
    const ankiClozes = [...field.matchAll(/\{\{c(\d)::([\s\S]*?)\}\}/g)].map((match) => match[2]);
    expect(ankiClozes).toEqual(['\\frac{1}{2} ', '\\(a_{n} &lt; b\\)::a bound']);
    expect(clozeFromAnki(textOfField(field))).toBe(CLOZE.replace('$a_{n} < b$', '\\(a_{n} < b\\)'));
    expect(clozeIndexes(textOfField(field))).toEqual([1, 2]);
    expect(fieldOfText('Costs $5 and $6')).toBe('Costs $5 and $6');
  });

  test('takes pictures along by their names, and reads them as they stood', () => {
    const [doc, one, other] = ['a', 'b', 'c'].map(
      (sign) => `${sign.repeat(8)}-0000-4000-8000-${sign.repeat(12)}`,
    );
    const address = (id?: string) => `/api/documents/${doc}/images/${id}`;
    const front = `Which **bone** is \\(x<1\\)? ![The "hand" & arm](${address(one)})`;
    const card = studied(300, random, {
      front,
      back: `![](${address(other)})\nThe ulna ![far](https://a.b/c.png)`,
    });
    const bytes = new Uint8Array([137, 80, 78, 71]);
    const packed = writeAnkiPackage([card], now, new Map([[`clerva-${doc}-${one}.png`, bytes]]));
    const files = unzipSync(packed);
    expect(JSON.parse(new TextDecoder().decode(files.media))).toEqual({ 0: `clerva-${doc}-${one}.png` });
    expect(files['0']).toEqual(bytes);
    const [{ flds } = {}] = open(packed).all('select flds from notes');
    expect(flds).toContain(`<img src="clerva-${doc}-${one}.png" alt="The &#34;hand&#34; &#38; arm">`);
    expect(readAnkiPackage(packed, now)).toMatchObject({ media: 0, cards: [{ front, back: card.back }] });
  });

  test('of nothing is a package without cards', () => {
    expect(readAnkiPackage(writeAnkiPackage([], now), now)).toMatchObject({
      cards: [],
      skipped: 0,
      media: 0,
    });
  });

  test('of so many cards that nothing fits into one statement comes back whole, with every review', () => {
    const many = Array.from({ length: 1_200 }, (_, index) => studied(index, random));
    const read = readAnkiPackage(writeAnkiPackage(many, now), now);
    expect(read.cards).toHaveLength(many.length);
    const reviews = (list: { reviews: unknown[] }[]) => list.flatMap((card) => card.reviews).length;
    expect(reviews(read.cards)).toBe(reviews(many));
    // More than the 32,766 values that SQLite takes at once.
    expect(reviews(many) * 9).toBeGreaterThan(32_766);
  });
});
