import { describe, expect, test } from 'vitest';
import { clozeAnswers, clozeFromBlank, clozeIndexes, clozePlain, parseCloze } from './cloze.ts';
import { cardsFromCsv, cardsFromLines, cardsToCsv, cardsToTsv } from './deck-text.ts';
import { withoutDuplicates } from './duplicates.ts';
import { minutesFor } from './minutes.ts';
import { readyCards } from './new-card.ts';
import { isProvenAnswer, prepareCard } from './prepare.ts';

describe('cloze texts', () => {
  test('hide several numbers, each with its answers', () => {
    const text = '{{c1::Mitosis}} makes {{c2::two::how many}} cells, {{c1::meiosis}} four.';
    expect(clozeIndexes(text)).toEqual([1, 2]);
    expect(clozeAnswers(text, 1)).toEqual(['Mitosis', 'meiosis']);
    expect(parseCloze(text)[2]).toMatchObject({ type: 'cloze', index: 2, hint: 'how many' });
    expect(clozePlain(text)).toBe('Mitosis makes two cells, meiosis four.');
  });

  test('close after a formula, not inside it', () => {
    const text = 'So \\(x = {{c1::\\frac{1}{2}}}\\), and {{c2::$a_{n}$}}.';
    expect(clozeAnswers(text, 1)).toEqual(['\\frac{1}{2}']);
    expect(clozeAnswers(text, 2)).toEqual(['$a_{n}$']);
  });

  test('may lie inside each other', () => {
    const text = '{{c1::The {{c2::left}} ventricle}} pumps.';
    expect(clozeIndexes(text)).toEqual([1, 2]);
    expect(clozeAnswers(text, 1)).toEqual(['The left ventricle']);
    expect(clozeAnswers(text, 2)).toEqual(['left']);
  });

  test.each(['{{c1::open', '{{c0::x}}', '{{x::y}}', 'plain', '{{c1::a}', ''])('leave %j as text', (text) => {
    expect(clozeIndexes(text)).toEqual([]);
    expect(clozePlain(text)).toBe(text);
  });

  test('come from a single blank and its answer', () => {
    expect(clozeFromBlank('The ____ makes ATP.', 'mitochondrion')).toBe(
      'The {{c1::mitochondrion}} makes ATP.',
    );
    expect(clozeFromBlank('____ and ____', 'a')).toBeNull();
    expect(clozeFromBlank('none', 'a')).toBeNull();
  });

  test('are read in time however they are nested', () => {
    const text = '{{c1::'.repeat(3_000);
    const before = performance.now();
    expect(clozeIndexes(text)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('a draft', () => {
  test('becomes one card for each number it hides', () => {
    expect(readyCards({ front: '{{c1::A}} and {{c2::B}}', back: '' })).toEqual([
      { front: '{{c1::A}} and {{c2::B}}', back: '', kind: 'cloze', clozeIndex: 1 },
      { front: '{{c1::A}} and {{c2::B}}', back: '', kind: 'cloze', clozeIndex: 2 },
    ]);
  });

  test('needs both sides unless it hides something', () => {
    expect(readyCards({ front: 'What?', back: ' ' })).toEqual([]);
    expect(readyCards({ front: ' ', back: 'x' })).toEqual([]);
    expect(readyCards({ front: 'The ___ pumps.', back: 'heart', kind: 'cloze' })).toMatchObject([
      { front: 'The {{c1::heart}} pumps.', back: '', kind: 'cloze' },
    ]);
    expect(readyCards({ front: 'Heart?', back: 'Pumps.', kind: 'cloze' })).toMatchObject([{ kind: 'basic' }]);
  });

  const passage = {
    docId: 'd',
    ord: 0,
    source: 'Psychology',
    page: 3,
    locator: { kind: 'page' as const, index: 3, total: 9, label: null },
    headingPath: ['8 Memory', '8.1 Short-term memory'],
    text: 'Short-term memory storage lasts about 20 seconds. It is small.',
    charStart: 100,
  };

  test('carries the words that prove it, and marks only what stands in them', () => {
    const [card] = prepareCard(
      { front: 'Short-term memory storage lasts about {{c1::20 seconds}}.', back: '', passage },
      () => 'g',
    );
    expect(card).toMatchObject({
      topic: 'Short-term memory',
      deck: 'Psychology',
      source: { quote: 'Short-term memory storage lasts about 20 seconds.', quoteStart: 100, quoteEnd: 149 },
    });
    if (!card) throw new Error('There is a card.');
    expect(isProvenAnswer(card)).toBe(true);
    expect(isProvenAnswer({ ...card, front: 'It lasts {{c1::an hour}}.' })).toBe(false);
    expect(isProvenAnswer({ ...card, source: null })).toBe(false);
  });

  test('without its words in the passage carries no proof', () => {
    const draft = { front: 'How long?', back: 'an hour or two', quote: 'lasts about an hour', passage };
    expect(prepareCard(draft, () => 'g')).toMatchObject([{ source: null, deck: 'Psychology' }]);
    expect(prepareCard({ front: 'How long?', back: 'an hour' }, () => 'g')).toMatchObject([
      { source: null, deck: 'My cards', topic: null },
    ]);
  });
});

describe('duplicates', () => {
  const deck = [
    { front: 'What is working memory?', back: 'A store for what is in use now' },
    { front: 'The {{c1::heart}} pumps blood.', back: '' },
    { front: 'When did the First World War begin?', back: '1914' },
    { front: '工作记忆是什么?', back: '正在使用的信息' },
  ];
  const isDuplicate = (front: string, back: string) =>
    withoutDuplicates([{ front, back }], deck).duplicates.length === 1;

  test.each([
    ['What is working memory?', 'Something else'],
    ['Define working memory', 'the store for what is in use'],
    ['what is Working-Memory', 'A store for what is in use now.'],
    ['The heart {{c1::pumps blood}}.', ''],
    ['When did the first world war begin?', 'In 1914'],
    ['工作记忆是什么？', '正在使用的信息'],
  ])('finds %j again', (front, back) => {
    expect(isDuplicate(front, back)).toBe(true);
  });

  test.each([
    ['What is long-term memory?', 'A store for years'],
    ['What is not working memory?', 'A store for what is in use now'],
    ['When did the Second World War begin?', '1939'],
    ['When did the First World War end?', '1918'],
    ['What limits working memory?', 'Attention'],
  ])('keeps %j', (front, back) => {
    expect(isDuplicate(front, back)).toBe(false);
  });

  test('tells numbers and signs apart', () => {
    const formulas = [{ front: 'Solve x + 1 = 2', back: '1' }];
    expect(withoutDuplicates([{ front: 'Solve x - 1 = 2', back: '3' }], formulas).fresh).toHaveLength(1);
    expect(withoutDuplicates([{ front: 'Solve x + 1 = 3', back: '2' }], formulas).fresh).toHaveLength(1);
  });

  test('are found inside one batch, and the first one stays', () => {
    const { fresh, duplicates } = withoutDuplicates(
      [
        { front: 'Define osmosis', back: 'Water through a membrane' },
        { front: 'What is osmosis?', back: 'Water moving through a membrane' },
      ],
      [],
    );
    expect(fresh.map(({ front }) => front)).toEqual(['Define osmosis']);
    expect(duplicates).toHaveLength(1);
  });
});

describe('text files', () => {
  const card = { kind: 'basic', topic: null, deck: 'D', due: null, suspended: false };
  const awkward = [
    { ...card, front: 'A "quoted", comma', back: 'two\nlines' },
    { ...card, front: '=SUM(A1)', back: '-1' },
    { ...card, front: '\\(x^2\\)', back: 'ümlaut 漢字 🙂', topic: 'T' },
  ];

  test('CSV gives back what was written, and runs nothing in a spreadsheet', () => {
    const csv = cardsToCsv(awkward);
    expect(csv).toContain("'=SUM(A1)");
    expect(cardsFromCsv(csv).cards).toEqual(
      awkward.map(({ front, back, topic }) => ({ front, back, deck: 'D', ...(topic ? { topic } : {}) })),
    );
    expect(cardsFromCsv(`\uFEFF${csv.replaceAll(',', ';')}`).cards).toHaveLength(3);
  });

  test('CSV without a header, and rows that are no card', () => {
    expect(cardsFromCsv('a,b\nonly\n,x\nc,d')).toEqual({
      cards: [
        { front: 'a', back: 'b' },
        { front: 'c', back: 'd' },
      ],
      skipped: [2, 3],
    });
    expect(cardsFromCsv('')).toEqual({ cards: [], skipped: [] });
  });

  test('pasted lines by tab, dash or semicolon', () => {
    expect(cardsFromLines('a\tb\r\n\nc\td e').cards).toEqual([
      { front: 'a', back: 'b' },
      { front: 'c', back: 'd e' },
    ]);
    expect(cardsFromLines('heart - pumps\nlung – breathes').cards[1]).toEqual({
      front: 'lung',
      back: 'breathes',
    });
    expect(cardsFromLines('x; y').cards).toEqual([{ front: 'x', back: 'y' }]);
    expect(cardsFromLines('one\ttwo\nnothing here')).toEqual({
      cards: [{ front: 'one', back: 'two' }],
      skipped: [2],
    });
    expect(cardsFromLines(cardsToTsv(awkward)).cards[0]?.back).toBe('two lines');
  });
});

test('minutes follow the student’s own pace within reason', () => {
  const work = { due: 10, learning: 0, newCards: 0 };
  expect(minutesFor({ ...work, secondsPerReview: null })).toBe(2);
  expect(minutesFor({ ...work, secondsPerReview: 600 })).toBe(8);
  expect(minutesFor({ ...work, due: 0, secondsPerReview: 5 })).toBe(0);
});
