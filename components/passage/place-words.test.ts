import { describe, expect, test } from 'vitest';
import {
  countBefore,
  offsetOfPlaced,
  type PlacedText,
  placedWords,
  placeQuote,
  shareOf,
} from './place-words';

/** Lines of a page under each other, a tenth of it high, whose characters are a hundredth wide. */
const page = (...lines: string[]): PlacedText[] =>
  lines.map((text, line) => ({
    text,
    boxOf: (from, to) => ({ left: from / 100, top: line / 10, width: (to - from) / 100, height: 0.1 }),
  }));
const PAGE = page(
  'Memory',
  'Short-term memory holds about seven items, and rehears-',
  'al moves some of them into long-term memory. The ﬁrst',
  'study was made in 1956. Memory',
);
/** What is boxed, line by line. */
const boxed = (quote: string, nth = 0, on = PAGE) =>
  placeQuote(on, quote, nth).map(({ left, top, width }) =>
    on[Math.round(top * 10)]?.text.slice(Math.round(left * 100), Math.round((left + width) * 100)),
  );

describe('a quote is boxed on its page', () => {
  test.each<[string, string[]]>([
    ['holds about seven items', ['holds about seven items']],
    ['rehearsal moves', ['rehears-', 'al moves']],
    ['**The first** study', ['The ﬁrst', 'study']],
    ['SEVEN  items,\nand', ['seven items, and']],
    ['holds about 2^{10} seven $x_i$ items', ['holds about seven items']],
    ['nothing of this is here', []],
    ['…', []],
  ])('%s', (quote, lines) => expect(boxed(quote)).toEqual(lines));

  test('which is one of several', () => {
    const text = PAGE.map((line) => line.text).join('\n');
    const last = text.lastIndexOf('Memory');
    expect(boxed('memory', countBefore(text, 'memory', last))).toEqual(['Memory']);
    expect(placeQuote(PAGE, 'memory', 3)[0]?.top).toBeCloseTo(0.3);
    expect(placeQuote(PAGE, 'memory', 0)[0]?.top).toBe(0);
  });

  test('in the order of its letters where lines run from right to left', () => {
    expect(boxed('القصيرة المدى', 0, page('الذاكرة القصيرة', 'المدى تحمل سبعة'))).toEqual([
      'القصيرة',
      'المدى',
    ]);
  });

  test('over the words that were read from a picture', () => {
    const words = placedWords([
      ['Osmosis', 1000, 500, 900, 200],
      ['moves', 2000, 510, 500, 200],
      ['water.', 1000, 900, 600, 200],
    ]);
    const [line, next] = placeQuote(words, 'Osmosis moves water');
    expect(line).toEqual({
      left: 0.1,
      top: 0.05,
      width: expect.closeTo(0.15),
      height: expect.closeTo(0.021),
    });
    expect(next?.top).toBeCloseTo(0.09);
  });
});

test('a place of the page is found in the text, by the words behind it where they stand twice', () => {
  const text = '# Memory\n\nOther memory.\n\nStudy was made in 1956. Memory fades.';
  const lines = page('Study was', 'Memory', 'fades');
  expect(offsetOfPlaced(lines, 1, text)).toEqual({
    from: text.lastIndexOf('Memory'),
    to: text.lastIndexOf('Memory') + 6,
  });
  expect(offsetOfPlaced(page('nowhere here'), 0, text)).toBeUndefined();
});

test('a part of a line is as wide as its letters are', () => {
  expect(shareOf('ab', 0, 1)).toEqual([0, 0.5]);
  const [, end] = shareOf('iiiiMMMM', 0, 4);
  expect(end).toBeLessThan(0.4);
  expect(shareOf('', 0, 0)).toEqual([0, 0]);
});
