import { describe, expect, test } from 'vitest';
import type { StudySource } from '../domain/citation.ts';
import type { SourcePassage } from '../study/source.ts';
import { compareQuotes } from './compare.ts';
import { sketchOf } from './sketch.ts';

const place = {
  page: 3,
  locator: { kind: 'page' as const, index: 3, total: 9, label: null },
  headingPath: ['Cells'],
};
const source = (quote: string): StudySource => ({
  docId: 'old',
  ord: 0,
  title: 'Script',
  quote,
  quoteStart: 10,
  quoteEnd: 10 + quote.length,
  ...place,
});
const passage = (text: string, ord = 4): SourcePassage => ({
  docId: 'new',
  ord,
  source: 'Script',
  text,
  charStart: 1_000,
  ...place,
});
const PASSAGES = [
  passage('Osmosis moves water through a membrane. Mitochondria make most of the cell’s ATP.'),
  passage('Short-term memory holds about four items, as newer studies of working memory found.', 5),
];

describe('what was made from a document that was replaced', () => {
  test.each([
    ['the same words', 'Mitochondria make most of the cell’s ATP.'],
    ['other line breaks and quotes', "Mitochondria make most\nof the cell's ATP."],
  ])('moves to the new version with %s, at its place there', (_, quote) => {
    const { moved, changed } = compareQuotes({
      quoting: [{ cardId: 'c', about: 'Front', source: source(quote) }],
      passages: PASSAGES,
    });
    expect(changed).toEqual([]);
    expect(moved).toEqual([
      {
        cardId: 'c',
        source: expect.objectContaining({ docId: 'new', ord: 4, quoteStart: 1_040, quoteEnd: 1_081 }),
      },
    ]);
  });

  test('waits with both texts where the passage reads otherwise, a single number included', () => {
    const quote = 'Short-term memory holds about seven items.';
    const { moved, changed } = compareQuotes({
      quoting: [{ quizId: 'q', itemId: 'i', about: 'How many?', source: source(quote) }],
      passages: PASSAGES,
    });
    expect(moved).toEqual([]);
    expect(changed).toEqual([
      {
        quizId: 'q',
        itemId: 'i',
        about: 'How many?',
        oldText: quote,
        newText: PASSAGES[1]?.text,
        newPage: 3,
      },
    ]);
  });

  test('shows what the new passage says below its heading', () => {
    const said = 'Short-term memory holds about four chunks.';
    const { changed } = compareQuotes({
      quoting: [{ cardId: 'c', about: 'Q', source: source('Short-term memory holds about seven items.') }],
      passages: [passage(`# Memory\n\n${said}`)],
    });
    expect(changed[0]?.newText).toBe(said);
  });

  test('waits with the old text alone where nothing is like it, or nothing is left', () => {
    const quoting = [{ cardId: 'c', about: 'Front', source: source('Tides follow the moon and the sun.') }];
    for (const passages of [PASSAGES, []])
      expect(compareQuotes({ quoting, passages }).changed).toEqual([
        {
          cardId: 'c',
          about: 'Front',
          oldText: 'Tides follow the moon and the sun.',
          newText: null,
          newPage: null,
        },
      ]);
  });
});

describe('a sketch', () => {
  const numbered = (from: number, count: number) =>
    Array.from(
      { length: count },
      (_, n) => `Sentence ${from + n} says that ${(from + n) * 7919} follows.`,
    ).join(' ');
  const shared = (one: string, other: string) => {
    const known = new Set(sketchOf(other));
    const own = sketchOf(one);
    return own.filter((hash) => known.has(hash)).length / own.length;
  };
  test.each([
    ['a text that breaks otherwise', numbered(0, 400), numbered(0, 400).replaceAll(' says', '\nsays'), 1, 1],
    ['one with a chapter more', numbered(0, 400), numbered(0, 480), 0.6, 0.99],
    ['one that shares a page', numbered(0, 400), numbered(390, 400), 0, 0.2],
    ['another text', numbered(0, 400), numbered(9_000, 400), 0, 0.05],
    [
      'Chinese that goes on',
      '短期记忆的容量是七个项目左右。',
      '短期记忆的容量是七个项目左右。长期记忆没有界限。',
      0.4,
      1,
    ],
  ])('tells %s by the share of what is said alike', (_, one, other, least, most) => {
    expect(sketchOf(one).length).toBeLessThanOrEqual(128);
    expect(shared(one, other)).toBeGreaterThanOrEqual(least);
    expect(shared(one, other)).toBeLessThanOrEqual(most);
  });
});
